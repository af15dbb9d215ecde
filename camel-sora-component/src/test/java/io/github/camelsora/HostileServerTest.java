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

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.WireServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static org.assertj.core.api.Assertions.assertThat;

/** Servers that keep a stream open, say nothing, or say what is not true: a route sees an outcome soon, and nothing is left. */
class HostileServerTest extends SoraRouteTest {

    private static final Duration SOON = Duration.ofSeconds(12);
    private static final String LINK = "[video](https://filesystem.site/cdn/1.mp4)\\n";
    private static final String JSON_ERROR = "{\"error\":{\"message\":\"no credit\",\"code\":\"insufficient_user_quota\"}}";

    /**
     * A row of the documentation.
     *
     * @param sees the outcome, and what the message says
     */
    private record Hostile(String server, WireServer.Script script, String options, String sees) {

        String row() {
            return "| " + server + " | " + sees + " |";
        }

        @Override
        public String toString() {
            return server;
        }
    }

    static List<Hostile> rows() {
        return List.of(
                new Hostile("A 500 with a JSON error; the body never ends",
                        answering("HTTP/1.1 500 No\r\n\r\n" + JSON_ERROR), "", "REFUSED: answered 500"),
                new Hostile("A 500 with an HTML page; the body never ends", answering("HTTP/1.1 500 No\r\n\r\n<html>busy"), "",
                        "LOST: answered 500"),
                new Hostile("A finish reason in every chunk, for 3 s", talking(delta("> 12 %\\n", "\"stop\"")), "",
                        "COMPLETED"),
                new Hostile("The text \"null\" as finish reason in every chunk, with pauses of 3 s", pausing(), "",
                        "COMPLETED"),
                new Hostile("A finish reason, then empty chunks without end", dribbling(delta("", "\"stop\"")), "",
                        "LOST: ended"),
                new Hostile("Reasoning without end",
                        flooding("{\"choices\":[{\"delta\":{\"reasoning_content\":\"hm \"}}]}"), "",
                        "LOST: larger than 16777216 bytes (16 times maxPayloadSize, at least 16 MiB)"),
                new Hostile("Empty chunks without end", flooding(delta("", "null")), "",
                        "LOST: larger than 16777216 bytes (16 times maxPayloadSize, at least 16 MiB)"),
                new Hostile("Malformed payloads without end", flooding("{{{{"), "",
                        "LOST: more than 10000 of its events are malformed"),
                new Hostile("Comments without end", floodingWith(": " + "x".repeat(100) + "\n\n"), "",
                        "LOST: larger than 16777216 bytes (16 times maxPayloadSize, at least 16 MiB)"),
                new Hostile("A task id that is `..`", ending(delta(json("..") + "x", "null")), "", "LOST: ended"),
                new Hostile("A task id with a line end", ending(delta(json("task_1\\\\n2") + "x", "null")), "", "LOST: ended"),
                new Hostile("A task id of 5,000 characters", ending(delta(json("t".repeat(5000)) + "x", "null")), "",
                        "LOST: ended"));
    }

    private static String json(String taskId) {
        return "```json\\n{\\\"task_id\\\":\\\"" + taskId + "\\\",\\\"status\\\":\\\"pending\\\"}\\n```\\n";
    }

    private static String delta(String text, String finishReason) {
        return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"},\"finish_reason\":" + finishReason + "}]}";
    }

    private static WireServer.Script answering(String answer) {
        return connection -> {
            connection.skipRequest();
            connection.send(answer);
        };
    }

    /** A chunk every 300 ms for 3 s, then the video. */
    private static WireServer.Script talking(String payload) {
        return connection -> {
            connection.skipRequest();
            connection.send(CHUNKED);
            for (int i = 0; i < 10 && !connection.isClosedWithin(300); i++) {
                connection.send(chunk(event(payload)));
            }
            connection.send(chunk(event(delta(LINK, "\"stop\"")) + event("[DONE]")));
        };
    }

    private static WireServer.Script pausing() {
        return connection -> {
            connection.skipRequest();
            connection.send(CHUNKED + chunk(event(delta("> 12 %\\n", "\"null\""))));
            if (!connection.isClosedWithin(3000)) {
                connection.send(chunk(event(delta(LINK, "\"NULL\"")) + event("[DONE]")));
            }
        };
    }

    /** A chunk every 300 ms for as long as the client listens. */
    private static WireServer.Script dribbling(String payload) {
        return connection -> {
            connection.skipRequest();
            connection.send(CHUNKED);
            while (!connection.isClosedWithin(300)) {
                connection.send(chunk(event(payload)));
            }
        };
    }

    private static WireServer.Script flooding(String payload) {
        return floodingWith(event(payload));
    }

    /** As fast as it can, for as long as the client listens. */
    private static WireServer.Script floodingWith(String text) {
        return connection -> {
            connection.skipRequest();
            connection.send(CHUNKED);
            String chunk = chunk(text.repeat(200));
            for (int i = 0; i < 1_000_000; i++) {
                connection.send(chunk);
            }
        };
    }

    private static WireServer.Script ending(String payload) {
        return connection -> {
            connection.skipRequest();
            connection.send(CHUNKED + chunk(event(payload)) + "0\r\n\r\n");
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theRouteSeesAnOutcomeSoon(Hostile hostile) throws Exception {
        try (WireServer server = WireServer.running(hostile.script())) {
            routes(route -> route.from("direct:in").to("sora:generate?baseUrl=http://127.0.0.1:" + server.port()
                    + "&apiKey=k" + hostile.options()));
            long start = System.nanoTime();
            Exchange exchange = send("direct:in", "a paper boat");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            assertThat(server.connections()).isEqualTo(1);
            if (hostile.sees().equals("COMPLETED")) {
                assertThat(exchange.getException()).isNull();
                assertThat(exchange.getMessage().getBody(SoraVideo.class).videoUrl())
                        .isEqualTo("https://filesystem.site/cdn/1.mp4");
                return;
            }
            String[] outcomeAndSentence = hostile.sees().split(": ");
            assertThat(exchange.getException()).isInstanceOf(SoraException.class).hasMessageContaining(outcomeAndSentence[1]);
            assertThat(((SoraException) exchange.getException()).getOutcome().name()).isEqualTo(outcomeAndSentence[0]);
            assertThat(((SoraException) exchange.getException()).getTaskId()).isNull();
        }
    }

    @Test
    void theDocumentationHoldsThisTable() throws Exception {
        String page = Files.readString(Path.of("../docs/faults.md"), StandardCharsets.UTF_8);
        String section = page.substring(page.indexOf("## Hostile servers"));
        int end = section.indexOf("\n## ", 1);
        Stream<String> table = (end < 0 ? section : section.substring(0, end)).lines().filter(line -> line.startsWith("| "))
                .skip(1);
        assertThat(table.collect(Collectors.joining("\n")))
                .isEqualTo(rows().stream().map(Hostile::row).collect(Collectors.joining("\n")));
    }
}
