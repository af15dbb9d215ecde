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
import java.util.Map;

import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.generation.FailureClassifier;
import io.github.camelsora.internal.text.ForeignText;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is read of an error, wherever it stands. Single quotes stand for double ones. */
class ErrorDetailsTest {

    private static byte[] bytes(String json) {
        return json.replace("\\'", "\\\"").replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    }

    private static ErrorDetails parse(String body) {
        return ErrorDetails.ofBody(body.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * body ~ message ~ type ~ code ~ what else is among the words, which begin with message, type and code ~ whether it is an
     * error body, with which a 500 or 503 bought nothing.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '~', nullValues = "-", quoteCharacter = '`', textBlock = """
            # the shapes that PROTOCOL.md names
            {'error':{'message':'m','type':'t','code':'c'}}                    ~ m  ~ t ~ c   ~ - ~ true
            {'error':{'message':'m','type':'t','param':null,'code':null}}      ~ m  ~ t ~ -   ~ - ~ true
            {'error':'m'}                                                      ~ m  ~ - ~ -   ~ - ~ true
            {'detail':'m'}                                                     ~ m  ~ - ~ -   ~ - ~ true
            {'detail':{'message':'m','code':'c'}}                              ~ m  ~ - ~ c   ~ - ~ true
            {'detail':[{'loc':['body'],'msg':'m','type':'t'},{'msg':'n'}]}     ~ m  ~ t ~ -   ~ - ~ true
            {'message':'m'}                                                    ~ m  ~ - ~ -   ~ - ~ true
            {'msg':'m','code':'c'}                                             ~ m  ~ - ~ c   ~ - ~ true
            {'error':null,'message':'m','code':'c'}                            ~ m  ~ - ~ c   ~ - ~ true
            {'error':true,'msg':'m'}                                           ~ m  ~ - ~ -   ~ - ~ true
            {'error':{'message':'m','code':429}}                               ~ m  ~ - ~ 429 ~ - ~ true
            {'error':{'message':'','type':'','code':'c'}}                      ~ -  ~ - ~ c   ~ - ~ true
            {'error':{'type':'t'}}                                             ~ -  ~ t ~ -   ~ - ~ true
            # what other frameworks answer
            {'type':'error','error':{'type':'t','message':'m'}}                ~ m  ~ t ~ -   ~ error ~ true
            {'error':{'code':503,'message':'m','status':'UNAVAILABLE'}}        ~ m  ~ - ~ 503 ~ - ~ true
            {'timestamp':'x','status':500,'error':'m','path':'/v1'}            ~ m  ~ - ~ -   ~ - ~ true
            {'statusCode':400,'error':'Bad Request','message':'m'}             ~ Bad Request ~ - ~ - ~ m ~ true
            {'status':'error','message':'m'}                                   ~ m  ~ - ~ -   ~ - ~ true
            # innermost: errors in errors, and JSON in text
            {'error':{'error':{'message':'m'},'code':'c'}}                     ~ m  ~ - ~ c   ~ - ~ true
            {'error':{'message':{'message':'m','code':'c'}}}                   ~ m  ~ - ~ c   ~ - ~ true
            {'error':'a {b} c'}                                                ~ a {b} c ~ - ~ - ~ - ~ true
            {'error':'a {\\'task\\': 1}'}                                      ~ a {'task': 1} ~ - ~ - ~ - ~ true
            {'error':'a\\u0000\\nb'}                                           ~ a b ~ - ~ - ~ - ~ true
            # Chat streams and records were read differently: whose reading it is now, and why.
            # both: the innermost, and all names under which gateways give a reason
            {'error':{'reason':'m'}}                                           ~ m  ~ - ~ -   ~ - ~ true
            {'error':{'message':'outer','error':{'message':'m'}}}              ~ m  ~ - ~ -   ~ outer ~ true
            {'error':{'error':'m','message':'n'}}                              ~ m  ~ - ~ -   ~ n ~ true
            {'message':'m','detail':'n'}                                       ~ m  ~ - ~ -   ~ n ~ true
            {'error':{'code':'c'},'message':'m'}                               ~ m  ~ - ~ c   ~ - ~ true
            {'failure_reason':'m','error':{'code':'c'}}                        ~ m  ~ - ~ c   ~ - ~ true
            {'error':'in {stage} 2: {\\'detail\\':\\'m\\'} at {x}'}            ~ m  ~ - ~ -   ~ in {stage} 2: ~ true
            {'error':{'message':'too many: {\\'error\\':\\'m\\'}'}}            ~ m  ~ - ~ -   ~ too many: ~ true
            # without a message, the error's own type says more than the number of the envelope
            {'code':500,'error':{'type':'t'}}                                  ~ -  ~ t ~ -   ~ 500 ~ true
            {'code':500,'error':{'message':'m'}}                               ~ m  ~ - ~ 500 ~ - ~ true
            # an error in words that nobody knows is shown as it is; other objects are not
            {'error':{'x':'m'}}                                                ~ {'x':'m'} ~ - ~ - ~ - ~ true
            {'error':{'message':{'text':'x'}}}                                 ~ {'message':{'text':'x'}} ~ - ~ - ~ - ~ true
            # Money: other fields are those of a task, which was accepted then; a code alone says too little
            {'error_message':'m','error_code':'c'}                             ~ m  ~ - ~ c   ~ - ~ false
            {'fail_reason':'m'}                                                ~ m  ~ - ~ -   ~ - ~ false
            {'reason':'m'}                                                     ~ m  ~ - ~ -   ~ - ~ false
            {'data':{'error':{'message':'m'}}}                                 ~ m  ~ - ~ -   ~ - ~ false
            {'result':{'error':'m'}}                                           ~ m  ~ - ~ -   ~ - ~ false
            {'data':{'message':'queued'}}                                      ~ queued ~ - ~ - ~ - ~ false
            {'code':'model_not_found'}                                         ~ -  ~ - ~ model_not_found ~ - ~ false
            {'error':true,'code':'c'}                                          ~ -  ~ - ~ c   ~ - ~ false
            # Money: there is a task
            {'detail':{'status':'failed','failure_reason':'m'}}                ~ m  ~ - ~ -   ~ - ~ false
            {'detail':{'status':'processing','message':'m'}}                   ~ m  ~ - ~ -   ~ - ~ false
            {'error':{'message':'m','task_id':'task_1'}}                       ~ m  ~ - ~ -   ~ - ~ false
            # Money: an envelope that says that all is well
            {'code':200,'message':'success'}                                   ~ success ~ - ~ 200 ~ - ~ false
            {'code':0,'message':'ok'}                                          ~ ok ~ - ~ -   ~ - ~ false
            {'success':true,'message':'ok'}                                    ~ ok ~ - ~ -   ~ - ~ false
            """)
    void everyShapeIsRead(String body, String message, String type, String code, String otherWords, boolean errorBody) {
        String json = body.replace('\'', '"');
        ErrorDetails error = parse(json);
        ErrorDetails innermost = new ErrorDetails(message == null ? null : message.replace('\'', '"'), type, code);
        assertThat(error.message()).isEqualTo(innermost.message());
        assertThat(error.type()).isEqualTo(type);
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.words()).isEqualTo(otherWords == null ? innermost.words() : innermost.words() + " " + otherWords);
        assertThat(ErrorDetails.isErrorBody(bytes(json))).isEqualTo(errorBody);
        assertThat(ErrorDetails.of(ForeignJson.object(json))).isEqualTo(error);
        assertThat(ErrorDetails.within("relay: " + json + " }")).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "error code: 524", "<html><body>504</body></html>", "{\"error\":", "null", "5",
        "\"text\"", "[]", "[{\"msg\":\"m\"}]", "{}", "{\"error\":null}", "{\"error\":\"\"}", "{\"error\":\" \"}",
        "{\"error\":{}}", "{\"error\":[]}",
        "{\"error\":false}", "{\"error\":{\"message\":\"\",\"code\":null}}", "{\"error\":{\"a\":{},\"b\":[]}}",
        "{\"detail\":[]}", "{\"error\":429}", "{\"error\":{\"code\":0,\"raw_message\":\"\",\"message\":\"\",\"detail\":\"\"}}",
        "{\"detail\":{\"status\":\"processing\",\"id\":\"task_1\"}}",
        "{\"message\":\"\"}", "{\"id\":\"x\",\"choices\":[]}"})
    void whatSaysNothingOfAnErrorIsNone(String body) {
        assertThat(parse(body)).isNull();
        assertThat(ErrorDetails.isErrorBody(body.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void theInnermostMessageCounts() {
        ErrorDetails error = parse("""
                {"error":{"message":"API request failed: 400 - {\\"error\\": {\\"message\\": \\"Hmmm\\", \
                \\"code\\": \\"sentinel_block\\"}}","type":"server_error","param":null,"code":null}}""");
        assertThat(error.message()).isEqualTo("Hmmm");
        assertThat(error.code()).isEqualTo("sentinel_block");
        assertThat(error.type()).isEqualTo("server_error");
        assertThat(error.describe()).isEqualTo("Hmmm (sentinel_block)");
        assertThat(error.words()).isEqualTo("Hmmm server_error sentinel_block API request failed: 400 -");
        assertThat(FailureClassifier.classify(error.words(), 500)).isEqualTo(SoraFailureCategory.REJECTED);
    }

    @Test
    void theCodeOfAnOuterErrorGivesWayAndIsKeptAsWords() {
        ErrorDetails error = parse("""
                {"error":{"message":"relay: {\\"message\\":\\"busy\\",\\"type\\":\\"inner\\",\\"code\\":\\"x\\"}",\
                "type":"outer","code":"insufficient_user_quota"}}""");
        assertThat(error.message()).isEqualTo("busy");
        assertThat(error.type()).isEqualTo("inner");
        assertThat(error.code()).isEqualTo("x");
        assertThat(error.words()).isEqualTo("busy inner x relay: outer insufficient_user_quota");
    }

    @Test
    void anErrorFieldIsTextOrAnObject() {
        assertThat(ErrorDetails.ofError(ForeignJson.object("{\"message\":\"m\",\"code\":\"c\"}")))
                .isEqualTo(new ErrorDetails("m", null, "c"));
        assertThat(ErrorDetails.ofError(ForeignJson.MAPPER.valueToTree("m"))).isEqualTo(new ErrorDetails("m", null, null));
        assertThat(ErrorDetails.ofError(ForeignJson.MAPPER.valueToTree(5))).isNull();
    }

    @Test
    void jsonWithinATextIsTheFirstThatSaysSomething() {
        assertThat(ErrorDetails.within("no JSON {here}")).isNull();
        assertThat(ErrorDetails.within("{\"task\":1}").reason()).isNull();
        assertThat(ErrorDetails.within("at {\"task\":1}: {\"error\":\"m\"}").reason()).isEqualTo("m");
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
        assertThat(parse("{\"error\":\"" + "x".repeat(10_000) + "\",\"message\":\"y\"}").words())
                .hasSize(ErrorDetails.MAX_WORDS);
    }

    @Test
    void aBodyThatIsNoUtf8IsRead() {
        byte[] latin1 = "{\"error\":\"Größe\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(ErrorDetails.ofBody(latin1).message()).isEqualTo("Gr\uFFFD\uFFFDe");
        assertThat(parse("\uFEFF{\"error\":\"m\"}").message()).isEqualTo("m");
    }

    @Test
    void theReasonIsTheMessageElseTheCodeElseTheType() {
        assertThat(new ErrorDetails("m", "t", "c").reason()).isEqualTo("m");
        assertThat(new ErrorDetails(" ", "t", "c").reason()).isEqualTo("c");
        assertThat(new ErrorDetails(null, "t", null).reason()).isEqualTo("t");
        assertThat(new ErrorDetails(null, null, null).reason()).isNull();
    }

    @Test
    void aDescriptionNamesTheCodeOnce() {
        assertThat(new ErrorDetails("Over quota", "t", "insufficient").describe()).isEqualTo("Over quota (insufficient)");
        assertThat(new ErrorDetails("Refused: Insufficient quota", "t", "insufficient").describe())
                .isEqualTo("Refused: Insufficient quota");
        assertThat(new ErrorDetails(null, "t", "c").describe()).isEqualTo("c");
        assertThat(new ErrorDetails("m", "t", null).describe()).isEqualTo("m");
        assertThat(new ErrorDetails(null, null, null).describe()).isNull();
        assertThat(new ErrorDetails(null, null, null).words()).isEmpty();
    }

    @Property(tries = 1000)
    void anyBodyIsReadWithoutAnException(@ForAll byte[] body) {
        ErrorDetails.ofBody(body);
    }

    @Property(tries = 1000)
    void anyOtherTextIsTheMessage(@ForAll String message) {
        ErrorDetails error = parse(SoraJson.write(Map.of("error", message)));
        assertThat(error).isEqualTo(ForeignText.cleanOrNull(message) == null ? null : new ErrorDetails(message, null, null));
    }
}
