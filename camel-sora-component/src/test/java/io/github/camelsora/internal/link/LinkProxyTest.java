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
package io.github.camelsora.internal.link;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import javax.net.ssl.SSLContext;

import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.http.TestCertificate;
import io.github.camelsora.internal.http.WireServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.runningTls;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

/** Behind a proxy, which resolves the dns, what a link says is still judged. */
class LinkProxyTest extends LinkClientTestSupport {

    private static final LinkTrust TRUST = LinkTrust.of(List.of("video.example", "10.0.0.1"), List.of());
    private static final URI VIDEO = URI.create("https://video.example/source/1");

    private static SSLContext video;

    @BeforeAll
    static void certificate(@TempDir Path directory) throws Exception {
        video = TestCertificate.contextFor("video.example", directory);
    }

    private WireServer through(WireServer proxy) {
        dns.then("proxy.example", "127.0.0.1");
        GatewayClientSettings.Proxy address = new GatewayClientSettings.Proxy("proxy.example", proxy.port());
        using(new GatewayClientSettings(video, address), PublicAddresses::contains);
        return with(proxy);
    }

    @Test
    void theProxyResolvesTheName() {
        WireServer server = with(runningTls(video, connection -> {
            connection.readRequest();
            connection.send(whole("text/plain", "one"));
        }));
        WireServer proxy = through(running(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 200 Connection established\r\n\r\n");
            connection.pipeTo(server.port());
        }));
        get(VIDEO, TRUST).assertText(200, "one");
        assertThat(proxy.received()).startsWith("CONNECT video.example:443 HTTP/1.1\r\n").doesNotContain("Authorization");
        assertThat(dns.asked()).containsOnly("proxy.example");
    }

    @Test
    void aPlainLinkIsAskedForInFull() {
        WireServer proxy = through(answering(whole("text/plain", "one")));
        LinkTrust named = LinkTrust.of(List.of("video.example:81"), List.of());
        get(URI.create("http://video.example:81/x"), named).assertText(200, "one");
        assertThat(proxy.requests().get(0)).startsWith("GET http://video.example:81/x HTTP/1.1\r\n");
    }

    @ParameterizedTest
    @ValueSource(ints = {307, 403, 407, 502})
    void aProxyThatRefusesATunnelIsNotFollowed(int status) {
        WireServer proxy = through(running(connection -> {
            connection.readHead();
            connection.send(head(status, "Location: https://video.example/1.mp4", "Content-Type: video/mp4",
                    "Proxy-Authenticate: Basic realm=x", "Content-Length: 2") + "no");
        }));
        get(VIDEO, TRUST).assertUnreachable("proxy answered " + status + " to CONNECT video.example");
        assertThat(proxy.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example/", "https://10.0.0.1/", "https://[::ffff:10.0.0.1]/",
        "http://video.example/"})
    void untrustedLinksAreRefusedBehindAProxyToo(String link) {
        WireServer proxy = through(running(connection -> { }));
        get(URI.create(link), TRUST).as(LinkAnswer.Untrusted.class);
        assertThat(proxy.connections()).isZero();
    }
}
