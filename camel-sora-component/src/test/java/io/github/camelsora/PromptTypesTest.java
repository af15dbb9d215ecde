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

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Only what is meant as a prompt is bought. */
class PromptTypesTest extends SoraRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] BINARY = { 'P', 'K', 3, 4, (byte) 0x9C, (byte) 0xFF, 0, 1 };

    private record Order(String text) {
    }

    @BeforeEach
    void route() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?additionalBodyProperty.duration=10"));
    }

    static Stream<Arguments> noPrompts() {
        return Stream.of(arguments(new Date(), "java.util.Date"), arguments(Optional.of("a cow"), "java.util.Optional"),
                arguments(new Order("a cow"), Order.class.getName()), arguments(42, "java.lang.Integer"),
                arguments(true, "java.lang.Boolean"), arguments(Set.of("a cow"), "Set"),
                arguments(new String[] {"a cow"}, "String"), arguments(List.of("a cow", new Date()), "java.util.Date"),
                arguments(List.of("a cow", Map.of("a", "b")), "Map"), arguments(List.of(SoraMessage.user("x"), "a cow"),
                        "SoraMessage"), arguments(JSON.getNodeFactory().numberNode(7), "java.lang.Integer"),
                arguments(Map.of("customer", 7), "without messages"), arguments(Map.of(), "without messages"),
                arguments(Map.of("messages", List.of()), "without messages"),
                arguments(Map.of("messages", List.of("a cow")), "java.lang.String"),
                arguments(BINARY, "is binary"), arguments(ByteBuffer.wrap(BINARY), "is binary"),
                arguments(new ByteArrayInputStream(BINARY), "is binary"),
                arguments("a cow".getBytes(StandardCharsets.UTF_16LE), "is binary"));
    }

    @ParameterizedTest
    @MethodSource("noPrompts")
    void whatNobodyMeansAsAPromptIsAnErrorThatNamesIt(Object body, String named) {
        assertThat(send("direct:in", body).getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void theErrorSaysWhatIsTakenAndShowsNothingOfTheBody() {
        assertThat(send("direct:in", new Order("a secret plan")).getException())
                .hasMessageContaining("Taken are a String").hasMessageContaining("convertBodyTo(String)")
                .hasMessageNotContaining("a secret plan");
    }

    static Stream<Object> texts() {
        return Stream.of("a cow", new StringBuilder("a cow"), "a cow".toCharArray(), new StringReader("a cow"),
                "a cow".getBytes(), ByteBuffer.wrap("a cow".getBytes()), new ByteArrayInputStream("a cow".getBytes()),
                JSON.getNodeFactory().textNode("a cow"), List.of("a cow"), SoraMessage.user("a cow"),
                Map.of("role", "user", "content", "a cow"), Map.of("messages", List.of(Map.of("role", "user", "content",
                        "a cow"))));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void textIsAPrompt(Object body) throws Exception {
        assertThat(send("direct:in", body).getMessage().getBody(SoraVideo.class).prompt()).isEqualTo("a cow");
        assertThat(request().get("messages").toString()).isEqualTo("[{\"role\":\"user\",\"content\":\"a cow\"}]");
    }

    @Test
    void bytesInTheCharsetOfTheExchangeAreText(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("prompt.txt"), "Kühe".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(send("direct:in", file).getException()).hasMessageContaining("is binary");
        Exchange exchange = template.request("direct:in", each -> {
            each.getMessage().setBody(file.toFile());
            each.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
        });
        assertThat(exchange.getMessage().getBody(SoraVideo.class).prompt()).isEqualTo("Kühe");
    }

    @Test
    void textThatLooksLikeJsonIsAPrompt() throws Exception {
        String text = "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
        send("direct:in", text, Map.of(Exchange.CONTENT_TYPE, "application/json"));
        assertThat(request().get("messages").get(0).get("content").asText()).isEqualTo(text);
    }

    @Test
    void aMapIsTheRequestBodyOfTheGateway() throws Exception {
        Map<String, Object> body = new HashMap<>(Map.of("messages", List.of(Map.of("role", "system", "content", "be brief"),
                Map.of("role", "user", "content", "a cow")), "duration", "15", "seed", 7, "style", Map.of("a", List.of(1))));
        for (Object form : List.of(body, JSON.readTree(JSON.writeValueAsString(body)))) {
            SoraVideo video = send("direct:in", form).getMessage().getBody(SoraVideo.class);
            assertThat(video.prompt()).isEqualTo("a cow");
            assertThat(video.messages()).hasSize(3);
        }
        JsonNode sent = request();
        assertThat(sent).isEqualTo(request(1));
        assertThat(sent.get("model").asText()).isEqualTo("sora-2-preview");
        assertThat(sent.get("stream").asBoolean()).isTrue();
        assertThat(sent.get("messages")).hasSize(2);
        assertThat(sent.get("duration")).as("keeps its type and overrides the option").isEqualTo(JSON.readTree("\"15\""));
        assertThat(sent.get("seed").asInt()).isEqualTo(7);
        assertThat(sent.get("style").toString()).isEqualTo("{\"a\":[1]}");
    }

    @Test
    void theModelOfARequestBodyHolds() throws Exception {
        List<SoraMessage> messages = List.of(SoraMessage.user("a cow"));
        send("direct:in", Map.of("messages", List.of(Map.of("role", "user", "content", "x")), "model", "sora-2-pro"),
                Map.of(SoraConstants.MODEL, "other"));
        assertThat(request().get("model").asText()).isEqualTo("sora-2-pro");
        assertThat(send("direct:in", messages, Map.of(SoraConstants.MODEL, "other")).getException()).isNull();
        assertThat(request(1).get("model").asText()).isEqualTo("other");
    }

    @Test
    void aRequestBodyMaySetNothingThatOptionsMayNot() {
        Map<String, Object> body = Map.of("messages", List.of(Map.of("role", "user", "content", "x")), "stream", false);
        assertThat(send("direct:in", body).getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stream");
        assertThat(send("direct:in", Map.of("messages", List.of(Map.of("role", "user", "content", "x")), "until",
                new Date())).getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.util.Date");
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void fieldsOfOneRequestComeFromAHeader() throws Exception {
        for (Object fields : List.of(Map.of("duration", 15, "size", "8"), JSON.readTree("{\"duration\":15,\"size\":\"8\"}"),
                "{\"duration\": 15, \"size\": \"8\"}")) {
            assertThat(send("direct:in", "a cow", Map.of(SoraConstants.BODY_PROPERTIES, fields)).getException()).isNull();
        }
        send("direct:in", "a cow");
        for (int i = 0; i < 3; i++) {
            assertThat(request(i).get("duration")).isEqualTo(JSON.readTree("15"));
            assertThat(request(i).get("size")).isEqualTo(JSON.readTree("\"8\""));
        }
        assertThat(request(3).get("duration")).isEqualTo(JSON.readTree("10"));
        assertThat(request(3).has("size")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("refusedFields")
    void theHeaderOfFieldsRefusesWhatTheOptionRefuses(Object fields, String named) {
        assertThat(send("direct:in", "x", Map.of(SoraConstants.BODY_PROPERTIES, fields)).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(named);
        assertThat(simulator().chatRequests()).isZero();
    }

    static Stream<Arguments> refusedFields() {
        return Stream.of(arguments(Map.of("stream", false), "stream"), arguments(Map.of("model", "m"), "model"),
                arguments(Map.of("messages", List.of()), "messages"), arguments(Map.of("at", new Date()), "java.util.Date"),
                arguments("duration=15", "CamelSoraBodyProperties"), arguments(List.of(1), "CamelSoraBodyProperties"));
    }

    @Test
    void imagesOfTheHeaderGoAlongWithMessages() throws Exception {
        send("direct:in", List.of(SoraMessage.user("a cow")), Map.of(SoraConstants.IMAGE_URL, "https://a.example/cow.png"));
        JsonNode content = request().get("messages").get(0).get("content");
        assertThat(content.get(0).get("text").asText()).isEqualTo("a cow");
        assertThat(content.get(1).get("image_url").get("url").asText()).isEqualTo("https://a.example/cow.png");
    }

    private JsonNode request() throws Exception {
        return request(0);
    }

    private JsonNode request(int number) throws Exception {
        return JSON.readTree(simulator().requests().get(number).body());
    }
}
