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

import io.github.camelsora.internal.http.FakeDnsResolver;
import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.http.TestCertificate;
import io.github.camelsora.internal.http.WireServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.runningTls;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

/** The address of a trusted host is judged where it is connected to. */
class LinkAddressTest extends LinkClientTestSupport {

    private static final LinkTrust CDN = LinkTrust.of(List.of("cdn.example"), List.of());
    private static final GatewayClientSettings NO_TLS = new GatewayClientSettings(null, null);

    private static SSLContext cdn;
    private static SSLContext elsewhere;

    @BeforeAll
    static void certificates(@TempDir Path directory) throws Exception {
        cdn = TestCertificate.contextFor("cdn.example", directory);
        elsewhere = TestCertificate.contextFor("elsewhere.example", directory);
    }

    @Override
    public GatewayClientSettings settings() {
        return new GatewayClientSettings(cdn, null);
    }

    private static URI https(WireServer server) {
        return URI.create("https://cdn.example:" + server.port() + "/source/1");
    }

    private WireServer secure() {
        return with(runningTls(cdn, connection -> {
            connection.readRequest();
            connection.send(whole("text/plain", "one"));
        }));
    }

    @Test
    void aTrustedHostWithALoopbackAddressIsRefused() {
        WireServer server = secure();
        get(https(server), CDN).assertUntrusted("cdn.example:" + server.port(), "127.0.0.1", "not public",
                "add cdn.example:" + server.port() + " to trustedHosts");
        assertThat(server.connections()).isZero();
    }

    @Test
    void aNamedHostAndPortMayHaveALoopbackAddress() {
        WireServer server = secure();
        get(https(server), named(server)).assertText(200, "one");
        get(https(server), LinkTrust.of(List.of(), List.of(https(server).toString()))).assertText(200, "one");
    }

    @Test
    void dnsRebindingIsRefused() {
        dns.then("cdn.example", "10.0.0.1");
        using(settings(), address -> !address.equals(FakeDnsResolver.address("10.0.0.1")));
        WireServer server = secure();
        get(https(server), CDN).assertText(200, "one");
        assertThat(dns.asked()).hasSize(1);
        get(https(server), CDN).assertUntrusted("10.0.0.1");
        assertThat(dns.asked()).hasSize(2);
        assertThat(server.connections()).isEqualTo(1);
    }

    @Test
    void aHostWithOnePrivateAddressIsRefused() {
        dns.then("mixed.example", "127.0.0.1", "fc00::1");
        using(settings(), address -> !address.equals(FakeDnsResolver.address("fc00::1")));
        WireServer server = secure();
        get(URI.create("https://mixed.example:" + server.port() + "/"), LinkTrust.of(List.of("mixed.example"), List.of()))
                .assertUntrusted("fc00:0:0:0:0:0:0:1");
        assertThat(server.connections()).isZero();
    }

    @Test
    void theNextAddressIsTriedWhenThereIsNoConnection() {
        dns.then("two.example", "::1", "127.0.0.1");
        WireServer server = with(answering(whole("text/plain", "one")));
        get(URI.create("http://two.example:" + server.port() + "/"),
                LinkTrust.of(List.of("two.example:" + server.port()), List.of())).assertText(200, "one");
    }

    @Test
    void aLiteralAddressIsNotLookedUp() {
        WireServer server = with(answering(whole("text/plain", "one")));
        LinkTrust trust = LinkTrust.of(List.of("127.0.0.1:" + server.port()), List.of());
        get(URI.create("http://127.0.0.1:" + server.port() + "/"), trust).assertText(200, "one");
        get(URI.create("http://[::ffff:127.0.0.1]:" + server.port() + "/"), trust).assertText(200, "one");
        assertThat(dns.asked()).isEmpty();
    }

    @Test
    void anUnknownHostIsUnreachable() {
        get(URI.create("https://nowhere.example/"), LinkTrust.of(List.of("nowhere.example"), List.of()))
                .assertUnreachable("no address of nowhere.example");
    }

    @Test
    void aSlowNameServerDelaysNoOtherLink() {
        dns.hold("slow.example");
        LinkTrust slow = LinkTrust.of(List.of("slow.example"), List.of());
        get(URI.create("https://slow.example/"), slow, SHORT, LIMIT).assertUnreachable("slow.example", "within PT0.4S");
        WireServer server = with(answering(whole("text/plain", "one")));
        get(server).assertText(200, "one");
        AnswerRecorder cancelled = get(URI.create("https://slow.example/"), slow);
        cancelled.call.cancel();
        cancelled.as(LinkAnswer.Cancelled.class);
    }

    @Test
    void theCanonicalHostNameIsLookedUpAndSent() {
        WireServer server = with(answering(whole("text/plain", "one")));
        get(URI.create("HTTP://CDN.Example.:" + server.port() + "/"), named(server)).assertText(200, "one");
        assertThat(dns.asked()).containsExactly("cdn.example");
        assertThat(server.requests().get(0)).contains("Host: cdn.example:" + server.port() + "\r\n");
    }

    @Test
    void aCertificateForAnotherHostIsNotSentTo() {
        using(new GatewayClientSettings(elsewhere, null), address -> true);
        WireServer server = with(runningTls(elsewhere, WireServer.Connection::readRequest));
        get(https(server), CDN).assertUnreachable("no connection to cdn.example", "SSL");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRedirectFromHttpsToHttpIsNotFollowedUnlessItsTargetWasNamed() {
        using(settings(), address -> true);
        WireServer plain = with(answering(whole("text/plain", "arrived")));
        WireServer server = with(runningTls(cdn, connection -> {
            connection.readRequest();
            connection.send(redirect(link(plain, "/x").toString()));
        }));
        get(https(server), CDN).assertUntrusted("plain http", "cdn.example:" + plain.port());
        assertThat(plain.connections()).isZero();
        get(https(server), LinkTrust.of(List.of("cdn.example", "cdn.example:" + plain.port()), List.of()))
                .assertText(200, "arrived");
    }

    @Test
    void anUntrustedLinkIsNotLookedUp() {
        using(NO_TLS, address -> true);
        WireServer server = with(running(connection -> { }));
        get(link(server, "/"), CDN).assertUntrusted("plain http");
        get(URI.create("https://evil.example:" + server.port() + "/"), CDN).assertUntrusted("evil.example is not trusted");
        assertThat(dns.asked()).isEmpty();
        assertThat(server.connections()).isZero();
    }
}
