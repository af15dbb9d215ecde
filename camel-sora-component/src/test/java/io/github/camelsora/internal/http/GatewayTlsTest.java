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

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.runningTls;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

/** https: the server must be who it says, and what fails before there is a connection is not sent. */
class GatewayTlsTest extends GatewayClientTestSupport {

    private static SSLContext localhost;
    private static SSLContext elsewhere;

    @BeforeAll
    static void certificates(@TempDir Path directory) throws Exception {
        localhost = TestCertificate.contextFor("localhost", directory);
        elsewhere = TestCertificate.contextFor("elsewhere.example", directory);
    }

    @Override
    public GatewayClientSettings settings() {
        return new GatewayClientSettings(localhost, null);
    }

    private void trusting(SSLContext context) {
        client.close();
        client = new GatewayClient(new GatewayClientSettings(context, null), timer);
    }

    private void connectingWithin(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    private static URI https(WireServer plain) {
        return URI.create("https://localhost:" + plain.port() + "/v1/chat/completions");
    }

    @Test
    void aStreamIsReadOverTls() {
        WireServer server = with(runningTls(localhost, connection -> {
            connection.readRequest();
            connection.send(CHUNKED + chunk(event("one")));
            connection.send(chunk(event("x".repeat(100_000))) + "0\r\n\r\n");
        }));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one", "x".repeat(100_000));
        assertThat(server.requests().get(0)).startsWith("POST /v1/chat/completions HTTP/1.1");
    }

    @Test
    void theTimeToConnectDoesNotLimitTheStream() {
        connectingWithin(Duration.ofSeconds(1));
        WireServer server = with(runningTls(localhost, connection -> {
            connection.readRequest();
            connection.send(CHUNKED + chunk(event("one")));
            assertThat(connection.isClosedWithin(2500)).isFalse();
            connection.send(chunk(event("two")) + "0\r\n\r\n");
        }));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one", "two");
    }

    @Test
    void aCertificateForAnotherHostIsNotSentTo() {
        trusting(elsewhere);
        WireServer server = with(runningTls(elsewhere, connection -> connection.readRequest()));
        assertThat(post(server).endedAs(GatewayEnd.NotSent.class).cause()).isInstanceOf(SSLException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void anUnknownCertificateIsNotSentTo() {
        WireServer server = with(runningTls(elsewhere, connection -> connection.readRequest()));
        assertThat(post(server).endedAs(GatewayEnd.NotSent.class).cause()).isInstanceOf(SSLException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theCertificatesOfTheJvmAreTheDefault() {
        trusting(null);
        WireServer server = with(runningTls(localhost, connection -> connection.readRequest()));
        assertThat(post(server).endedAs(GatewayEnd.NotSent.class).cause()).isInstanceOf(SSLException.class);
    }

    @Test
    void aServerWithoutTlsIsNotSentTo() {
        WireServer server = with(running(connection -> {
            connection.isClosedWithin(100);
            connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
        }));
        post(https(server)).endedAs(GatewayEnd.NotSent.class);
    }

    @Test
    void aServerThatClosesDuringTheHandshakeIsNotSentTo() {
        WireServer server = with(running(WireServer.Connection::close));
        post(https(server)).endedAs(GatewayEnd.NotSent.class);
    }

    @Test
    void aHandshakeThatIsNeverAnsweredIsNotSent() {
        connectingWithin(SHORT);
        WireServer server = with(running(connection -> { }));
        post(https(server)).endedAs(GatewayEnd.NotSent.class);
    }

    @Test
    void cancellingDuringTheHandshakeLeavesNothingOpen() {
        connectingWithin(SHORT);
        WireServer server = with(running(connection -> { }));
        CallRecorder recorder = post(https(server));
        eventually("a connection", () -> server.open() == 1);
        recorder.call.cancel();
        recorder.endedAs(GatewayEnd.Cancelled.class);
    }

    @Test
    void cancellingClosesATlsConnection() {
        WireServer server = with(runningTls(localhost, connection -> {
            connection.readRequest();
            connection.send(CHUNKED + chunk(event("one")));
        }));
        CallRecorder recorder = post(server);
        eventually("a payload", () -> !recorder.payloads.isEmpty());
        recorder.call.cancel();
        recorder.endedAs(GatewayEnd.Cancelled.class);
    }

    @Test
    void aCutWithoutCloseNotifyIsABreak() {
        WireServer server = with(runningTls(localhost, connection -> {
            connection.readRequest();
            connection.send(CHUNKED + chunk(event("one")));
            assertThat(connection.isClosedWithin(50)).isFalse();
            connection.reset();
        }));
        post(server).endedAs(GatewayEnd.Broken.class);
    }

    @Test
    void plainHttpIsStillPossible() {
        post(with(answering(whole("text/event-stream", event("one"))))).endedAs(GatewayEnd.Closed.class);
    }
}
