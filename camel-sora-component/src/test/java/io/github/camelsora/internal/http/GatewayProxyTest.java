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

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.runningTls;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A proxy gets a tunnel to make, and of an https request nothing in clear. */
class GatewayProxyTest extends GatewayClientTestSupport {

    private static final URI GATEWAY = URI.create("https://localhost:9/v1/chat/completions");

    private static final String ASKS = "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
            + "Content-Length: 0\r\n\r\n";

    private static SSLContext localhost;

    @BeforeAll
    static void certificate(@TempDir Path directory) throws Exception {
        localhost = TestCertificate.contextFor("localhost", directory);
    }

    private WireServer through(WireServer proxy) {
        return through(proxy, localhost, Duration.ofSeconds(5));
    }

    private WireServer through(WireServer proxy, SSLContext tls, Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return through(proxy, tls, new GatewayClientSettings.Proxy("localhost", proxy.port()));
    }

    private WireServer through(WireServer proxy, SSLContext tls, GatewayClientSettings.Proxy address) {
        client.close();
        client = new GatewayClient(new GatewayClientSettings(tls, address), timer);
        return with(proxy);
    }

    private WireServer throughAs(WireServer proxy, String username, String password) {
        return through(proxy, localhost, new GatewayClientSettings.Proxy("localhost", proxy.port()).as(username, password));
    }

