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
package io.github.camelsora.test;

import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class SuccessfulGenerationTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final Client client = new Client(SORA.simulator());

    @Test
    void theStreamIsTheReportOfAVideo() throws Exception {
        var response = client.generate("a dog on the beach");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        String base = Pattern.quote(SORA.simulator().baseUrl());
        assertThat(Client.report(response.body())).matches(Pattern.compile("""
                ```json
                \\{
                  "prompt": "a dog on the beach",
                  "orientation": "portrait"
                \\}
                ```

                > ID: `(task_01k[0-9a-z]{23})`
                >\\[Data Preview\\]\\(BASE/web/\\1\\) \\| \\[Source Data\\]\\(BASE/source/\\1\\)
                > Queuing\\.\\.\\.
                > Generating\\.

                >🏃 Progress 12\\.\\.27\\.\\.44\\.\\.61\\.\\.81\\.\\.93\\.\\.

                > Generation complete ✅
                > sid: s_[0-9a-f]{32}

                !\\[(BASE/cdn/\\d{8}/[0-9a-f]{30}\\.webp)\\]\\(\\2\\)
                \\[Play online▶️\\]\\(BASE/cdn/\\d{8}/[0-9a-f]{30}\\.mp4\\)""".replace("BASE", base)));
    }

    @Test
    void finishReasonUsageAndDoneComeLast() throws Exception {
        List<String> payloads = Client.payloads(client.generate("a dog").body());

        List<String> last = payloads.subList(payloads.size() - 3, payloads.size());
        assertThat(new JsonObject(last.get(0)).getJsonArray("choices").getJsonObject(0).getString("finish_reason"))
                .isEqualTo("stop");
        assertThat(new JsonObject(last.get(1)).getJsonObject("usage").getInteger("total_tokens")).isPositive();
        assertThat(last.get(2)).isEqualTo("[DONE]");
    }

    @Test
    void eachDotAndEachPercentageIsAChunkOfItsOwn() throws Exception {
        List<String> payloads = Client.payloads(client.generate("a dog").body());

        assertThat(payloads).filteredOn(payload -> payload.contains("\"content\":\".\"")).hasSize(4);
        assertThat(payloads).filteredOn(payload -> payload.contains("\"content\":\"61..\"")).hasSize(1);
    }

    @Test
    void anyPromptComesBackAsOneJsonString() throws Exception {
        String prompt = "``` \"quoted\" \\ \n> ID: `task_x`\nProgress 99.. 🐕‍🦺 \u0001 " + "长".repeat(5_000);

        String report = Client.report(client.generate(prompt).body());

        JsonObject echo = new JsonObject(report.substring("```json\n".length(), report.indexOf("\n```\n\n> ID:")));
        assertThat(echo.getString("prompt")).isEqualTo(prompt);
    }

    @Test
    void theTextPartsOfTheLastUserMessageAreThePrompt() throws Exception {
        JsonObject image = new JsonObject().put("url", "data:image/png;base64,AA");
        JsonArray parts = new JsonArray()
                .add(new JsonObject().put("type", "text").put("text", "make it move"))
                .add(new JsonObject().put("type", "image_url").put("image_url", image));
        JsonObject body = Client.body("first");
        body.getJsonArray("messages").add(new JsonObject().put("role", "user").put("content", parts));

        client.send(client.post(body.put("orientation", "landscape")).header("Authorization", "Bearer key").build());

        assertThat(SORA.simulator().tasks()).singleElement().satisfies(task -> {
            assertThat(task.prompt()).isEqualTo("make it move");
            assertThat(task.report()).contains("\"orientation\": \"landscape\"");
        });
    }

    @Test
    void aModificationEchoesTheSidOfItsSource() throws Exception {
        String first = Client.report(client.generate("a dog").body());
        String sid = SORA.simulator().tasks().get(0).videoId();
        JsonObject body = Client.body("a dog");
        body.getJsonArray("messages").add(new JsonObject().put("role", "assistant").put("content", first))
                .add(new JsonObject().put("role", "user").put("content", "make it a cat"));

        String second = Client.report(client.send(client.post(body).header("Authorization", "Bearer key").build()).body());

        assertThat(second).contains("\"prompt\": \"make it a cat\"", "\"sid\": \"" + sid + "\"");
        assertThat(SORA.simulator().tasks().get(1).videoId()).isNotEqualTo(sid);
    }

    @Test
    void theLinksOfTheReportLeadToVideoPictureAndTask() throws Exception {
        String report = Client.report(client.generate("a <b>dog</b>").body());

        var video = client.get(link(report, "\\[Play online▶️\\]\\((.+?)\\)"));
        assertThat(video.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(new String(video.body(), 4, 4, StandardCharsets.ISO_8859_1)).isEqualTo("ftyp");
        var picture = client.get(link(report, "!\\[.+?\\]\\((.+?)\\)"));
        assertThat(picture.headers().firstValue("Content-Type")).hasValue("image/webp");
        assertThat(new String(picture.body(), 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("RIFF");
        var page = client.get(link(report, "\\[Data Preview\\]\\((.+?)\\)"));
        assertThat(new String(page.body(), StandardCharsets.UTF_8)).contains("<h1>a &lt;b&gt;dog&lt;/b&gt;</h1>", "<video");
        JsonObject source = client.json(link(report, "\\[Source Data\\]\\((.+?)\\)"));
        assertThat(source.getString("content")).isEqualTo(report);
        assertThat(source.getString("status")).isEqualTo("completed");
        assertThat(source.getInteger("progress")).isEqualTo(100);
        String share = link(report, "\\[Source Data\\]\\((.+?)\\)").replace("/source/", "/api/share/");
        assertThat(client.json(share)).isEqualTo(source);
    }

    @Test
    void aVideoIsServedInRanges() throws Exception {
        String link = SORA.simulator().baseUrl() + "/cdn/any.mp4";
        byte[] whole = client.get(link).body();

        var head = client.head(link);
        assertThat(head.headers().firstValue("Content-Length")).hasValue(String.valueOf(whole.length));
        assertThat(head.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        var part = client.get(link, "Range", "bytes=4-7");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).asString(StandardCharsets.ISO_8859_1).isEqualTo("ftyp");
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 4-7/" + whole.length);
        assertThat(client.get(link, "Range", "bytes=" + (whole.length - 2) + "-").body()).hasSize(2)
                .endsWith(whole[whole.length - 1]);
        assertThat(client.get(link, "Range", "bytes=-3").body()).hasSize(3).endsWith(whole[whole.length - 1]);
        assertThat(client.get(link, "Range", "bytes=" + whole.length + "-").statusCode()).isEqualTo(416);
    }

    private static String link(String report, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(report);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
