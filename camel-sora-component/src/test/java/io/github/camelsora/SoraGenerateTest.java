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
package io.github.camelsora;

import java.net.URI;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.map;

class SoraGenerateTest extends SoraRouteTest {

    @ParameterizedTest
    @ValueSource(strings = {"sora-2\n2026-01-01 ERROR forged", "sora-2\r", "sora-2\u202Egnp", "\u0000"})
    void aModelWithControlCharactersIsRefusedBeforeAnythingIsSent(String model) throws Exception {
        assertModelIsRefused(model);
    }

    @Test
    void aModelOf100000CharactersIsRefusedBeforeAnythingIsSent() throws Exception {
        assertModelIsRefused("m".repeat(100_000));
    }

    private void assertModelIsRefused(String model) throws Exception {
        routes(route -> route.from("direct:model").to("sora:generate"));
        Exception refused = send("direct:model", "x", Map.of(SoraConstants.MODEL, model)).getException();
        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("The model is none");
        assertThat(refused.getMessage().length()).isLessThan(300);
        assertThat(refused.getMessage()).doesNotContain("\n", "\u202E");
        SoraComponent component = context.getComponent("sora", SoraComponent.class);
        component.getConfiguration().setModel(model);
        assertThatThrownBy(() -> routes(route -> route.from("direct:option").to("sora:generate?streaming=true")))
                .hasRootCauseInstanceOf(IllegalArgumentException.class).hasRootCauseMessage(refused.getMessage());
        assertThat(simulator().requests()).isEmpty();
    }

    @Test
    void aPromptBecomesAVideo() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.success().progress(12, 61));

        Exchange exchange = send("direct:in", "a paper boat");

        assertThat(exchange.getException()).isNull();
        SoraVideo video = exchange.getMessage().getBody(SoraVideo.class);
        assertThat(video.videoUrl()).startsWith(simulator().baseUrl()).endsWith(".mp4");
        assertThat(video.thumbnailUrl()).endsWith(".webp");
        assertThat(video.prompt()).isEqualTo("a paper boat");
        assertThat(video.gateway()).isEqualTo("goapi");
        assertThat(video.model()).isEqualTo("sora-2-preview");
        assertThat(video.taskId()).isEqualTo(simulator().tasks().get(0).id());
        assertThat(video.videoUrls()).containsExactly(video.videoUrl());
        assertThat(video.messages()).hasSize(2);
        assertThat(video.messages().get(1).text()).isEqualTo(video.report());
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void theResultCarriesTheHeadersOfTheCompletedEvent() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
        Exchange exchange = send("direct:in", "a paper boat");

        MockEndpoint mock = getMockEndpoint("mock:replies");
        Map<String, Object> last = mock.getExchanges().get(mock.getExchanges().size() - 1).getMessage().getHeaders();
        assertThat(last).containsEntry(SoraConstants.EVENT_TYPE, "COMPLETED").containsEntry(SoraConstants.PROGRESS, 100)
                .containsEntry(SoraConstants.OUTCOME, "COMPLETED").containsKeys(SoraConstants.TASK_ID, SoraConstants.VIDEO_URL,
                        SoraConstants.THUMBNAIL_URL, SoraConstants.PREVIEW_URL, SoraConstants.SOURCE_URL,
                        SoraConstants.VIDEO_ID, SoraConstants.GATEWAY, SoraConstants.RESPONSE_ID, SoraConstants.RESPONSE_MODEL,
                        SoraConstants.FINISH_REASON, SoraConstants.PROMPT_TOKENS, SoraConstants.COMPLETION_TOKENS,
                        SoraConstants.TOTAL_TOKENS, SoraConstants.EVENT_SEQUENCE);
        assertThat(exchange.getMessage().getHeaders()).containsAllEntriesOf(last);
    }

    @Test
    void headersOfAnEarlierStepAreRemoved() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.failureText("input_moderation"));
        Exchange exchange = send("direct:in", "x", Map.of(SoraConstants.VIDEO_URL, "https://old.example/v.mp4",
                SoraConstants.PROGRESS, 100, "other", "stays"));
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(SoraConstants.VIDEO_URL)
                .doesNotContainEntry(SoraConstants.PROGRESS, 100).containsEntry("other", "stays");
    }

    @Test
    void theResultConvertsToItsLinkAndToJson() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        Exchange exchange = send("direct:in", "a paper boat");
        SoraVideo video = exchange.getMessage().getBody(SoraVideo.class);

        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo(video.videoUrl());
        assertThat(exchange.getMessage().getBody(URI.class)).isEqualTo(URI.create(video.videoUrl()));
        assertThat((Object) exchange.getMessage().getBody(Map.class)).asInstanceOf(map(String.class, Object.class))
                .containsEntry("videoUrl", video.videoUrl()).containsEntry("prompt", "a paper boat");
        JsonNode json = new ObjectMapper().valueToTree(video);
        assertThat(context.getTypeConverter().convertTo(SoraVideo.class, json.toString())).isEqualTo(video);
    }

    @Test
    void theHeaderChoosesTheModelAndOptionsFillTheRequest() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?model=sora-2&additionalBodyProperty.duration=15"
                + "&additionalBodyProperty.private=true&additionalBodyProperty.seconds=RAW(\"8\")"
                + "&additionalHeader.X-Forwarded-Host=example.org"));
        send("direct:in", "x", Map.of(SoraConstants.MODEL, "veo3.1-pro"));

        JsonNode request = new ObjectMapper().readTree(simulator().requests().get(0).body());
        assertThat(request.get("model").asText()).isEqualTo("veo3.1-pro");
        assertThat(request.get("stream").isBoolean()).isTrue();
        assertThat(request.get("duration").isInt()).isTrue();
        assertThat(request.get("private").isBoolean()).isTrue();
        assertThat(request.get("seconds").asText()).isEqualTo("8");
        assertThat(request.get("seconds").isTextual()).isTrue();
        assertThat(request.get("messages").get(0).get("content").asText()).isEqualTo("x");
        assertThat(simulator().requests().get(0).headers()).containsEntry("X-Forwarded-Host", "example.org")
                .containsEntry("Authorization", "Bearer " + KEY);
    }

    @Test
    void withoutAPromptNothingIsSent() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies"));
        Exchange exchange = send("direct:in", "  ");
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no prompt");
        assertThat(simulator().chatRequests()).isZero();
        assertThat(getMockEndpoint("mock:replies").getExchanges()).isEmpty();
    }
}