    @Test
    void aTunnelCarriesTheRequestAndTheProxySeesNoKey() {
        WireServer gateway = with(runningTls(localhost, connection -> {
            connection.readRequest();
            connection.send(whole("text/event-stream", event("one")));
        }));
        WireServer proxy = through(running(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
            connection.pipeTo(gateway.port());
        }));
        CallRecorder recorder = post(gateway);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one");
        assertThat(gateway.requests().get(0)).contains("Authorization: Bearer " + KEY);
        assertThat(proxy.received()).startsWith("CONNECT localhost:" + gateway.port() + " HTTP/1.1\r\n")
                .doesNotContain("Authorization", KEY, "a cat");
    }

    @Test
    void whatAProxyAddsBehindItsAnswerIsNotTheGateways() {
        WireServer gateway = with(runningTls(localhost, connection -> {
            connection.readRequest();
            connection.send(whole("text/event-stream", event("one")));
        }));
        through(running(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 200 OK\r\n\r\n" + whole("text/event-stream", event("forged")));
            connection.pipeTo(gateway.port());
        }));
        CallRecorder recorder = post(gateway);
        recorder.endedAs(GatewayEnd.NotSent.class);
        assertThat(recorder.payloads).isEmpty();
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void aProxyIsAskedForAPlainUrlInFull() {
        WireServer gateway = with(answering(whole("text/event-stream", event("one"))));
        WireServer proxy = through(running(connection -> {
            connection.readRequest();
            connection.send(whole("text/event-stream", event("one")));
        }));
        post(gateway).endedAs(GatewayEnd.Closed.class);
        assertThat(proxy.requests().get(0)).startsWith("POST " + gateway.uri() + " HTTP/1.1");
        assertThat(gateway.connections()).isZero();
    }

    @Test
    void aProxyThatAsksForAUserGetsItWithTheFirstRequestAndTheGatewayNever() {
        WireServer gateway = with(runningTls(localhost, connection -> {
            connection.readRequest();
            connection.send(whole("text/event-stream", event("one")));
        }));
        WireServer proxy = throughAs(running(connection -> {
            String head = connection.readHead();
            boolean known = head.contains("\r\nProxy-Authorization: Basic dXPDqXI6cGFzczp3b3Jk\r\n");
            connection.send(known ? "HTTP/1.1 200 OK\r\n\r\n" : ASKS);
            connection.pipeTo(gateway.port());
        }), "us\u00e9r", "pass:word");
        post(gateway).endedAs(GatewayEnd.Closed.class);
        assertThat(proxy.connections()).isEqualTo(1);
        assertThat(gateway.requests()).singleElement().satisfies(request -> assertThat(request)
                .contains("Authorization: Bearer " + KEY).doesNotContainIgnoringCase("Proxy-Authorization"));
    }

    @Test
    void aUserThatTheProxyDoesNotKnowMeansNothingWasSent() {
        WireServer proxy = throughAs(running(connection -> {
            connection.readHead();
            connection.send(ASKS);
        }), "user", "wrong password");
        assertThat(post(GATEWAY).endedAs(GatewayEnd.NotSent.class).cause())
                .hasMessageContaining("proxy answered 407").hasMessageContaining("check proxyAuthUsername")
                .hasMessageNotContaining("wrong");
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void aPlainRequestCarriesTheUserToTheProxyAndIsNotRepeatedAfterA407() {
        WireServer gateway = with(answering(whole("text/event-stream", event("one"))));
        WireServer proxy = throughAs(running(connection -> {
            connection.readRequest();
            connection.send(ASKS);
        }), "user", "secret");
        assertThat(post(gateway).endedAs(GatewayEnd.Answered.class).status()).isEqualTo(407);
        assertThat(proxy.requests()).singleElement().satisfies(request -> assertThat(request)
                .contains("\r\nProxy-Authorization: Basic dXNlcjpzZWNyZXQ=\r\n"));
        assertThat(gateway.connections()).isZero();
    }

    @Test
    void someHostsAreReachedWithoutTheProxyAndWithoutItsUser() {
        WireServer gateway = with(answering(whole("text/event-stream", event("one"))));
        WireServer proxy = with(running(connection -> { }));
        through(proxy, localhost, new GatewayClientSettings.Proxy("localhost", proxy.port()).as("user", "secret")
                .exceptFor("*.example.com, LOCAL*"));
        post(gateway).endedAs(GatewayEnd.Closed.class);
        assertThat(gateway.requests()).singleElement().satisfies(request -> assertThat(request)
                .startsWith("POST /v1/chat/completions").doesNotContainIgnoringCase("Proxy-Authorization"));
        assertThat(proxy.connections()).isZero();
    }

    @Test
    void aUserThatCannotBeSentIsRefused() {
        GatewayClientSettings.Proxy proxy = new GatewayClientSettings.Proxy("localhost", 1);
        for (String[] login : new String[][] {{"us:er", "secret"}, {"", "secret"}, {"user", "secret\nX: y"}}) {
            assertThatThrownBy(() -> proxy.as(login[0], login[1])).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("proxyAuthUsername").hasMessageNotContaining("secret");
        }
        assertThat(proxy.as("user", "secret").toString()).doesNotContain("user", "secret");
        assertThat(proxy.as("user", "secret")).isEqualTo(proxy.as("user", "secret")).isNotEqualTo(proxy.as("user", "other"));
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 403, 407, 502, 503, 504})
    void aProxyThatRefusesATunnelMeansNothingWasSent(int status) {
        WireServer proxy = through(running(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 " + status + " No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                    + "Location: http://localhost:9\r\nContent-Length: 2\r\n\r\nno");
        }));
        assertThat(post(GATEWAY).endedAs(GatewayEnd.NotSent.class).cause())
                .hasMessageContaining("proxy answered " + status + " to CONNECT localhost");
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @Test
    void aProxyThatNeverAnswersMeansNothingWasSent() {
        through(running(connection -> connection.readHead()), localhost, SHORT);
        post(GATEWAY).endedAs(GatewayEnd.NotSent.class);
    }

    @Test
    void aProxyThatClosesMeansNothingWasSent() {
        through(running(connection -> {
            connection.readHead();
            connection.close();
        }));
        post(GATEWAY).endedAs(GatewayEnd.NotSent.class);
    }

    @Test
    void aHandshakeBehindTheProxyThatIsNeverAnsweredMeansNothingWasSent() {
        through(running(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
        }), localhost, SHORT);
        post(GATEWAY).endedAs(GatewayEnd.NotSent.class);
    }

    @Test
    void aTunnelToAnotherHostThanTheCertificateSaysIsNotUsed(@TempDir Path directory) throws Exception {
        SSLContext elsewhere = TestCertificate.contextFor("elsewhere.example", directory);
        WireServer gateway = with(runningTls(elsewhere, connection -> connection.readRequest()));
        through(running(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 200 OK\r\n\r\n");
            connection.pipeTo(gateway.port());
        }), elsewhere, Duration.ofSeconds(5));
        post(gateway).endedAs(GatewayEnd.NotSent.class);
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void cancellingWhileTheTunnelIsMadeLeavesNothingOpen() {
        WireServer proxy = through(running(connection -> connection.readHead()), localhost, SHORT);
        CallRecorder recorder = post(GATEWAY);
        eventually("a tunnel asked for", () -> proxy.received().endsWith("\r\n\r\n"));
        recorder.call.cancel();
        recorder.endedAs(GatewayEnd.Cancelled.class);
    }
}
