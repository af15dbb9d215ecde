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
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.runningTls;
import static org.assertj.core.api.Assertions.assertThat;

/** What was sent before a stream broke is read, all of it: the last event may be the link of a paid video. */
class PrematureEndTest extends LocalhostTlsTestSupport {

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 7, 20, 50, 100, 1000 })
    void everyEventBeforeACutIsRead(int events) {
        assertAllRead(events, running(cutBehind(events)));
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2, 3, 7, 20, 50, 100, 1000 })
    void everyEventBeforeACutIsReadOverTls(int events) {
        assertAllRead(events, runningTls(localhost, cutBehind(events)));
    }

    private static WireServer.Script cutBehind(int events) {
        StringBuilder body = new StringBuilder();
        names(events).forEach(name -> body.append(chunk(event(name))));
        return connection -> {
            connection.readRequest();
            connection.send(CHUNKED + body);
            connection.close();
        };
    }

    private void assertAllRead(int events, WireServer server) {
        for (int i = 0; i < 20; i++) {
            CallRecorder recorder = post(with(server));
            recorder.endedAs(GatewayEnd.Broken.class);
            assertThat(recorder.payloads).isEqualTo(names(events));
        }
    }

    private static List<String> names(int events) {
        return IntStream.rangeClosed(1, events).mapToObj(number -> "event-" + number).toList();
    }
}
