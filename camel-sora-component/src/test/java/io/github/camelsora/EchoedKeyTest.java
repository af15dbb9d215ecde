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
import java.util.stream.Stream;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.WireServer;
import io.github.camelsora.internal.json.SoraJson;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A gateway that echoes the key, wherever it can: nothing that leaves the component has it. */
class EchoedKeyTest extends SoraRouteTest {

    private static final String SECRET = "sk-proj-4f9/a7c2+e1";
    private static final String HEADER = "account-5512-7781";
    private static final String VIDEO = "[video](https://filesystem.site/cdn/1.mp4?key=" + SECRET + ")";

    static Stream<Arguments> echoes() {
        String error = "{\"error\":{\"message\":\"Bad key Bearer " + SECRET + " of " + HEADER
                + "\",\"type\":\"" + SECRET + "\",\"code\":\"" + SECRET + "\"}}";
        List<Arguments> rows = new ArrayList<>(List.of(
                arguments("an error body", "HTTP/1.1 401 No\r\nContent-Length: " + error.length() + "\r\n\r\n" + error),
                arguments("a body that is cut inside the key", body(401, "{\"error\":{\"message\":\"" + "x".repeat(485)
                        + SECRET + "\"}}")),
                arguments("a server error without JSON", body(500, "<html>" + SECRET)),
                arguments("a slash with a backslash", body(401, "{\"error\":{\"message\":\"quoted {'k':'"
                        + SECRET.replace("/", "\\\\/") + "'}\"}}")),
                arguments("a line that is no HTTP", "XTTP " + SECRET + "\r\n\r\n"),
                arguments("a content encoding", "HTTP/1.1 200 OK\r\nContent-Encoding: " + SECRET + "\r\n\r\n"),
                arguments("an error event", stream(error)),
                arguments("id, model and finish reason", stream("{\"id\":\"" + SECRET + "\",\"model\":\"" + HEADER
                        + "\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"> 12 %\\n" + VIDEO
                        + "\"},\"finish_reason\":\"" + SECRET + "\"}]}")),
                arguments("reason of a failure", stream(delta("> 生成失败 " + SECRET + "\\n"))),
                arguments("task id", stream(delta("```json\\n{\\\"task_id\\\":\\\"" + HEADER
                        + "\\\"}\\n```\\n")))));
        String report = "key " + SECRET + ", account " + HEADER + "\\n> 12 %\\n" + VIDEO;
        for (int cut : new int[] {5, 11, 20, 30}) {
            rows.add(arguments("a report, split at " + cut, stream(delta(report.substring(0, cut)),
                    delta(report.substring(cut)))));
        }
        rows.add(arguments("a report, in single characters", stream(report.replace("\\n", " ").chars()
                .mapToObj(c -> delta(String.valueOf((char) c))).toArray(String[]::new))));
        rows.add(arguments("a report that ends inside the key", stream(delta(VIDEO + " " + SECRET.substring(0, 15)))));
        return rows.stream();
    }

    private static String body(int status, String text) {
        return "HTTP/1.1 " + status + " No\r\nContent-Length: " + text.length() + "\r\n\r\n" + text;
    }

    private static String delta(String text) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}";
    }

    private static String stream(String... payloads) {
        StringBuilder events = new StringBuilder();
        for (String payload : payloads) {
            events.append(event(payload));
        }
        return CHUNKED + chunk(events + event("[DONE]")) + "0\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("echoes")
    void theKeyIsCutOutOfAllThatTheGatewaySays(String name, String answer) throws Exception {
        StringBuilder seen = new StringBuilder();
        try (LogRecorder log = new LogRecorder("io.github.camelsora", "org.apache.hc");
                WireServer server = WireServer.running(connection -> {
                    connection.skipRequest();
                    connection.send(answer);
                })) {
            SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
            options.setBaseUrl("http://127.0.0.1:" + server.port());
            options.setApiKey(SECRET);
            options.getAdditionalHeader().put("X-Account", HEADER);
            options.getAdditionalHeader().put("X-Origin", "filesystem.site");
            routes(route -> {
                route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
                route.from("direct:replies").to("mock:replies");
            });
            Exchange exchange = send("direct:in", "x");
            describe(exchange, seen);
            getMockEndpoint("mock:replies").getExchanges().forEach(reply -> describe(reply, seen));
            log.lines().forEach(seen::append);
            if (name.startsWith("a report")) {
                assertThat(exchange.getMessage().getBody(SoraVideo.class).videoUrl()).startsWith("https://filesystem.site/cdn");
            }
        }
        assertThat(seen.toString()).doesNotContain(SECRET).doesNotContain(HEADER).doesNotContain(SECRET.substring(0, 11))
                .contains("sora");
    }

    private static void describe(Exchange exchange, StringBuilder seen) {
        Object body = exchange.getMessage().getBody();
        seen.append(exchange.getMessage().getHeaders()).append(body instanceof String ? body : SoraJson.write(body));
        for (Throwable thrown : exchange.getException() == null ? List.<Throwable>of()
                : List.of(exchange.getException())) {
            seen.append(thrown).append(((SoraException) thrown).getReason()).append(Map.of("suppressed",
                    List.of(thrown.getSuppressed())));
        }
    }
}
