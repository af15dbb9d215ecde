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

import java.util.Arrays;
import java.util.List;

import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Which links may be followed, as far as a link says it itself. */
class LinkTrustTest {

    private static String refusal(String hosts, String named, String link) {
        return refusal(LinkTrust.of(Arrays.asList(hosts.split(" ")), Arrays.asList(named.split(" "))), link);
    }

    /** Null if the link may be followed. What is no link is refused wherever one is made of it. */
    private static String refusal(LinkTrust trust, String text) {
        Link link = Link.of(text);
        if (link == null) {
            return LinkTrust.NO_LINK;
        }
        assertThat(trust.allows(link)).isEqualTo(trust.reasonForRefusal(link).isEmpty());
        return trust.reasonForRefusal(link).orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "cdn.example,            https://cdn.example/x",
        "cdn.example,            HTTPS://CDN.Example/x",
        "CDN.example.,           https://cdn.example/x",
        "cdn.example,            https://cdn.example./x",
        "cdn.example,            https://cdn.example:8443/x",
        "*.cdn.example,          https://a.cdn.example/x",
        "*.cdn.example,          https://a.b.cdn.example/x",
        "*.Cdn.Example.,         https://a.cdn.example/x",
        "bücher.example,         https://xn--bcher-kva.example/x",
        "*.bücher.example,       https://a.xn--bcher-kva.example/x",
        "xn--bcher-kva.example,  https://XN--BCHER-KVA.example/x",
        "ｃｄｎ。example,         https://cdn.example/x",
        "cdn.example:8080,       http://cdn.example:8080/x",
        "cdn.example:443,        https://cdn.example/x",
        "localhost:80,           http://localhost/x",
        "127.0.0.1:8080,         http://127.0.0.1:8080/x",
        "[::1]:8080,             http://[0:0::0:1]:8080/x",
        "127.0.0.1:8080,         http://[::ffff:7f00:1]:8080/x",
        "8.8.8.8,                https://8.8.8.8/x",
        "[2606:4700::1111],      https://[2606:4700:0::1111]/x"})
    void aTrustedHostIsFollowed(String host, String link) {
        assertThat(refusal(host, "", link)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "cdn.example,        https://evil.example/x,             evil.example is not trusted",
        "cdn.example,        https://cdn.example.evil.example/,  cdn.example.evil.example is not trusted",
        "cdn.example,        https://xcdn.example/,              xcdn.example is not trusted",
        "cdn.example,        https://a.cdn.example/,             a.cdn.example is not trusted",
        "*.cdn.example,      https://cdn.example/,               cdn.example is not trusted",
        "*.cdn.example,      https://acdn.example/,              acdn.example is not trusted",
        "*.cdn.example,      https://a.cdn.example.evil.com/,    a.cdn.example.evil.com is not trusted",
        "cdn.example,        http://cdn.example/,                plain http",
        "cdn.example,        http://cdn.example:443/,            plain http",
        "cdn.example:8080,   http://cdn.example:8081/,           cdn.example is not trusted",
        "cdn.example:8080,   https://cdn.example/,               cdn.example is not trusted",
        "cdn.example:8080,   http://a.cdn.example:8080/,         a.cdn.example is not trusted",
        "cdn.example,        https://xn--cn-kva.example/,        xn--cn-kva.example is not trusted",
        "127.0.0.1,          https://127.0.0.1/,                 127.0.0.1 is not public",
        "127.0.0.1:8080,     https://127.0.0.1/,                 127.0.0.1 is not trusted",
        "[::1],              https://[::1]/,                     0:0:0:0:0:0:0:1 is not public",
        "169.254.169.254,    https://169.254.169.254/,           169.254.169.254 is not public",
        "10.0.0.1,           https://[::ffff:10.0.0.1]/,         10.0.0.1 is not public",
        "[64:ff9b::a00:1],   https://[64:ff9b::10.0.0.1]/,       is not public"})
    void anUntrustedHostIsRefusedWithTheRemedy(String host, String link, String why) {
        assertThat(refusal(host, "", link)).contains(why, "add ", "to trustedHosts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user@cdn.example/", "https://user:secret@cdn.example/",
        "https://cdn.example@evil.example/", "ftp://cdn.example/", "file:///etc/passwd", "/relative", "mailto:a@cdn.example",
        "https:cdn.example", "https:///x",
        "https://cdn.example:0/", "https://cdn.example:65536/", "https://cdn.example:99999999/", "https://c%64n.example/",
        "https://cdn_.example/", "https://ｃｄｎ.example/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/",
        "https://127.1/", "https://0177.0.0.1/", "https://127.0.0.01/", "https://127.0.0.1./x", "https://cdn.example../",
        "https://[fe80::1%25lo]/", "https://[fe80::1%lo]/"})
    void textThatIsNoLinkIsRefused(String link) {
        String everything = "cdn.example evil.example *.cdn.example 127.0.0.1 cdn.example:65535 cdn.example:443";
        assertThat(refusal(everything, "", link)).isNotNull().doesNotContain("secret");
    }

    @Test
    void aLinkThatIsTooLongIsRefused() {
        assertThat(refusal("cdn.example", "", "https://cdn.example/" + "x".repeat(8200))).contains("8192 characters");
        assertThat(refusal("*.cdn.example", "", "https://" + "a.".repeat(150) + "cdn.example/")).contains("valid host");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,                          http://localhost:8080/x",
        "http://localhost:8080,                          https://localhost:8080/x",
        "https://gw.corp.example/v1/,                    https://gw.corp.example/source/1",
        "HTTP://GW.corp.example,                         http://gw.corp.example:80/source/1",
        "https://10.0.0.1:8443/,                         https://10.0.0.1:8443/source/1",
        "http://[::1]:8080?x,                            http://[::1]:8080/",
        "https://gw.example/source/{taskId}?k={{x}},     https://gw.example/source/1"})
    void aNamedHostAndPortIsFollowed(String named, String link) {
        assertThat(refusal("", named, link)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080,          http://localhost:8081/x",
        "http://localhost,               https://localhost/x",
        "https://localhost,              http://localhost/x",
        "https://gw.example/{taskId},    https://gw.example.evil.example/1",
        "https://{taskId}.gw.example/,   https://a.gw.example/1"})
    void anotherHostOrPortThanTheNamedOneIsRefused(String named, String link) {
        assertThat(refusal("", named, link)).contains("is not trusted");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://cdn.example", "cdn.example/x", "*", "*.", "*.com", "*.1.2.3.4", "a*.example",
        "*.*.example", "*.cdn.example:443", "cdn.example:", "cdn.example:0", "cdn.example:65536", "cdn.example:x", "::1",
        "[::1", "[::1]x", "[]:80", "127.1", "0x7f000001", "300.1.1.1", "a..b", "-a.example", "a_b.example",
        "cdn.example:80:80"})
    void anEntryThatIsNoHostIsNamedWithTheRemedy(String entry) {
        assertThatIllegalArgumentException().isThrownBy(() -> LinkTrust.of(List.of("cdn.example", entry), List.of()))
                .withMessageContaining(entry).withMessageContaining("trustedHosts").withMessageContaining("*.example.com");
    }

    @Test
    void aPasswordInABadEntryIsNotShown() {
        assertThatIllegalArgumentException().isThrownBy(() -> LinkTrust.of(List.of("me:secret@cdn.example"), List.of()))
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> LinkTrust.of(List.of(), List.of("https://me:secret@cdn.example")))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cdn.example", "ftp://cdn.example", "https://", "https:///x", "https://a b",
        "https://cdn.example:0"})
    void aNamedUrlThatIsNoneIsNamedWithTheRemedy(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> LinkTrust.of(List.of(), List.of(url)))
                .withMessageContaining("no http or https URL").withMessageContaining("write one such as");
    }

    @Test
    void blanksAreIgnored() {
        assertThat(refusal(LinkTrust.of(List.of(" ", "", " cdn.example "), Arrays.asList(null, " ")), "https://cdn.example/"))
                .isNull();
    }

    @Test
    void theDefaultHostsAreThoseOfTheGateways() {
        LinkTrust trust = LinkTrust.of(LinkTrust.DEFAULT_HOSTS, List.of());
        assertThat(refusal(trust, "https://asyncdata.net/source/task_1")).isNull();
        assertThat(refusal(trust, "https://filesystem.site/cdn/1.mp4")).isNull();
        assertThat(refusal(trust, "https://asyncdata.net.evil.example/")).isNotNull();
    }

    @Test
    void aRefusalShowsHostAndPortOnly() {
        assertThat(refusal("cdn.example", "", "https://evil.example:81/path?sig=1#x"))
                .isEqualTo("The link to evil.example:81 is not followed, because evil.example is not trusted;"
                        + " to follow it, add evil.example to trustedHosts");
    }
}
