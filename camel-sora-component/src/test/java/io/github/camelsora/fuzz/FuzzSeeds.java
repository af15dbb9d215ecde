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
package io.github.camelsora.fuzz;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import java.util.zip.CRC32;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.internal.sse.Transcripts;

/** What fuzz tests start from: every transcript, as it is on the wire and in its parts. */
public final class FuzzSeeds {

    /** Between the pieces of a seed of {@link #reports()}; the character behind it is the channel. */
    public static final char CHANNEL = '\u0001';

    private static final ObjectMapper JSON = new ObjectMapper();

    private FuzzSeeds() {
    }

    /** Whole streams. */
    public static Stream<byte[]> wires() {
        return Transcripts.all().stream().map(Transcripts::bytes);
    }

    /** Streams with one payload per line, without framing: all kinds of chunks, few of each. */
    public static Stream<byte[]> chunks() {
        return Transcripts.all().stream().map(transcript -> bytes(String.join("\n", Transcripts.payloads(transcript))));
    }

    /** The report of each stream: text, what the model thought behind {@link #CHANNEL} and r, links behind it and l. */
    public static Stream<byte[]> reports() {
        return Transcripts.all().stream().map(transcript -> bytes(report(transcript)));
    }

    /** The JSON objects in the reports: echoes, failures, tasks. */
    public static Stream<byte[]> records() {
        return Transcripts.all().stream().map(FuzzSeeds::report).filter(report -> report.indexOf('{') >= 0)
                .map(report -> bytes(report.substring(report.indexOf('{'), report.lastIndexOf('}') + 1))).distinct();
    }

    /** Bodies of refusals, in the shapes that gateways have. */
    public static Stream<byte[]> errors() {
        return Stream.of("{'error':{'message':'m','type':'t','param':null,'code':'insufficient_user_quota'}}",
                "{'error':'rate limit'}", "{'detail':[{'loc':['body'],'msg':'m','type':'t'}]}", "{'message':'m','code':429}",
                "{'error':{'message':'400 - {\\'error\\': {\\'message\\': \\'Hm\\', \\'code\\': \\'x\\'}}'}}",
                "{'error':{'error':{'message':{'detail':'m'}},'code':1e9}}", "<html>error code: 524</html>")
                .map(json -> bytes(json.replace('\'', '"')));
    }

    /** A result and an event of every kind. */
    public static Stream<byte[]> models() {
        String video = "{'videoUrl':'https://a.example/v.mp4','videoUrls':['https://a.example/v.mp4'],"
                + "'usage':{'totalTokens':3},'messages':["
                + "{'role':'user','content':[{'type':'text','text':'x','n':[1,2.5,true,null]}]}],'report':'r'}";
        return Stream.concat(Stream.of(video), Stream.of(SoraEventType.values()).map(type -> "{'type':'" + type
                + "','sequence':2,'gateway':'g','taskId':'t','progress':61,'outcome':'LOST','category':'UPSTREAM',"
                + "'retryable':false,'possiblyCharged':true,'reason':'x','video':" + video + "}"))
                .map(json -> bytes(json.replace('\'', '"')));
    }

    /** What a gateway may say, and links. */
    public static Stream<byte[]> words() {
        return Stream.of("input_moderation", "model sora-2 was not found", "线路负载过高", "a\r\n\u0085b \u2028 🏃",
                "https://a.example:8080/v_(1).mp4?sig=%2F&x=1#t", "http://[2001:db8::1]/v", "https://a.example/视频.mp4",
                "x".repeat(499) + "🏃🏃").map(FuzzSeeds::bytes);
    }

    /** The same numbers for the same input, so that a finding is found again. */
    public static Random random(byte[] input) {
        CRC32 checksum = new CRC32();
        checksum.update(input);
        return new Random(checksum.getValue());
    }

    /** Cuts a length into pieces at random, most of them short, and tells where each ends. */
    public static void cut(int length, Random random, IntConsumer end) {
        int to = 0;
        while (to < length) {
            to = Math.min(length, to + 1 + random.nextInt(1 << random.nextInt(8)));
            end.accept(to);
        }
    }

    private static String report(Path transcript) {
        StringBuilder report = new StringBuilder();
        char channel = 't';
        for (String payload : Transcripts.payloads(transcript)) {
            JsonNode delta = payload.startsWith("{") ? json(payload).at("/choices/0/delta") : JSON.missingNode();
            channel = add(report, channel, 'r', delta.path("reasoning_content").asText(""));
            channel = add(report, channel, 't', delta.path("content").asText(""));
            channel = add(report, channel, 'l', delta.at("/output/0/url").asText(""));
        }
        return report.toString();
    }

    private static char add(StringBuilder report, char channel, char wanted, String text) {
        if (text.isEmpty()) {
            return channel;
        }
        report.append(wanted == channel ? "" : "" + CHANNEL + wanted).append(text);
        return wanted;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
