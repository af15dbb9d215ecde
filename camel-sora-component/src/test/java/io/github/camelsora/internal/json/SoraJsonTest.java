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
package io.github.camelsora.internal.json;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.event.SoraVideo;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SoraJsonTest {

    private static final SoraUsage USAGE = new SoraUsage(21, null, 300);

    private static final SoraVideo VIDEO = SoraVideo.builder().generationId("generation_1").time(1_760_961_600_000L)
            .videoUrl("https://a.example/v.mp4?a=1&b=2")
            .videoUrls(List.of("https://a.example/p.mp4", "https://a.example/v.mp4?a=1&b=2"))
            .previewUrl("https://a.example/web/t").sourceUrl("https://a.example/source/t").taskId("task_1").videoId("s_1")
            .gateway("goapi").model("sora-2").responseModel("sora-2-0915").prompt("a \"cat\" 进度 🏃").usage(USAGE)
            .report("> ID: `task_1`\n")
            .messages(List.of(
                    new SoraMessage("user",
                            List.of(Map.of("type", "text", "text", "a cat", "n", 1.5, "deep", List.of(true)))),
                    SoraMessage.assistant("> ID: `task_1`\n")))
            .build();

    private static final SoraFacts FACTS = SoraFacts.builder().generationId("generation_1").sequence(4).time(1_760_961_599_000L)
            .gateway("goapi").taskId("task_1").progress(61).previewUrl("https://a.example/web/t").responseId("chatcmpl-1")
            .responseModel("sora-2").usage(USAGE).build();

    static List<SoraEvent> events() {
        return List.of(new SoraEvent.Submitted(FACTS), new SoraEvent.Queued(FACTS), new SoraEvent.Generating(FACTS),
                new SoraEvent.Progress(FACTS), new SoraEvent.Recovering(FACTS),
                new SoraEvent.Completed(FACTS.at(6, 1_760_961_600_000L, 100), VIDEO), new SoraEvent.Failed(FACTS,
                        new SoraFailure(SoraOutcome.FAILED, SoraFailureCategory.REJECTED, "input_moderation", false, true)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventIsFlatAndReadBackEqual(SoraEvent event) {
        String json = SoraJson.write(event);
        assertThat(SoraJson.readEvent(json)).isEqualTo(event);
        assertThat(SoraJson.toMap(event)).containsEntry("type", event.getType().name())
                .containsEntry("sequence", event.getSequence()).containsEntry("taskId", "task_1")
                .containsEntry("generationId", "generation_1").containsEntry("time", event.getTime())
                .doesNotContainKeys("facts", "result", "failure", "sourceUrl", "last");
    }

    @ParameterizedTest
    @MethodSource("events")
    void aPlainMapperWritesAnEventFlat(SoraEvent event) throws JsonProcessingException {
        JsonNode json = new ObjectMapper().readTree(new ObjectMapper().writeValueAsString(event));
        assertThat(json.path("type").asText()).isEqualTo(event.getType().name());
        assertThat(json.path("sequence").asInt()).isEqualTo(event.getSequence());
        assertThat(json.path("generationId").asText()).isEqualTo("generation_1");
        assertThat(json.path("time").isIntegralNumber()).isTrue();
        assertThat(json.path("progress").isInt()).isTrue();
        assertThat(json.path("usage").path("totalTokens").asInt()).isEqualTo(300);
        assertThat(json.has("facts")).isFalse();
        assertThat(json.has("result")).isFalse();
        assertThat(json.has("failure")).isFalse();
        assertThat(json.has("last")).isFalse();
        assertThat(SoraJson.readEvent(json.toString())).isEqualTo(event);
    }

    @Test
    void aPlainMapperWritesAndReadsAResult() throws JsonProcessingException {
        ObjectMapper plain = new ObjectMapper();
        assertThat(plain.readValue(plain.writeValueAsString(VIDEO), SoraVideo.class)).isEqualTo(VIDEO);
        assertThat(SoraJson.readVideo(plain.writeValueAsString(VIDEO))).isEqualTo(VIDEO);
        assertThat(plain.readValue(SoraJson.write(VIDEO), SoraVideo.class)).isEqualTo(VIDEO);
    }

    @Test
    void aResultIsReadBackEqual() {
        String json = SoraJson.write(VIDEO);
        assertThat(SoraJson.readVideo(json)).isEqualTo(VIDEO);
        assertThat(SoraJson.readVideo(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(VIDEO);
        assertThat(json).doesNotContain("thumbnailUrl").contains("进度 🏃");
    }

    @Test
    void aResultIsReadFromItsEvent() {
        SoraEvent completed = new SoraEvent.Completed(FACTS, VIDEO);
        assertThat(SoraJson.readVideo(SoraJson.write(completed))).isEqualTo(VIDEO);
        assertThat(SoraJson.videoFromMap(SoraJson.toMap(completed))).isEqualTo(VIDEO);
    }

    @Test
    void aResultIsTheSameThroughAMap() {
        Map<String, Object> map = SoraJson.toMap(VIDEO);
        assertThat(map).containsEntry("taskId", "task_1")
                .containsEntry("usage", Map.of("promptTokens", 21, "totalTokens", 300));
        assertThat(SoraJson.videoFromMap(map)).isEqualTo(VIDEO);
    }

    @Test
    void unknownFieldsAreIgnored() {
        Map<String, Object> map = new LinkedHashMap<>(SoraJson.toMap(VIDEO));
        map.put("later", Map.of("a", 1));
        assertThat(SoraJson.readVideo(SoraJson.write(map))).isEqualTo(VIDEO);
        assertThat(SoraJson.readVideo("{\"videoUrl\":\"https://a.example/v.mp4\",\"usage\":{\"x\":1}}").usage())
                .isEqualTo(new SoraUsage(null, null, null));
    }

    @Test
    void aResultOrAnEventThatWasStoredWithoutIdAndTimeIsReadBack() {
        String video = "{\"videoUrl\":\"https://a.example/v.mp4\",\"taskId\":\"task_1\"}";
        assertThat(SoraJson.readVideo(video))
                .isEqualTo(SoraVideo.builder().videoUrl("https://a.example/v.mp4").taskId("task_1").build());
        SoraEvent event = SoraJson.readEvent("{\"type\":\"COMPLETED\",\"sequence\":1,\"video\":" + video + "}");
        assertThat(event.getGenerationId()).isNull();
        assertThat(event.getTime()).isNull();
    }

    @Test
    void aNullInAPartStays() {
        Map<String, Object> part = new LinkedHashMap<>();
        part.put("text", null);
        SoraMessage message = new SoraMessage("user", List.of(part));
        assertThat(SoraJson.write(message)).isEqualTo("{\"role\":\"user\",\"content\":[{\"text\":null}]}");
    }

    @Test
    void anImageOfTheLargestSizeIsReadBack() {
        String image = "A".repeat(28_000_000);
        String json = "{\"videoUrl\":\"https://a.example/v.mp4\",\"messages\":[{\"role\":\"user\",\"content\":\""
                + image + "\"}]}";
        assertThat(SoraJson.readVideo(json).messages().get(0).text()).hasSize(image.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "null", "[]", "\"secret\"", "{\"secret\":1}",
        "{\"videoUrl\":null}", "{\"videoUrl\":5}", "{\"videoUrl\":\"https://secret\"",
        "{\"videoUrl\":\"secret\",\"usage\":\"secret\"}",
        "{\"videoUrl\":\"secret\",\"usage\":{\"totalTokens\":\"secret\"}}", "{\"videoUrl\":\"secret\",\"videoUrls\":[null]}",
        "{\"videoUrl\":\"secret\",\"messages\":[{\"role\":\"\",\"content\":\"secret\"}]}",
        "{\"type\":\"COMPLETED\",\"prompt\":\"secret\"}", "{\"type\":\"COMPLETED\",\"video\":\"secret\"}",
        "{\"type\":\"PROGRESS\",\"taskId\":\"secret\"}"})
    void whatIsNoResultIsRefusedAndNotQuoted(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.readVideo(json))
                .withMessageNotContaining("secret").withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "secret", "{}", "{\"type\":\"secret\",\"sequence\":1}", "{\"type\":\"PROGRESS\"}",
        "{\"type\":\"PROGRESS\",\"sequence\":0}", "{\"type\":\"PROGRESS\",\"sequence\":1,\"progress\":\"secret\"}",
        "{\"type\":\"FAILED\",\"sequence\":1,\"category\":\"secret\"}", "{\"type\":\"COMPLETED\",\"sequence\":1}"})
    void whatIsNoEventIsRefusedAndNotQuoted(String json) {
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.readEvent(json))
                .withMessageNotContaining("secret").withNoCause()
                .satisfies(e -> assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(200));
    }

    @Test
    void aRefusalSaysWhere() {
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.readVideo("{\n\"videoUrl\": }"))
                .withMessageContaining("line 2");
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.readVideo("{\"videoUrl\":\"x\",\"usage\":5}"))
                .withMessageContaining("usage");
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.readVideo("{\"type\":\"PROGRESS\"}"))
                .withMessageContaining("PROGRESS");
    }

    @Test
    void whatIsNoModelBecomesNoMap() {
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.toMap("text")).withMessageContaining("String");
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.toMap(null));
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.videoFromMap(Map.of("videoUrl", new Object())))
                .withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.write(new Object())).withNoCause();
    }

    @Property(tries = 500)
    void anyPromptAndReportIsReadBackEqual(@ForAll String prompt, @ForAll String report) {
        SoraVideo video = SoraVideo.builder().videoUrl("https://a.example/v.mp4").gateway("goapi").model("sora-2")
                .prompt(prompt).report(report)
                .messages(List.of(SoraMessage.user(prompt), SoraMessage.assistant(report))).build();
        assertThat(SoraJson.readVideo(SoraJson.write(video))).isEqualTo(video);
    }

    @Property(tries = 500)
    void anyTextIsAResultOrRefused(@ForAll String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.readVideo(text));
        assertThatIllegalArgumentException().isThrownBy(() -> SoraJson.readEvent(text));
    }
}
