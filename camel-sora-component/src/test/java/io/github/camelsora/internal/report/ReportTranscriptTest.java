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
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.generation.FailureClassifier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Each recorded stream is read as its {@code expected.json} says, however it is cut. */
class ReportTranscriptTest {

    static Stream<ReportTranscript> transcripts() {
        return Stream.of(".", "dialects").flatMap(ReportTranscript::in);
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void streamIsReadAsExpected(ReportTranscript transcript) {
        ReportStory story = transcript.read();
        JsonNode expected = transcript.expected();

        assertFact(expected, "taskId", story.reader().taskId());
        assertFact(expected, "previewUrl", story.previewUrl());
        assertFact(expected, "sourceUrl", story.sourceUrl());
        assertFact(expected, "thumbnailUrl", story.thumbnailUrl());
        assertFact(expected, "videoUrl", story.videoUrl());
        assertFact(expected, "sid", story.reader().videoId());
        List<String> events = texts(expected.path("events"));
        assertThat(story.events()).isEqualTo(events.subList(0, events.size() - 1));
        if (expected.has("progress")) {
            assertThat(story.progress()).isEqualTo(last(expected.path("progress")));
        }
        if (expected.has("videoUrls")) {
            assertThat(story.videoUrls()).isEqualTo(texts(expected.path("videoUrls")));
        }
        if (!transcript.hasErrorEvent()) {
            assertOutcome(expected, story.reader());
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void cutsChangeNothing(ReportTranscript transcript) {
        String whole = transcript.joined().read().toString();

        assertThat(transcript.read()).hasToString(whole);
        assertThat(transcript.readCutAt(i -> true)).hasToString(whole);
        for (int cut = 1; cut < transcript.length(); cut++) {
            int at = cut;
            assertThat(transcript.readCutAt(i -> i == at)).as("cut at %d", at).hasToString(whole);
        }
    }

    @Property(tries = 50)
    void randomCutsChangeNothing(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int length) {
        transcripts().forEach(transcript -> {
            Random random = new Random(seed);
            assertThat(transcript.readCutAt(i -> random.nextInt(length) == 0)).as(transcript.name())
                    .hasToString(transcript.read().toString());
        });
    }

    private static void assertOutcome(JsonNode expected, ReportReader reader) {
        switch (expected.path("outcome").asText()) {
            case "COMPLETED" -> assertThat(reader.video()).isNotNull();
            case "FAILED" -> {
                assertThat(reader.video()).isNull();
                assertThat(reader.failure()).isNotNull();
                assertThat(reader.failure().reason()).contains(expected.path("reason").asText());
                assertThat(FailureClassifier.classify(reader.failure().words(), 0))
                        .hasToString(expected.path("category").asText());
            }
            default -> {
                assertThat(reader.video()).isNull();
                assertThat(reader.failure()).isNull();
            }
        }
    }

    private static void assertFact(JsonNode expected, String name, String value) {
        if (expected.has(name)) {
            assertThat(value).as(name).isEqualTo(expected.path(name).textValue());
        }
    }

    private static List<String> texts(JsonNode array) {
        return list(array, JsonNode::textValue);
    }

    private static Integer last(JsonNode progress) {
        List<Integer> percentages = list(progress, JsonNode::intValue);
        return percentages.isEmpty() ? null : percentages.get(percentages.size() - 1);
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        List<T> list = new ArrayList<>();
        array.forEach(node -> list.add(element.apply(node)));
        return list;
    }
}
