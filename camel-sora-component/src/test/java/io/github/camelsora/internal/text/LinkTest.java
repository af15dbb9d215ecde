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
package io.github.camelsora.internal.text;

import java.net.URI;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class LinkTest {

    @ParameterizedTest
    @ValueSource(strings = { "https://filesystem.site/cdn/20251013/086e.mp4", "http://127.0.0.1:8080/v.mp4?a=1&b=2",
        "HTTPS://asyncdata.net/source/task_1", "https://[::1]:8080/v", "https://a.example:65535/v", "https://a.example/🏃.mp4" })
    void absoluteHttpUrisAreLinks(String text) {
        assertThat(Link.of(text)).hasToString("Link[" + URI.create(text).getHost() + "]").extracting(Link::url).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "v.mp4", "/cdn/v.mp4", "ftp://a.example/v.mp4", "file:///etc/passwd", "https://",
        "https://a.example/{{env:SECRET}}.mp4", "https://user:pw@a.example/v.mp4", "https://a.example/a b.mp4",
        "javascript:alert(1)", "https:/a.example/v", "https://a.example/%zz", "https://a.example:65536/v",
        "https://a.example/\uD83C", "https://a.example/\uDFC3\uD83C.mp4" })
    void anythingElseIsNone(String text) {
        assertThat(Link.of(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "https://a.example:8443/A/Download/v.MP4?x=/c.webp#/d", "http://a.example?x=/v.mp4",
        "http://a.example", "http://a.example#/v.mp4", "HTTPS://[::1]:8080/V.webm", "https://a.example//b//v.mov?",
        "https://a.example:/v.mp4", "https://a.example/🏃.mp4?🏃" })
    void thePathIsThatOfTheUriInLowerCase(String text) {
        Link link = Link.of(text);
        String path = URI.create(text).getRawPath().toLowerCase(Locale.ROOT);
        assertThat(link.path()).isEqualTo(path);
        assertThat(link.uri()).isEqualTo(URI.create(text));
        assertThat(link.isVideo()).isEqualTo(path.matches(".*\\.(mp4|mov|webm|m4v)"));
        assertThat(link.isDownload()).isEqualTo(path.contains("/download/"));
    }

    @Test
    void aLinkHasAMaximumLength() {
        String link = "https://a.example/" + "x".repeat(Link.MAX_LENGTH - 18);
        assertThat(Link.of(link)).isNotNull();
        assertThat(Link.of(link + "x")).isNull();
        assertThat(Link.of(null)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = { "task_01k7e6t6skf46ahq8tcee5bskz", "73193972-bdf6-de48-9734-d2fd3c59f40b",
        "veo3.1-pro:73193972-bdf6-de48-9734-d2fd3c59f40b", "x" })
    void taskIdsAreShortWords(String text) {
        assertThat(TaskReference.isTaskId(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "a/b", "../x", "a b", "{{x}}", "任务" })
    void otherTextIsNoTaskId(String text) {
        assertThat(TaskReference.isTaskId(text)).isFalse();
        assertThat(TaskReference.isTaskId("x".repeat(129))).isFalse();
    }
}
