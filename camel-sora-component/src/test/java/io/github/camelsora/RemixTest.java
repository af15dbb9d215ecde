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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Continuous modification, as chainhub and 22codex document it. */
class RemixTest extends SoraRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aChangeSendsTheFirstPromptTheWholeReportAndTheChange() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate").setHeader(SoraConstants.REMIX_OF, route.body())
                .setBody(route.constant("让牛的头上顶着光圈")).to("sora:remix"));
        Exchange exchange = send("direct:in", "一头牛");
        SoraVideo changed = exchange.getMessage().getBody(SoraVideo.class);

        List<String> messages = messages(1);
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0)).isEqualTo("user: 一头牛");
        assertThat(messages.get(1)).startsWith("assistant: ```json").contains("sid: s_").endsWith(".mp4)");
        assertThat(messages.get(1)).isEqualTo("assistant: " + changed.messages().get(1).text());
        assertThat(messages.get(2)).isEqualTo("user: 让牛的头上顶着光圈");
        assertThat(changed.prompt()).isEqualTo("让牛的头上顶着光圈");
    }

    @Test
    void theVideoIdIsThatOfTheResultNotOfItsSource() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:change").to("sora:remix");
        });
        SoraVideo first = send("direct:in", "a cow").getMessage().getBody(SoraVideo.class);
        Exchange exchange = send("direct:change", "with a halo", Map.of(SoraConstants.REMIX_OF, first));
        SoraVideo second = exchange.getMessage().getBody(SoraVideo.class);
        assertThat(second.report()).contains("\"sid\"").contains(first.videoId());
        assertThat(second.videoId()).isNotNull().isNotEqualTo(first.videoId());
        assertThat(exchange.getMessage().getHeader(SoraConstants.VIDEO_ID)).isEqualTo(second.videoId());
    }

    @Test
    void aVideoReadBackFromItsJsonCanBeChanged() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate").marshal().json();
            route.from("direct:change").to("sora:remix");
        });
        byte[] json = send("direct:in", "a cow").getMessage().getBody(byte[].class);
        for (Object form : List.of(json, new String(json, "UTF-8"), JSON.readValue(json, Map.class))) {
            assertThat(send("direct:change", "with a halo", Map.of(SoraConstants.REMIX_OF, form)).getException()).isNull();
        }
        assertThat(messages(1)).isEqualTo(messages(2)).isEqualTo(messages(3)).hasSize(3);
    }

    @Test
    void aRemixOfARemixCarriesTheWholeConversationTrimmed() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:change").to("sora:remix");
            route.from("direct:trimmed").to("sora:remix?maxHistoryMessages=3");
        });
        SoraVideo first = send("direct:in", "a cow").getMessage().getBody(SoraVideo.class);
        SoraVideo second = send("direct:change", "with a halo", Map.of(SoraConstants.REMIX_OF, first)).getMessage()
                .getBody(SoraVideo.class);
        send("direct:change", "on clouds", Map.of(SoraConstants.REMIX_OF, second));
        send("direct:trimmed", "on clouds", Map.of(SoraConstants.REMIX_OF, second));
        assertThat(messages(2)).containsExactly("user: a cow", "assistant: " + first.report(), "user: with a halo",
                "assistant: " + second.report(), "user: on clouds");
        assertThat(messages(3)).containsExactly("user: a cow", "assistant: " + second.report(), "user: on clouds");
    }

    @Test
    void aRemixWithoutAVideoNamesTheHeader() throws Exception {
        routes(route -> route.from("direct:change").to("sora:remix"));
        assertThat(send("direct:change", "x").getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CamelSoraRemixOf");
        assertThat(send("direct:change", "x", Map.of(SoraConstants.REMIX_OF, 42)).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("java.lang.Integer");
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void videoWhoseReportIsNotKnownCannotBeChangedAndNothingIsBought() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:resume").to("sora:resume");
            route.from("direct:change").to("sora:remix");
        });
        simulator().answer(Answer.success().sourceAnswers(SourceAnswer.completed()));
        SoraVideo bought = send("direct:in", "a cow").getMessage().getBody(SoraVideo.class);
        SoraVideo followed = send("direct:resume", bought.sourceUrl()).getMessage().getBody(SoraVideo.class);
        assertThat(followed.videoUrl()).isNotNull();
        SoraVideo stored = SoraVideo.builder().prompt("a cow").messages(List.of(SoraMessage.user("a cow"),
                SoraMessage.assistant(""))).taskId(bought.taskId()).videoUrl(bought.videoUrl()).build();
        SoraVideo withoutMessages = SoraVideo.builder().prompt("a cow").report("").taskId(bought.taskId()).build();
        for (SoraVideo video : List.of(followed, stored, withoutMessages)) {
            assertThat(send("direct:change", "with a halo", Map.of(SoraConstants.REMIX_OF, video)).getException())
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("cannot be changed");
        }
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void successiveGenerationsOfOneExchangeContinueTheConversation() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?conversationMemory=true")
                .setBody(route.constant("with a halo")).to("sora:generate?conversationMemory=true"));
        Exchange exchange = send("direct:in", "a cow");
        assertThat(messages(1)).hasSize(3).startsWith("user: a cow").endsWith("user: with a halo");
        assertThat((List<?>) exchange.getProperty(SoraConstants.CONVERSATION_HISTORY, List.class)).hasSize(4);
    }

    @Test
    void streamedGenerationsContinueTheConversationToo() throws Exception {
        routes(route -> route.from("direct:in")
                .to("sora:generate?conversationMemory=true&streaming=true&conversationHistoryProperty=said")
                .split(route.body()).streaming().to("mock:event").end().setBody(route.constant("with a halo"))
                .to("sora:generate?conversationMemory=true&conversationHistoryProperty=said"));
        Exchange exchange = send("direct:in", "a cow");
        assertThat(exchange.getException()).isNull();
        assertThat(messages(1)).hasSize(3).startsWith("user: a cow").endsWith("user: with a halo");
        assertThat((List<?>) exchange.getProperty("said", List.class)).hasSize(4);
    }

    @Test
    void withoutMemoryEveryGenerationBeginsAnew() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate").setBody(route.constant("y")).to("sora:generate"));
        send("direct:in", "x");
        assertThat(messages(1)).containsExactly("user: y");
    }

    private List<String> messages(int request) throws Exception {
        List<String> messages = new ArrayList<>();
        for (JsonNode message : JSON.readTree(simulator().requests().get(request).body()).get("messages")) {
            messages.add(message.get("role").asText() + ": " + message.get("content").asText());
        }
        return messages;
    }
}
