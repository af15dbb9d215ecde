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
package io.github.camelsora.internal.http;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.camelsora.LogRecorder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.runningTls;
import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that echoes the key in a header of its answer, while HttpClient logs heads. */
class EchoedKeyInHeadTest extends LocalhostTlsTestSupport {

    private enum Way {
        PLAIN, TLS, TLS_THROUGH_A_PROXY
    }

    /** HttpClient asks for so many bytes at once. */
    private static final int READ = 1024;

    @ParameterizedTest
    @EnumSource
    void theKeyIsInNoLogWhereverTwoReadsSplitIt(Way way) throws Exception {
        AtomicInteger splits = new AtomicInteger();
        WireServer.Script script = connection -> {
            connection.readRequest();
            String answer = answer(splits.getAndIncrement());
            connection.send(answer.substring(0, READ));
            connection.send(answer.substring(READ));
            connection.close();
        };
        WireServer server = with(way == Way.PLAIN ? running(script) : runningTls(localhost, script));
        if (way == Way.TLS_THROUGH_A_PROXY) {
            connectThrough(with(running(connection -> {
                connection.readHead();
                connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
                connection.pipeTo(server.port());
            })));
        }
        try (LogRecorder log = new LogRecorder("org.apache.hc")) {
            for (int split = 0; split <= KEY.length(); split++) {
                CallRecorder recorder = post(server);
                recorder.endedAs(GatewayEnd.Closed.class);
                assertThat(recorder.payloads).containsExactly("the body has " + KEY);
            }
            assertThat(log.lines()).noneMatch(line -> line.contains(KEY));
            Stream<String> echoes = log.lines().stream().filter(line -> line.contains("X-Echo"));
            assertThat(List.of(echoes.toArray())).hasSize(KEY.length() + 1)
                    .allSatisfy(line -> assertThat(line.toString()).endsWith("X-Echo: Bearer ***"));
        }
    }

    private void connectThrough(WireServer proxy) {
        client.close();
        client = new GatewayClient(
                new GatewayClientSettings(localhost, new GatewayClientSettings.Proxy("localhost", proxy.port())), timer);
    }

    /** The second read begins at this character of the key. */
    private static String answer(int split) {
        String first = "HTTP/1.1 200 OK\r\nX-Padding: ";
        String echo = "\r\nX-Echo: Bearer ";
        return first + "x".repeat(READ - split - first.length() - echo.length()) + echo + KEY
                + "\r\nContent-Type: text/event-stream\r\n\r\n" + event("the body has " + KEY);
    }
}
