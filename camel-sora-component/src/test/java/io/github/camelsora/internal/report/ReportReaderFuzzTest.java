/*
 * Copyright the Camel Sora authors
 *
 * Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with
 * the License. You may obtain a copy of the License at https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software distributed under the License is distributed on an
 * "AS IS" BASIS, WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied. See the License for the
 * specific language governing permissions and limitations under the License.
 */
package io.github.camelsora.internal.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.fuzz.FuzzSeeds;
import io.github.camelsora.internal.generation.FailureClassifier;
import io.github.camelsora.internal.report.ReportTranscript.Channel;
import io.github.camelsora.internal.report.ReportTranscript.Delta;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any text is read the same however it is cut, in steps that grow with its length, and what is said of it keeps its promises.
 */
class ReportReaderFuzzTest {

    private static final String STEPS = "(SUBMITTED|QUEUED|GENERATING|PROGRESS \\d{1,3})";

    @MethodSource("io.github.camelsora.fuzz.FuzzSeeds#reports")
    @FuzzTest
    void anyReportIsReadTheSameHoweverItIsCut(byte[] input) {
        List<Delta> deltas = deltas(new String(input, UTF_8));
        ReportTranscript transcript = new ReportTranscript("fuzz", deltas, false, null);
        Random random = FuzzSeeds.random(input);

        ReportStory story = transcript.read();

        String told = story.toString();
        assertThat(transcript.readCutAt(i -> true)).hasToString(told);
        int length = 1 + random.nextInt(30);
        assertThat(transcript.readCutAt(i -> random.nextInt(length) == 0)).hasToString(told);
        assertThat(story.reader().steps()).isLessThanOrEqualTo(8L * transcript.length() + 64);
        assertThat(story.reader().report()).isEqualTo(String.join("",
                deltas.stream().filter(delta -> delta.channel() == Channel.TEXT).map(Delta::text).toList()));
        assertKeepsItsPromises(story);
    }

    private static void assertKeepsItsPromises(ReportStory story) {
        ReportReader reader = story.reader();
        assertThat(story.events()).doesNotHaveDuplicates().allMatch(event -> event.matches(STEPS));
        assertEventsInOrder(story.events());
        assertThat(story.progress()).isEqualTo(percentages(story.events()).reduce((first, last) -> last).orElse(null));
        assertThat(links(story)).allMatch(link -> Link.of(link) != null);
        assertThat(story.videoUrls()).doesNotHaveDuplicates();
        assertThat(story.videoUrl() == null ? story.videoUrls().isEmpty() : story.videoUrls().contains(story.videoUrl()))
                .isTrue();
        assertThat(reader.taskId() == null || TaskReference.isTaskId(reader.taskId())).isTrue();
        assertThat(reader.videoId() == null || TaskReference.isTaskId(reader.videoId())).isTrue();
        assertThat(story.events().contains("SUBMITTED") && reader.taskId() == null).isFalse();
        if (reader.failure() != null) {
            assertThat(reader.failure().reason()).isEqualTo(ForeignText.clean(reader.failure().reason()))
                    .satisfiesAnyOf(reason -> assertThat(reason).isNull(), reason -> assertThat(reason).isNotBlank());
            assertThat(reader.failure().words()).hasSizeLessThanOrEqualTo(4096);
            assertThat(FailureClassifier.classify(reader.failure().words(), 0)).isNotNull();
        }
    }

    private static void assertEventsInOrder(List<String> events) {
        List<Integer> percentages = percentages(events).toList();
        assertThat(percentages).isSorted().allMatch(percent -> percent >= 0 && percent <= 100);
        int generating = events.indexOf("GENERATING");
        assertThat(percentages.isEmpty() || generating >= 0).isTrue();
        if (generating >= 0) {
            assertThat(events.subList(0, generating)).noneMatch(event -> event.startsWith("PROGRESS"));
            assertThat(events.subList(generating, events.size())).doesNotContain("QUEUED");
        }
    }

    private static Stream<Integer> percentages(List<String> events) {
        return events.stream().filter(event -> event.startsWith("PROGRESS"))
                .map(event -> Integer.valueOf(event.substring("PROGRESS ".length())));
    }

    private static List<String> links(ReportStory story) {
        List<String> links = new ArrayList<>(story.videoUrls());
        Stream.of(story.videoUrl(), story.thumbnailUrl(), story.previewUrl(), story.sourceUrl())
                .filter(link -> link != null).forEach(links::add);
        return links;
    }

    private static List<Delta> deltas(String text) {
        List<Delta> deltas = new ArrayList<>();
        int from = 0;
        Channel channel = Channel.TEXT;
        for (int i = 0; i <= text.length(); i++) {
            boolean marked = i + 1 < text.length() && text.charAt(i) == FuzzSeeds.CHANNEL;
            if (marked || i == text.length()) {
                deltas.add(new Delta(channel, text.substring(from, i)));
            }
            if (marked) {
                char named = text.charAt(i + 1);
                channel = named == 'r' ? Channel.REASONING : named == 'l' ? Channel.LINK : Channel.TEXT;
                from = i + 2;
                i++;
            }
        }
        return deltas;
    }
}
