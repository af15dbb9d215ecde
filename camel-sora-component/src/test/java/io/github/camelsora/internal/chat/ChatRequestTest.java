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
package io.github.camelsora.internal.chat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelsora.event.SoraMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChatRequestTest {

    private static final List<SoraMessage> PROMPT = List.of(SoraMessage.user("a cat"));

    private static String json(ChatRequest request) {
        return new String(request.toJson(), StandardCharsets.UTF_8);
    }

    @Test
    void aPromptIsOneMessageAndAStreamIsAskedFor() {
        assertThat(json(new ChatRequest("sora-2", PROMPT, Map.of())))
                .isEqualTo("{\"model\":\"sora-2\",\"messages\":[{\"role\":\"user\",\"content\":\"a cat\"}],\"stream\":true}");
    }

    @Test
    void aConversationAndItsPartsKeepTheirOrder() {
        List<SoraMessage> messages = List.of(SoraMessage.user("a \"cat\"\n进度 🏃"), SoraMessage.assistant("> ID: `x`"),
                new SoraMessage("user", List.of(Map.of("text", "move"),
                        Map.of("image_url", Map.of("url", "data:image/png;base64,AAAA")))));
        assertThat(json(new ChatRequest("sora-2", messages, null))).isEqualTo("{\"model\":\"sora-2\",\"messages\":["
                + "{\"role\":\"user\",\"content\":\"a \\\"cat\\\"\\n进度 🏃\"},{\"role\":\"assistant\",\"content\":\"> ID: `x`\"},"
                + "{\"role\":\"user\",\"content\":[{\"text\":\"move\"},"
                + "{\"image_url\":{\"url\":\"data:image/png;base64,AAAA\"}}]}],\"stream\":true}");
    }

    @Test
    void additionalPropertiesFollowInTheirOrder() {
        Map<String, Object> additional = new LinkedHashMap<>();
        additional.put("seconds", "8");
        additional.put("duration", 15);
        additional.put("private", true);
        additional.put("nothing", null);
        additional.put("size", Map.of("w", 720));
        ChatRequest request = new ChatRequest("sora-2", PROMPT, additional);
        additional.clear();
        assertThat(json(request)).endsWith(
                ",\"stream\":true,\"seconds\":\"8\",\"duration\":15,\"private\":true,\"nothing\":null,\"size\":{\"w\":720}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "messages", "model"})
    void whatTheComponentSetsIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChatRequest("sora-2", PROMPT, Map.of(name, "x")))
                .withMessageContaining(name);
    }

    @Test
    void modelAndMessageAreNeeded() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ChatRequest(" ", PROMPT, null))
                .withMessageContaining("model");
        assertThatIllegalArgumentException().isThrownBy(() -> new ChatRequest("m", List.of(), null))
                .withMessageContaining("message");
    }

    @Test
    void halfASurrogatePairDoesNotBreakTheRequest() {
        assertThat(json(new ChatRequest("m", List.of(SoraMessage.user("a\ud83cb")), null))).contains("\"a?b\"");
    }

    @Test
    void aPropertyOfAnotherTypeIsRefusedWithoutItsValue() {
        ChatRequest request = new ChatRequest("m", PROMPT, Map.of("x", new Object()));
        assertThatIllegalArgumentException().isThrownBy(request::toJson).withMessageContaining("additional body property");
    }

    @Test
    void aStringShowsNoPrompt() {
        assertThat(new ChatRequest("m", PROMPT, Map.of("x", "secret"))).hasToString("ChatRequest[m, 1 messages]");
    }

    @Test
    void aJsonLiteralKeepsItsType() {
        Map<String, Object> expected = new HashMap<>();
        expected.put("15", 15);
        expected.put("-1", -1);
        expected.put("12345678901", 12345678901L);
        expected.put("0.10", new BigDecimal("0.10"));
        expected.put("true", true);
        expected.put("null", null);
        expected.put("\"8\"", "8");
        expected.put("{\"a\":1}", Map.of("a", 1));
        expected.put("[1, \"b\"]", List.of(1, "b"));
        expected.forEach((text, value) -> assertThat(ChatRequest.jsonLiteral(text)).as(text).isEqualTo(value));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "portrait", "720x1280", "16:9", "015", "1.2.3", "True", "NaN", "15 s", "{a}", "{\"a\":1",
        "[1] [2]", "'8'", "\"8", "a \"b\""})
    void anyOtherTextIsItself(String text) {
        assertThat(ChatRequest.jsonLiteral(text)).isEqualTo(text);
    }

    @Test
    void whatIsNoTextIsUntouched() {
        Object value = new Object();
        assertThat(ChatRequest.jsonLiteral(value)).isSameAs(value);
        assertThat(ChatRequest.jsonLiteral(null)).isNull();
    }
}
