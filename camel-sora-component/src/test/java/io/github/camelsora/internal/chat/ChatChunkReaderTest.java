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

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.chat.ChatChunk.Kind;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.sse.Transcripts;
import io.github.camelsora.internal.text.Link;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ChatChunkReaderTest {

    private final ChatChunkReader reader = new ChatChunkReader();
    private int malformed;

    /** Single quotes stand for double ones. */
    private ChatChunk read(String payload) {
        return readJson(payload.replace('\'', '"'));
    }

    private ChatChunk readJson(String payload) {
        return read(payload.getBytes(StandardCharsets.UTF_8));
    }

    private ChatChunk read(byte[] payload) {
        byte[] buffer = new byte[payload.length + 6];
        Arrays.fill(buffer, (byte) '}');
        System.arraycopy(payload, 0, buffer, 3, payload.length);
        ChatChunk chunk = reader.read(buffer, 3, payload.length);
        malformed += chunk.kind() == Kind.MALFORMED ? 1 : 0;
        return chunk;
    }

    private static ChatChunk text(String text) {
        return chunk(chunk -> chunk.text = text);
    }

    private static ChatChunk chunk(Consumer<ChatChunk.Builder> named) {
        ChatChunk.Builder chunk = new ChatChunk.Builder();
        named.accept(chunk);
        return chunk.build();
    }

    @Test
    void aDocumentedChunkIsRead() {
        assertThat(read("{'id':'chatcmpl-1','object':'chat.completion.chunk','model':'sora-2','created':1760339757,"
                + "'choices':[{'index':0,'delta':{'role':'assistant','content':'> 🏃'},'finish_reason':null}]}"))
                .isEqualTo(chunk(chunk -> {
                    chunk.id = "chatcmpl-1";
                    chunk.model = "sora-2";
                    chunk.text = "> 🏃";
                }));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', nullValues = "-", quoteCharacter = '`', value = {
        "{'choices':[{'delta':{'content':'a'}}]}                                              ~ a",
        "{'choices':[{'delta':{'content':''}}]}                                               ~ ``",
        "{'choices':[{'delta':{'content':null}}]}                                             ~ -",
        "{'choices':[{'delta':{}}]}                                                           ~ -",
        "{'choices':[{'delta':null}]}                                                         ~ -",
        "{'choices':[{'delta':'x'}]}                                                          ~ -",
        "{'choices':[{'delta':{'content':5}}]}                                                ~ -",
        "{'choices':[{'delta':{'content':{'content':'x'}}}]}                                  ~ -",
        "{'choices':[{'delta':{'content':[{'type':'text','text':'a'},{'text':'b'},'c']}}]}    ~ abc",
        "{'choices':[{'delta':{'content':[{'text':'x','type':'image'},{'type':'text'},[1]]}}]} ~ ``",
        "{'choices':[{'message':{'role':'assistant','content':'a'}}]}                         ~ a",
        "{'choices':[{'text':'a'}]}                                                           ~ a",
        "{'choices':[{'text':'x','delta':{'content':'a'}}]}                                   ~ a",
        "{'choices':[{'delta':{'content':''},'message':{'content':'a'}}]}                     ~ a",
        "{'choices':[{'message':{'content':'a'},'delta':{'content':''}}]}                     ~ a",
        "{'choices':[{'delta':{'content':'a','tool_calls':[{'content':'x'}]}}],'content':'x'} ~ a",
        "{'choices':[{'content':'x','x':{'delta':{'content':'x'}},'delta':{'content':'a'}}]}  ~ a",
        "{'choices':null}                                                                     ~ -",
        "{'choices':{'delta':{'content':'x'}}}                                                ~ -",
        "{'choices':[null,5,'x',[],{'index':0,'delta':{'content':'a'}}]}                      ~ a",
        "{'choices':[{'index':1,'delta':{'content':'x'}},{'index':0,'delta':{'content':'a'}}]} ~ a",
        "{'choices':[{'delta':{'content':'x'},'index':1},{'delta':{'content':'a'},'index':0}]} ~ a",
        "{'choices':[{'delta':{'content':'a'}},{'delta':{'content':'x'}}]}                    ~ a",
        "{'choices':[{'index':1,'delta':{'content':'a'}},{'index':2,'delta':{'content':'x'}}]} ~ a",
        "{}                                                                                   ~ -",
        " {'choices':[{'delta':{'content':'a'}}]} x                                           ~ a"})
    void textIsFoundWhereGatewaysPutIt(String payload, String text) {
        assertThat(read(payload)).isEqualTo(text(text));
        assertThat(malformed).isZero();
    }

    @Test
    void onlyChoiceZeroCountsInAStreamThatHasOne() {
        assertThat(read("{'choices':[{'index':1,'delta':{'content':'a'}}]}").text()).isEqualTo("a");
        assertThat(read("{'choices':[{'index':0,'delta':{'content':'b'}}]}").text()).isEqualTo("b");
        ChatChunk other = read("{'choices':[{'index':1,'delta':{'content':'c','error':'x'},'finish_reason':'stop'}]}");
        assertThat(other).isEqualTo(text(null));
    }

    @Test
    void reasoningIsReadUnderBothNames() {
        assertThat(read("{'choices':[{'delta':{'content':null,'reasoning_content':'36%','tool_calls':null}}]}"))
                .isEqualTo(chunk(chunk -> chunk.thinking = "36%"));
        assertThat(read("{'choices':[{'delta':{'reasoning':'36%'}}]}").thinking()).isEqualTo("36%");
        assertThat(read("{'choices':[{'delta':{'reasoning':'36%','reasoning_content':'36%'}}]}").thinking())
                .isEqualTo("36%");
        assertThat(read("{'choices':[{'delta':{'reasoning':{'effort':1}}}]}").thinking()).isNull();
    }

    @Test
    void theFinishReasonKeepsItsSpelling() {
        assertThat(read("{'choices':[{'delta':{},'finish_reason':'STOP'}]}").finishReason()).isEqualTo("STOP");
        assertThat(read("{'choices':[{'finish_reason':'','delta':{}}]}").finishReason()).isNull();
    }

    @Test
    void usageIsReadOnAnyChunkAndAsFarAsItIsThere() {
        assertThat(read("{'choices':[],'usage':{'prompt_tokens':21,'completion_tokens':279,'total_tokens':300,"
                + "'prompt_tokens_details':{'prompt_tokens':1},'input_tokens':0}}").usage())
                .isEqualTo(new SoraUsage(21, 279, 300));
        assertThat(read("{'choices':[{'delta':{'content':'a'}}],'usage':{'prompt_tokens':0}}").usage())
                .isEqualTo(new SoraUsage(0, null, null));
        assertThat(read("{'usage':{'prompt_tokens':'21','completion_tokens':2.0,'total_tokens':1e99}}").usage())
                .isEqualTo(new SoraUsage(null, 2, null));
        assertThat(read("{'usage':{'total_tokens':-1}}").usage()).isNull();
        assertThat(read("{'usage':{'total_tokens':99999999999999999999}}").usage()).isNull();
        assertThat(read("{'usage':null}").usage()).isNull();
        assertThat(read("{'usage':{}}").usage()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'error':{'message':'m','code':'c'}}", "{'choices':null,'error':{'code':'c','message':'m'}}",
        "{'choices':[{'delta':{'error':{'message':'m','code':'c'}}}]}", "{'choices':[{'error':{'message':'m','code':'c'}}]}",
        "{'error':{'message':'m','code':'c'},'choices':[{'delta':{'error':'x'}}]}",
        "{'error':null,'choices':[{'delta':{'error':{'message':'400 - {\\'error\\':{\\'message\\':\\'m\\'}}','code':'c'}}}]}"})
    void anErrorIsFoundWhereGatewaysPutIt(String payload) {
        assertThat(read(payload).error()).extracting(ErrorDetails::message, ErrorDetails::type, ErrorDetails::code)
                .containsExactly("m", null, "c");
    }

    @Test
    void anErrorMayBeText() {
        assertThat(read("{'error':'text'}").error()).isEqualTo(new ErrorDetails("text", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "''", "{}", "[]", "false", "0", "{'message':null,'code':''}"})
    void anEmptyErrorIsNone(String error) {
        assertThat(read("{'error':" + error + ",'choices':[{'delta':{'content':'a','error':" + error + "}}]}"))
                .isEqualTo(text("a"));
    }

    @Test
    void outputsAreLinksOfVideos() {
        assertThat(read("{'choices':[{'delta':{'output':[{'url':'https://a.example/1.mp4','type':'video'},"
                + "{'type':'image','url':'https://a.example/2.png'},{'url':'https://a.example/3.mp4'},"
                + "{'url':'javascript:x','type':'video'},{'type':'video'},{'url':null},'https://a.example/4.mp4']}}]}")
                .videos()).extracting(Link::url)
                .containsExactly("https://a.example/1.mp4", "https://a.example/3.mp4");
        assertThat(read("{'choices':[{'delta':{'output':'https://a.example/1.mp4'}}]}").videos()).isEmpty();
    }

    @Test
    void aWholeCompletionIsRead() {
        assertThat(read("{'id':'i','object':'chat.completion','model':'m','choices':[{'index':0,'message':{'role':'assistant',"
                + "'content':'report','reasoning_content':'r'},'finish_reason':'stop'}],'usage':{'total_tokens':3}}"))
                .isEqualTo(chunk(chunk -> {
                    chunk.id = "i";
                    chunk.model = "m";
                    chunk.text = "report";
                    chunk.thinking = "r";
                    chunk.finishReason = "stop";
                    chunk.usage = new SoraUsage(null, null, 3);
                }));
    }

    @Test
    void idAndModelOfAllChunksAreTheSameStrings() {
        ChatChunk first = read("{'id':'chatcmpl-1','model':'sora-2'}");
        read("{'choices':[]}");
        read("{'id':'','model':5}");
        ChatChunk second = read("{'model':'sora-2','id':'chatcmpl-1'}");
        assertThat(second.id()).isEqualTo("chatcmpl-1").isSameAs(first.id());
        assertThat(second.model()).isEqualTo("sora-2").isSameAs(first.model());
        assertThat(read("{'id':'chatcmpl-2'}").id()).isEqualTo("chatcmpl-2");
        assertThat(read("{'id':'a\\nb','model':''}"))
                .isEqualTo(chunk(chunk -> chunk.id = "a b"));
    }

    @Test
    void aChunkKeepsNothingOfTheOneBefore() {
        read("{'id':'i','choices':[{'text':'t','delta':{'content':'a','reasoning':'r','error':'e',"
                + "'output':[{'url':'https://a.example/1.mp4'}]},'finish_reason':'stop'}],"
                + "'usage':{'total_tokens':1},'error':'x'}");
        assertThat(read("{'choices':[{}]}")).isEqualTo(text(null));
        read("{'choices':[{'delta':{'content':'a'}}],");
        assertThat(read("{}")).isEqualTo(text(null));
    }

    @Test
    void theEndMarkerIsNoJson() {
        assertThat(read("[DONE]")).isSameAs(ChatChunk.DONE);
        assertThat(read(" [DONE]\r\n")).isSameAs(ChatChunk.DONE);
        assertThat(read("[DONE] x")).isSameAs(ChatChunk.MALFORMED);
        assertThat(read("{'choices':[{'delta':{'content':'[DONE]'}}]}").text()).isEqualTo("[DONE]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{'choices':[{'delta':{'content':'a", "{'choices':[{'delta':{'content':'a'}}]", "null", "5",
        "'a'", "[]", "[{'choices':[]}]", "<html>", "{'a':}", "{a:1}", "{'usage':{'total_tokens':1x}}", "}", "\\u0000"})
    void whatIsNoJsonObjectIsMalformedAndCounted(String payload) {
        assertThat(read(payload)).isSameAs(ChatChunk.MALFORMED);
        assertThat(malformed).isEqualTo(1);
        assertThat(read("{'choices':[{'delta':{'content':'next'}}]}").text()).isEqualTo("next");
    }

    @Test
    void whiteSpaceSaysNothing() {
        assertThat(read("")).isEqualTo(text(null)).isNotSameAs(ChatChunk.MALFORMED).isNotSameAs(ChatChunk.DONE);
        assertThat(read(" \n")).isEqualTo(text(null));
        assertThat(malformed).isZero();
    }

    @Test
    void bytesThatAreNoUtf8AreReplaced() {
        byte[] payload = "{\"id\":\"i\",\"choices\":[{\"delta\":{\"content\":\"aXb\"}}]}".getBytes(StandardCharsets.US_ASCII);
        payload[new String(payload, StandardCharsets.US_ASCII).indexOf('X')] = (byte) 0xE6;
        assertThat(read(payload).text()).isEqualTo("a\uFFFDb");
        assertThat(malformed).isZero();
        payload[payload.length - 1] = (byte) 0xFF;
        assertThat(read(payload)).isSameAs(ChatChunk.MALFORMED);
        assertThat(malformed).isEqualTo(1);
    }

    @Test
    void halfASurrogatePairPassesUnchanged() {
        assertThat(readJson("{\"choices\":[{\"delta\":{\"content\":\"\\ud83c\"}}]}").text()).isEqualTo("\ud83c");
        assertThat(readJson("{\"choices\":[{\"delta\":{\"content\":\"\\udfc3\"}}]}").text()).isEqualTo("\udfc3");
    }

    @Test
    @Timeout(10)
    void deepAndLongJsonIsBounded() {
        for (String deep : List.of("{\"a\":", "[", "{\"choices\":[", "{\"error\":", "{\"choices\":[{\"delta\":{\"output\":[")) {
            assertThat(readJson(deep.repeat(100_000))).isSameAs(ChatChunk.MALFORMED);
        }
        assertThat(readJson("{\"a\":" + "[".repeat(50) + "]".repeat(50) + "}")).isEqualTo(text(null));
        assertThat(readJson("{\"usage\":{\"total_tokens\":" + "9".repeat(900_000) + "}}")).isSameAs(ChatChunk.MALFORMED);
        String report = "x".repeat(1_000_000);
        assertThat(readJson("{\"choices\":[{\"delta\":{\"content\":\"" + report + "\"}}]}").text()).isEqualTo(report);
    }

    @Test
    void aStringShowsNoText() {
        assertThat(read("{'id':'i','choices':[{'delta':{'content':'secret','reasoning':'secret','error':'secret',"
                + "'output':[{'url':'https://a.example/secret.mp4'}]}}]}").toString()).contains("i").doesNotContain("secret");
        assertThat(ChatChunk.DONE).hasToString("ChatChunk[DONE]");
        assertThat(ChatChunk.MALFORMED).hasToString("ChatChunk[MALFORMED]");
    }

    @Test
    void everyTranscriptSaysWhatItsJsonSays() throws JsonProcessingException {
        for (var transcript : Transcripts.all()) {
            ChatChunkReader fresh = new ChatChunkReader();
            int malformedPayloads = 0;
            StringBuilder expected = new StringBuilder();
            StringBuilder actual = new StringBuilder();
            for (String payload : Transcripts.payloads(transcript)) {
                byte[] bytes = payload.getBytes(StandardCharsets.UTF_8);
                ChatChunk chunk = fresh.read(bytes, 0, bytes.length);
                malformedPayloads += chunk.kind() == Kind.MALFORMED ? 1 : 0;
                if (payload.equals("[DONE]")) {
                    assertThat(chunk).isSameAs(ChatChunk.DONE);
                    continue;
                }
                JsonNode tree = new ObjectMapper().readTree(payload);
                JsonNode choice = tree.path("choices").path(0);
                JsonNode delta = choice.path("delta");
                expected.append(delta.path("content").asText("")).append('|').append(delta.path("reasoning_content").asText(""))
                        .append('|').append(choice.path("finish_reason").asText("")).append('|')
                        .append(tree.path("usage").path("total_tokens").asText("")).append('|')
                        .append(tree.has("error")).append('\n');
                actual.append(orEmpty(chunk.text())).append('|').append(orEmpty(chunk.thinking()))
                        .append('|').append(orEmpty(chunk.finishReason())).append('|')
                        .append(chunk.usage() == null ? "" : orEmpty(chunk.usage().totalTokens())).append('|')
                        .append(chunk.error() != null).append('\n');
                assertThat(chunk.id()).isEqualTo(tree.path("id").asText("").isEmpty() ? null : tree.path("id").asText());
                assertThat(chunk.model()).isEqualTo(tree.path("model").asText(null));
            }
            assertThat(actual).as(transcript.getFileName().toString()).hasToString(expected.toString());
            assertThat(malformedPayloads).isZero();
        }
    }

    private static Object orEmpty(Object value) {
        return value == null ? "" : value;
    }

    @Property(tries = 2000)
    void anyBytesAreReadWithoutAnException(@ForAll byte[] payload) {
        assertThat(read(payload)).isNotNull();
    }

    @Property(tries = 2000)
    void anyDamageToAChunkIsReadWithoutAnException(@ForAll("damaged") byte[] payload) {
        assertThat(read(payload)).isNotNull();
    }

    @Property(tries = 2000)
    void anyArrangementOfItsWordsIsReadWithoutAnException(@ForAll("arrangements") String payload) {
        assertThat(readJson(payload)).isNotNull();
    }

    @Property(tries = 500)
    void anyTextArrivesUnchanged(@ForAll String text) throws JsonProcessingException {
        String json = new ObjectMapper().writeValueAsString(text);
        String valid = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        assertThat(readJson("{\"choices\":[{\"delta\":{\"content\":" + json + "}}]}").text()).isEqualTo(valid);
    }

    /** Between quotes, and as another number than the first chunk's: what a template takes and what it must not. */
    @Property(tries = 5000)
    void aChunkMeansTheSameBehindOneLikeIt(@ForAll("texts") byte[] text, @ForAll("integers") String created) {
        byte[] similar = bytes(chunkOf(created, ""), text, "\"},\"finish_reason\":null}],\"at\":" + created + "}");
        assertThat(behind(chunkOf("1760339757", ".") + "\"},\"finish_reason\":null}],\"at\":7}", similar))
                .isEqualTo(behind(NO_TEMPLATE, similar));
    }

    @Property(tries = 5000)
    void aDamagedChunkMeansTheSameBehindOneLikeIt(@ForAll("damagedText") byte[] damaged) {
        assertThat(behind(PIECE_OF_REPORT, damaged)).isEqualTo(behind(NO_TEMPLATE, damaged));
    }

    @Test
    void aChunkOfAnotherChoiceIsNoTemplateForTheOnesBehindIt() {
        String second = "{'choices':[{'index':1,'delta':{'content':'%s'}}]}";
        assertThat(read(second.formatted("a")).text()).isEqualTo("a");
        assertThat(read("{'choices':[{'index':0,'delta':{'content':'b'}}]}").text()).isEqualTo("b");
        assertThat(read(second.formatted("c")).text()).isNull();
    }

    @Test
    void twoTextsInAChunkAreNoTemplate() {
        String two = "{'choices':[{'delta':{'content':'%s'},'text':'%s'}]}";
        assertThat(read(two.formatted("a", "b")).text()).isEqualTo("a");
        assertThat(read(two.formatted("", "b")).text()).isEqualTo("b");
        assertThat(read(two.formatted("a", "c")).text()).isEqualTo("a");
    }

    private static final String PIECE_OF_REPORT = chunkOf("1760339757", "进度 61..\\n") + "\"},\"finish_reason\":null}]}";
    /** Has an index, as the others, and a finish reason, so that it is not a piece of the report alone. */
    private static final String NO_TEMPLATE = "{\"choices\":[{\"index\":0,\"finish_reason\":\"stop\"}]}";

    private static String chunkOf(String created, String text) {
        return "{\"id\":\"chatcmpl-1\",\"created\":" + created
                + ",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text;
    }

    private static ChatChunk behind(String first, byte[] payload) {
        ChatChunkReader stream = new ChatChunkReader();
        byte[] before = first.getBytes(StandardCharsets.UTF_8);
        assertThat(stream.read(before, 0, before.length).kind()).isEqualTo(Kind.CHUNK);
        return stream.read(payload, 0, payload.length);
    }

    private static byte[] bytes(String before, byte[] middle, String after) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(before.getBytes(StandardCharsets.UTF_8));
        joined.writeBytes(middle);
        joined.writeBytes(after.getBytes(StandardCharsets.UTF_8));
        return joined.toByteArray();
    }

    @Provide
    Arbitrary<byte[]> texts() {
        Arbitrary<byte[]> pieces = Arbitraries.of(".", "..", "> 🏃 进度 61", "\\n", "\\\"", "\\\\", "\\/", "\\t", "\\u0041",
                        "\\ud83d", "\\x", "\\", "\"", "\n", "\u0001", "\u007f", "\uFFFD", "\"},{\"a\":\"", "\",\"content\":\"b")
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8));
        Arbitrary<byte[]> raw = Arbitraries.bytes().array(byte[].class).ofMaxSize(3);
        return Arbitraries.frequencyOf(Tuple.of(9, pieces), Tuple.of(1, raw)).list().ofMaxSize(4).map(parts -> {
            ByteArrayOutputStream joined = new ByteArrayOutputStream();
            parts.forEach(joined::writeBytes);
            return joined.toByteArray();
        });
    }

    @Provide
    Arbitrary<String> integers() {
        return Arbitraries.of("0", "7", "-1", "-0", "-", "", "01", "1.5", "1e3", "99999999999999999999", "null", "\"7\"", "[1]",
                "1760339758", "1 ", " 1", "7,\"created\":8", "7,\"id\":\"b\"", "+1", "1_000", "0x1");
    }

    @Provide
    Arbitrary<byte[]> damagedText() {
        byte[] bytes = PIECE_OF_REPORT.getBytes(StandardCharsets.UTF_8);
        return Arbitraries.integers().between(0, bytes.length - 1).tuple2().flatMap(places -> Arbitraries.bytes().map(b -> {
            byte[] damaged = bytes.clone();
            damaged[places.get1()] = b;
            return b % 3 == 0 ? Arrays.copyOf(damaged, places.get2()) : damaged;
        }));
    }

    @Provide
    Arbitrary<byte[]> damaged() {
        String chunk = "{\"id\":\"chatcmpl-1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"进度 61..\","
                + "\"output\":[{\"url\":\"https://a.example/1.mp4\"}]},\"finish_reason\":null}],\"usage\":{\"total_tokens\":3},"
                + "\"error\":{\"code\":\"c\"}}";
        byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
        return Arbitraries.integers().between(0, bytes.length - 1).tuple2().flatMap(places -> Arbitraries.bytes().map(b -> {
            byte[] damaged = bytes.clone();
            damaged[places.get1()] = b;
            return b % 3 == 0 ? Arrays.copyOf(damaged, places.get2()) : damaged;
        }));
    }

    @Provide
    Arbitrary<String> arrangements() {
        return Arbitraries.of("{", "}", "[", "]", ",", ":", "null", "1", "1e9", "-", "\"\"", "\"choices\":[", "\"delta\":{",
                        "\"content\":", "\"usage\":{", "\"error\":", "\"output\":[", "\"index\":", "\"id\":", "\"text\":")
                .list().ofMaxSize(20).map(parts -> "{" + String.join("", parts));
    }
}
