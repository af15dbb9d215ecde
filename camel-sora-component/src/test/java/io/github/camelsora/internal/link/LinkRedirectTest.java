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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.LogRecorder;
import io.github.camelsora.internal.http.WireServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

/** Redirects are followed one by one, and each is judged like the link itself. */
class LinkRedirectTest extends LinkClientTestSupport {

    /** Redirects that often, then answers. */
    private WireServer redirecting(int times) {
        AtomicInteger left = new AtomicInteger(times);
        return with(running(connection -> {
            connection.readRequest();
            connection.send(left.getAndDecrement() > 0 ? redirect("/hop/" + left) : whole("text/plain", "arrived"));
        }));
    }

    private WireServer redirectingTo(String location) {
        return with(answering(redirect(location)));
    }

    @Test
    void fiveRedirectsAreFollowed() {
        WireServer server = redirecting(5);
        get(server).assertText(200, "arrived");
        assertThat(server.connections()).isEqualTo(6);
    }

    @Test
    void aSixthRedirectIsNotFollowed() {
        WireServer server = redirecting(6);
        get(server).assertUnreachable("more than 5 times", "cdn.example");
        assertThat(server.connections()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void everyRedirectIsAGetWithNothingOfTheUser(int status) {
        WireServer target = with(answering(whole("text/plain", "arrived")));
        WireServer server = with(answering(head(status, "Location: http://cdn.example:" + target.port() + "/x",
                "Set-Cookie: id=1", "WWW-Authenticate: Basic realm=x", "Content-Length: 1000000") + "not read"));
        get(link(server, "/source/1"), named(server, target)).assertText(200, "arrived");
        assertThat(target.requests().get(0)).startsWith("GET /x HTTP/1.1\r\n")
                .doesNotContain("Authorization", "Cookie", "Referer");
    }

    @Test
    void nothingIsSentToAnUntrustedHost() {
        WireServer evil = with(answering(whole("text/plain", "gotcha")));
        dns.then("evil.example", "127.0.0.1");
        WireServer server = redirectingTo("https://evil.example:" + evil.port() + "/x");
        get(server).assertUntrusted("evil.example", "trustedHosts");
        assertThat(evil.connections()).isZero();
        assertThat(dns.asked()).doesNotContain("evil.example");
    }

    @Test
    void nothingIsSentToAnotherPortOfANamedHost() {
        WireServer other = with(answering(whole("text/plain", "gotcha")));
        get(redirectingTo("http://cdn.example:" + other.port() + "/x")).assertUntrusted("cdn.example:" + other.port());
        assertThat(other.connections()).isZero();
    }

    @Test
    void aRedirectToATrustedHostWithAPrivateAddressIsRefused() {
        dns.then("inner.example", "10.0.0.1");
        WireServer server = redirectingTo("https://inner.example/x");
        get(link(server, "/"), LinkTrust.of(List.of("cdn.example:" + server.port(), "inner.example"), List.of()))
                .assertUntrusted("inner.example:443", "10.0.0.1");
    }

    @Test
    void aRedirectToAVideoNeedsNoRequest() {
        String video = "https://elsewhere.example/v/1.mp4?sig=a%2Fb";
        get(redirectingTo(video)).assertMedia(video);
        assertThat(dns.asked()).containsExactly("cdn.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@elsewhere.example/1.mp4", "ftp://elsewhere.example/1.mp4",
        "mailto:a@b.example", "javascript:alert(1)", "file:///etc/passwd", "https:///1.mp4", "http://0x7f.1/1.mp4"})
    void aRedirectToSomethingElseThanALinkIsNotFollowed(String location) {
        assertThat(get(redirectingTo(location)).as(LinkAnswer.Untrusted.class).why()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example/{{x}}", "https:\\\\evil.example", "http://a b/", "//["})
    void aRedirectThatCannotBeReadIsUnreachable(String location) {
        get(redirectingTo(location)).assertUnreachable("cdn.example redirects");
    }

    @Test
    void theLogShowsHostsAndStatusesOnly() {
        try (LogRecorder log = new LogRecorder("io.github.camelsora.internal.link")) {
            WireServer server = redirectingTo("https://elsewhere.example/v/1.mp4?sig=secret");
            get(server).as(LinkAnswer.Media.class);
            get(redirectingTo("https://evil.example/private")).as(LinkAnswer.Untrusted.class);
            eventually("the end logged", () -> log.lines().stream().anyMatch(line -> line.contains("evil.example")));
            assertThat(log.lines()).anyMatch(line -> line.contains("Link to cdn.example answered 302"))
                    .noneMatch(line -> line.contains("secret") || line.contains("task_1") || line.contains("private"));
        }
    }

    @Test
    void aRedirectWithoutATargetIsText() {
        get(with(answering(empty(302)))).assertText(302, "");
        get(with(answering(empty(302, "Location: ")))).assertText(302, "");
    }

    @Test
    void oneTimeoutCoversAllHops() {
        AtomicInteger hops = new AtomicInteger();
        WireServer server = with(running(connection -> {
            connection.readRequest();
            assertThat(hops.incrementAndGet()).isLessThan(5);
            if (!connection.isClosedWithin(150)) {
                connection.send(redirect("/again"));
            }
        }));
        get(link(server, "/"), named(server), SHORT, LIMIT).assertUnreachable("within PT0.4S");
    }

    @ParameterizedTest
    @CsvSource({
        "https://a.example/x/y?q,   z,              https://a.example/x/z",
        "https://a.example/x/y?q,   ../z,           https://a.example/z",
        "https://a.example/x/y?q,   /z?r,           https://a.example/z?r",
        "https://a.example/x/y?q,   ?r=1,           https://a.example/x/y?r=1",
        "https://a.example/x/y?q,   '  /z ',        https://a.example/z",
        "https://a.example/x/y,     //b.example/z,  https://b.example/z",
        "https://a.example//b.c/y,  ?r,             https://a.example//b.c/y?r",
        "https://a.example,         .evil.example,  https://a.example/.evil.example",
        "https://a.example,         z,              https://a.example/z",
        "https://a.example/x,       https://b/c%2Fd, https://b/c%2Fd"})
    void aLocationIsResolvedAgainstItsLink(URI from, String location, String target) {
        assertThat(Redirect.target(from, location).orElseThrow()).hasToString(target);
        assertThat(Redirect.target(from, location).orElseThrow().getHost()).isEqualTo(URI.create(target).getHost());
    }
}
