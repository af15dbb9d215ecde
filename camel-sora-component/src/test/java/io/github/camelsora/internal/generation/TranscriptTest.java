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
package io.github.camelsora.internal.generation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.event.SoraEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A documented stream in, the documented story out, however the bytes were cut. */
class TranscriptTest {

    static Stream<Transcript> transcripts() {
        return Stream.of("transcripts/", "transcripts/dialects/").flatMap(folder -> Transcript.all(folder).stream());
    }

    static Stream<Transcript> transcriptsWithBothLineEnds() {
        return transcripts().flatMap(transcript -> Stream.of(transcript, transcript.withCrLf()));
    }

    @ParameterizedTest
    @MethodSource("transcriptsWithBothLineEnds")
    void tellsTheDocumentedStory(Transcript transcript) {
        Transcript.Story story = transcript.read();
        List<String> events = new ArrayList<>();
        transcript.expected().get("events").forEach(event -> events.add(event.asText()));
        assertThat(story.eventNames()).isEqualTo(events);
        assertThat(story.events).extracting(SoraEvent::getSequence)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, events.size()).boxed().toList());
        Set<String> checkedElsewhere = Set.of("events", "progress");
        for (Map.Entry<String, JsonNode> fact : transcript.expected().properties()) {
            if (!checkedElsewhere.contains(fact.getKey())) {
                assertFact(story, fact.getKey(), fact.getValue());
            }
        }
    }

    private static void assertFact(Transcript.Story story, String name, JsonNode expected) {
        SoraEvent last = story.last();
        switch (name) {
            case "outcome" -> assertThat(last.getOutcome().name()).isEqualTo(expected.asText());
            case "taskId" -> assertThat(last.getTaskId()).isEqualTo(expected.asText());
            case "sid" -> assertThat(last.getVideoId()).isEqualTo(expected.asText());
            case "previewUrl" -> assertThat(last.getPreviewUrl()).isEqualTo(expected.asText());
            case "sourceUrl" -> assertThat(last.getSourceUrl()).isEqualTo(expected.asText());
            case "thumbnailUrl" -> assertThat(last.getThumbnailUrl()).isEqualTo(expected.asText());
            case "videoUrl" -> assertThat(last.getVideoUrl()).isEqualTo(expected.asText());
            case "videoUrls" -> {
                List<String> links = new ArrayList<>();
                expected.forEach(link -> links.add(link.asText()));
                assertThat(last.getVideo().videoUrls()).isEqualTo(links);
            }
            case "responseModel" -> assertThat(last.getResponseModel()).isEqualTo(expected.asText());
            case "finishReason" -> assertThat(last.getFinishReason()).isEqualTo(expected.asText());
            case "category" -> assertThat(last.getCategory().name()).isEqualTo(expected.asText());
            case "reason" -> assertThat(((GenerationResult.Failed) story.result).exception())
                    .hasMessageContaining(expected.asText());
            case "usage" -> {
                assertThat(last.getUsage().promptTokens()).isEqualTo(expected.get("promptTokens").asInt());
                assertThat(last.getUsage().completionTokens()).isEqualTo(expected.get("completionTokens").asInt());
                assertThat(last.getUsage().totalTokens()).isEqualTo(expected.get("totalTokens").asInt());
            }
            default -> throw new AssertionError("expected.json knows a fact that this test does not: " + name);
        }
    }

    @ParameterizedTest
    @MethodSource("transcriptsWithBothLineEnds")
    void everyCutIntoTwoGivesTheSameEvents(Transcript transcript) {
        List<SoraEvent> whole = transcript.read().events;
        for (int cut = 0; cut <= transcript.bytes().length; cut++) {
            assertThat(transcript.read(cut).events).as("cut at %d", cut).isEqualTo(whole);
        }
    }

    @Property(tries = 300)
    void randomCutsIntoManyGiveTheSameEvents(@ForAll("anyTranscript") Transcript transcript, @ForAll("cuts") int[] cuts) {
        int[] fitting = Arrays.stream(cuts).map(cut -> Math.floorMod(cut, transcript.bytes().length)).sorted().toArray();
        assertThat(transcript.read(fitting).events).isEqualTo(transcript.read().events);
    }

    @Provide
    Arbitrary<Transcript> anyTranscript() {
        return Arbitraries.of(transcriptsWithBothLineEnds().toList());
    }

    @Provide
    Arbitrary<int[]> cuts() {
        return Arbitraries.integers().between(0, 20_000).array(int[].class).ofMinSize(0).ofMaxSize(400);
    }
}
