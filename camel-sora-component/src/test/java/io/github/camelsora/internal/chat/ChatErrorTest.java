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

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.generation.FailureClassifier;
import io.github.camelsora.internal.json.SoraJson;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChatErrorTest {

    private static ChatError parse(String body) {
        return ChatError.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', nullValues = "-", quoteCharacter = '`', value = {
        "{'error':{'message':'m','type':'t','code':'c'}}                    ~ m  ~ t ~ c",
        "{'error':{'message':'m','type':'t','param':null,'code':null}}      ~ m  ~ t ~ -",
        "{'error':{'message':'m','code':429}}                               ~ m  ~ - ~ 429",
        "{'error':{'message':'','type':'','code':'c'}}                      ~ -  ~ - ~ c",
        "{'error':{'type':'t'}}                                             ~ -  ~ t ~ -",
        "{'error':'m'}                                                      ~ m  ~ - ~ -",
        "{'error':{'error':{'message':'m'},'code':'c'}}                     ~ m  ~ - ~ c",
        "{'error':{'message':{'message':'m','code':'c'}}}                   ~ m  ~ - ~ c",
        "{'error':{'reason':'x'}}                                           ~ {'reason':'x'} ~ - ~ -",
        "{'detail':'m'}                                                     ~ m  ~ - ~ -",
        "{'detail':{'message':'m','code':'c'}}                              ~ m  ~ - ~ c",
        "{'detail':[{'loc':['body'],'msg':'m','type':'t'},{'msg':'n'}]}     ~ m  ~ t ~ -",
        "{'message':'m'}                                                    ~ m  ~ - ~ -",
        "{'error':null,'message':'m','code':'c'}                            ~ m  ~ - ~ c",
        "{'error':true,'msg':'m'}                                           ~ m  ~ - ~ -",
        "{'error':'a {b} c'}                                                ~ a {b} c ~ - ~ -",
        "{'error':'a {\\'task\\': 1}'}                                      ~ a {'task': 1} ~ - ~ -",
        "{'error':'a\\u0000\\nb'}                                           ~ a b ~ - ~ -"})
    void everyShapeIsRead(String body, String message, String type, String code) {
        String quoted = message == null ? null : message.replace('\'', '"');
        assertThat(parse(body.replace('\'', '"'))).isEqualTo(new ChatError(quoted, type, code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "error code: 524", "<html><body>504</body></html>", "{\"error\":", "null", "5",
        "\"text\"", "[]", "[{\"msg\":\"m\"}]", "{}", "{\"error\":null}", "{\"error\":\"\"}", "{\"error\":\" \"}",
        "{\"error\":{}}", "{\"error\":[]}",
        "{\"error\":false}", "{\"error\":{\"message\":\"\",\"code\":null}}", "{\"error\":{\"a\":{},\"b\":[]}}",
        "{\"detail\":[]}",
        "{\"message\":\"\"}", "{\"id\":\"x\",\"choices\":[]}"})
    void whatSaysNothingOfAnErrorIsNone(String body) {
        assertThat(parse(body)).isNull();
    }

    @Test
    void theInnermostMessageCounts() {
        ChatError error = parse("""
                {"error":{"message":"API request failed: 400 - {\\"error\\": {\\"message\\": \\"Hmmm\\", \
                \\"code\\": \\"sentinel_block\\"}}","type":"server_error","param":null,"code":null}}""");
        assertThat(error.message()).isEqualTo("Hmmm");
        assertThat(error.code()).isEqualTo("sentinel_block");
        assertThat(error.type()).isEqualTo("server_error");
        assertThat(error.describe()).isEqualTo("Hmmm (sentinel_block)");
        assertThat(error.words()).isEqualTo("Hmmm server_error sentinel_block");
        assertThat(FailureClassifier.classify(error.words(), 500)).isEqualTo(SoraFailureCategory.REJECTED);
    }

    @Test
    void theCodeOfAnOuterErrorGivesWayAndIsKeptAsWords() {
        ChatError error = parse("""
                {"error":{"message":"relay: {\\"message\\":\\"busy\\",\\"type\\":\\"inner\\",\\"code\\":\\"x\\"}",\
                "type":"outer","code":"insufficient_user_quota"}}""");
        assertThat(error).isEqualTo(new ChatError("busy", "inner", "x", "outer insufficient_user_quota"));
        assertThat(error.words()).isEqualTo("busy inner x outer insufficient_user_quota");
    }

    @Test
    void aBraceBeforeTheJsonIsNoHindrance() {
        assertThat(parse("{\"error\":\"in {stage} 2: {\\\"detail\\\":\\\"m\\\"} at {x}\"}"))
                .isEqualTo(new ChatError("m", null, null));
    }

    @Test
    void wrappingIsFollowedFourTimes() {
        String four = wrapped(4);
        assertThat(parse(four).message()).isEqualTo("innermost");
        assertThat(parse(wrapped(5)).message()).startsWith("{\"error\"").contains("innermost");
        assertThat(parse("{\"error\":".repeat(90) + "\"m\"" + "}".repeat(90)).message()).startsWith("{\"error\"").hasSize(500);
        assertThat(parse("[".repeat(100_000))).isNull();
    }

    private static String wrapped(int times) {
        String json = "{\"error\":\"innermost\"}";
        for (int i = 0; i < times; i++) {
            json = SoraJson.write(Map.of("error", json));
        }
        return json;
    }

    @Test
    void textIsCut() {
        assertThat(parse("{\"error\":\"" + "x".repeat(10_000) + "\"}").message()).hasSize(500);
    }

    @Test
    void aBodyThatIsNoUtf8IsRead() {
        byte[] latin1 = "{\"error\":\"Größe\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ChatError.parse(latin1).message()).isEqualTo("Gr\uFFFD\uFFFDe");
        assertThat(parse("\uFEFF{\"error\":\"m\"}").message()).isEqualTo("m");
    }

    @Test
    void theReasonIsTheMessageElseTheCodeElseTheType() {
        assertThat(new ChatError("m", "t", "c").reason()).isEqualTo("m");
        assertThat(new ChatError(" ", "t", "c").reason()).isEqualTo("c");
        assertThat(new ChatError(null, "t", null).reason()).isEqualTo("t");
        assertThat(new ChatError(null, null, null).reason()).isNull();
    }

    @Test
    void aDescriptionNamesTheCodeOnce() {
        assertThat(new ChatError("Over quota", "t", "insufficient").describe()).isEqualTo("Over quota (insufficient)");
        assertThat(new ChatError("Refused: Insufficient quota", "t", "insufficient").describe())
                .isEqualTo("Refused: Insufficient quota");
        assertThat(new ChatError(null, "t", "c").describe()).isEqualTo("c");
        assertThat(new ChatError("m", "t", null).describe()).isEqualTo("m");
        assertThat(new ChatError(null, null, null).describe()).isNull();
        assertThat(new ChatError(null, null, null).words()).isNull();
    }

    @Property(tries = 1000)
    void anyBodyIsReadWithoutAnException(@ForAll byte[] body) {
        ChatError.parse(body);
    }

    @Property(tries = 1000)
    void anyOtherTextIsTheMessage(@ForAll String message) {
        ChatError error = parse(SoraJson.write(Map.of("error", message)));
        assertThat(error).isEqualTo(JsonValue.clean(message) == null ? null : new ChatError(message, null, null));
    }
}
