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

import java.util.List;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsPropertyTest {

    private static final String KEY = "abababba";
    private static final Secrets SECRETS = Secrets.of(List.of("Bearer " + KEY), List.of("bbbbbbbbb", "text/plain", "on",
            "cdn.example.com:8080", "https://our.example/app"));

    /** An alphabet of two letters, so that beginnings of keys are everywhere. */
    @Property
    void aKeyIsCutOutHoweverTheTextIsSplit(@ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'b') String before,
            @ForAll @StringLength(max = 20) @CharRange(from = 'a', to = 'b') String after,
            @ForAll @IntRange(min = 1, max = 9) int size) {
        String text = before + KEY + after;
        Secrets.Pieces pieces = SECRETS.pieces();
        StringBuilder told = new StringBuilder();
        for (int at = 0; at < text.length(); at += size) {
            told.append(pieces.next(text.substring(at, Math.min(text.length(), at + size))));
        }
        told.append(pieces.end());
        assertThat(told.toString()).doesNotContain(KEY).doesNotContain("bbbbbbbbb").contains("***");
        assertThat(SECRETS.cut(text)).doesNotContain(KEY).doesNotContain("bbbbbbbbb").contains("***");
    }

    @Property
    void textWithoutAKeyIsTheSameHoweverItIsSplit(@ForAll @StringLength(max = 80) String text,
            @ForAll @IntRange(min = 1, max = 9) int size) {
        Secrets.Pieces pieces = SECRETS.pieces();
        StringBuilder told = new StringBuilder();
        for (int at = 0; at < text.length(); at += size) {
            told.append(pieces.next(text.substring(at, Math.min(text.length(), at + size))));
        }
        assertThat(told + pieces.end()).isEqualTo(text);
        assertThat(SECRETS.cut(text)).isSameAs(text);
    }

    @Test
    void ordinaryValuesOfHeadersAreNoSecrets() {
        String text = "text/plain on cdn.example.com:8080, https://our.example/app";
        assertThat(SECRETS.cut(text)).isSameAs(text);
        assertThat(SECRETS).hasToString("Secrets[2]");
        assertThat(Secrets.of(List.of("key.of.host"), List.of())).as("a key is one, whatever it looks like").hasToString(
                "Secrets[1]");
        assertThat(Secrets.of(List.of("k"), List.of()).isEmpty()).isTrue();
    }

    @Test
    void aLinkStaysALinkWithoutTheKey() {
        assertThat(SECRETS.cut(Link.of("https://a.example/1.mp4?key=" + KEY)))
                .isEqualTo(Link.of("https://a.example/1.mp4?key=***"));
        assertThat(SECRETS.cut(Link.of("https://" + KEY + ".example/1.mp4"))).isNull();
    }
}
