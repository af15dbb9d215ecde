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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.TestCertificate;
import io.github.camelsora.internal.http.WireServer;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulator;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Routes behind a proxy that wants a user name and a password. */
class ProxyTest extends SoraRouteTest {

    private static final String PASSWORD = "open-sesame/42";
    private static final String BASIC = Base64.getEncoder()
            .encodeToString(("ali:" + PASSWORD).getBytes(StandardCharsets.UTF_8));

    private final List<String> asked = new ArrayList<>();

    private SoraConfiguration behind(WireServer proxy) {
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setProxyHost("localhost");
        options.setProxyPort(proxy.port());
        options.setProxyAuthUsername("ali");
        options.setProxyAuthPassword(PASSWORD);
        return options;
    }

    /** A proxy that makes tunnels to one port, for its own user. */
    private WireServer tunnels(int port) {
        return WireServer.running(connection -> {
            String head = connection.readHead();
            synchronized (asked) {
                asked.add(head.substring(0, head.indexOf(' ')));
            }
            boolean isKnown = head.contains("\r\nProxy-Authorization: Basic " + BASIC + "\r\n");
            connection.send(isKnown ? "HTTP/1.1 200 OK\r\n\r\n"
                    : "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
            connection.pipeTo(port);
        });
    }

    @Test
    void theRequestAndTheLinksOfRecoveryGoThroughItAndNothingShowsThePassword(@TempDir Path folder) throws Exception {
        Path keyStore = TestCertificate.keyStoreFor("localhost", folder);
        try (SoraSimulator secure = SoraSimulator.builder().tls(keyStore, "changeit").start();
                WireServer proxy = tunnels(secure.port());
                LogRecorder log = new LogRecorder("io.github.camelsora", "org.apache.camel", "org.apache.hc")) {
            SoraConfiguration options = behind(proxy);
            options.setBaseUrl(secure.baseUrl());
            options.setSslContextParameters(trusting(keyStore));
            options.setRecoveryEnabled(true);
            options.setRecoveryDelay(20);
            routes(route -> route.from("direct:in").to("sora:generate"));
            secure.answer(Answer.success().progress(12, 61).cutAfter(12));

            Exchange done = send("direct:in", "x");

            assertThat(done.getMessage().getBody(SoraVideo.class).videoUrl()).startsWith(secure.baseUrl());
            assertThat(secure.paidRequests()).isEqualTo(1);
            assertThat(secure.requests()).hasSizeGreaterThan(1)
                    .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("Proxy-Authorization"));
            assertThat(asked).hasSameSizeAs(secure.requests()).containsOnly("CONNECT");
            assertThat(log.lines()).anyMatch(line -> line.contains("Proxy-Authorization: ***"))
                    .noneMatch(line -> line.contains(PASSWORD) || line.contains(BASIC));
            assertThat(context.getEndpoints().toString()).doesNotContain(PASSWORD);
        }
    }

    @Test
    void aPlainRequestThatTheProxyRefusesIsSentOnceAndItsEchoIsCut() throws Exception {
        String echo = "{\"error\":{\"message\":\"wrong: Basic " + BASIC + " is " + PASSWORD + "\"}}";
        try (WireServer proxy = WireServer.answering("HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                + "Content-Length: " + echo.length() + "\r\n\r\n" + echo)) {
            behind(proxy);
            routes(route -> route.from("direct:in").to("sora:generate"));
            Exchange done = send("direct:in", "x");
            assertThat(done.getException()).isInstanceOf(GatewayRefusedException.class).hasMessageContaining("407")
                    .hasMessageContaining("wrong: Basic *** is ***").hasMessageNotContaining(PASSWORD);
            assertThat(proxy.requests()).hasSize(1);
            assertThat(simulator().requests()).isEmpty();
        }
    }

    @Test
    void hostsOfTheListAreReachedWithoutIt() throws Exception {
        try (WireServer proxy = tunnels(1)) {
            behind(proxy).setNonProxyHosts("localhost,127.0.0.*");
            routes(route -> route.from("direct:in").to("sora:generate"));
            assertThat(send("direct:in", "x").getMessage().getBody()).isInstanceOf(SoraVideo.class);
            assertThat(proxy.connections()).isZero();
        }
    }

    @Test
    void aUserWithoutAPasswordIsAnErrorAtTheStart() {
        assertThatThrownBy(() -> routes(route -> route.from("direct:in")
                .to("sora:generate?proxyHost=localhost&proxyPort=1&proxyAuthUsername=ali")))
                .rootCause().hasMessage("proxyAuthUsername and proxyAuthPassword go together: set both or none");
    }
}
