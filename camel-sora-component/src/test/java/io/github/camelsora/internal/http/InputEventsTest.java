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

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.runningTls;
import static org.assertj.core.api.Assertions.assertThat;

/** What a gateway sends together is handed on together, and what it sends alone at once. */
class InputEventsTest extends LocalhostTlsTestSupport {

    private static final String EVENT = chunk(event("x".repeat(300)));

    private WireServer server(boolean tls, WireServer.Script script) {
        return with(tls ? runningTls(localhost, script) : running(script));
    }

    private static final class Pauses extends CallRecorder {

        private final CountDownLatch first = new CountDownLatch(1);

        @Override
        public void pause() {
            super.pause();
            first.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void tenEventsThatComeTogetherAreFollowedByOnePause(boolean tls) {
        Pauses recorder = new Pauses();
        WireServer server = server(tls, connection -> {
            connection.readRequest();
            connection.send(CHUNKED + EVENT.repeat(10));
            assertThat(recorder.first.await(10, TimeUnit.SECONDS)).isTrue();
            connection.send("0\r\n\r\n");
        });
        post(request(server.uri(), LONG, LONG), recorder).endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.pauses).containsExactly(10);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void anEventThatComesAloneIsNotHeldBackForTheNextOne(boolean tls) {
        Pauses recorder = new Pauses();
        WireServer server = server(tls, connection -> {
            connection.readRequest();
            connection.send(CHUNKED + EVENT);
            assertThat(recorder.first.await(10, TimeUnit.SECONDS)).isTrue();
            connection.send(EVENT + "0\r\n\r\n");
        });
        post(request(server.uri(), LONG, LONG), recorder).endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.pauses).startsWith(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aGatewayThatSendsWithoutAPauseDoesNotHoldUpWhatItHasSent(boolean tls) {
        Pauses recorder = new Pauses();
        WireServer server = server(tls, connection -> {
            connection.readRequest();
            connection.send(CHUNKED + EVENT.repeat(1000) + "0\r\n\r\n");
        });
        post(request(server.uri(), LONG, LONG), recorder).endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).hasSize(1000);
        assertThat(recorder.pauses).hasSizeGreaterThan(10);
    }
}
