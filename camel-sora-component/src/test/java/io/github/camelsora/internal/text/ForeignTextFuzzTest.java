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

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.camelsora.internal.generation.FailureClassifier;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Any text of a stranger is cleaned, classified, and taken for a link only if one can go there. */
class ForeignTextFuzzTest {

    @MethodSource("io.github.camelsora.fuzz.FuzzSeeds#words")
    @FuzzTest
    void anyTextBecomesHarmless(byte[] input) {
        for (String text : new String[] {new String(input, UTF_8), utf16(input)}) {
            String clean = ForeignText.clean(text);
            assertThat(clean).hasSizeLessThanOrEqualTo(ForeignText.MAX_LENGTH);
            assertThat(clean.chars()).noneMatch(c -> Character.isISOControl(c) || c == '\u2028' || c == '\u2029');
            assertThat(ForeignText.clean(clean)).isSameAs(clean);
            assertThat(isWellFormed(clean) || !isWellFormed(text)).as("no pair is halved in %s", text).isTrue();
            assertThat(FailureClassifier.classify(text, 0)).isNotNull();
            assertCanBeGoneTo(text);
        }
    }

    private static void assertCanBeGoneTo(String text) {
        if (Link.of(text) == null) {
            return;
        }
        URI uri = URI.create(text);
        assertThat(uri.getHost()).isNotBlank();
        assertThat(uri.getPort()).isBetween(-1, 65_535);
        assertThat(text).doesNotContain("{{", "\n", "\r", " ");
        assertThat(uri.toASCIIString()).matches("[!-~]+");
        assertThat(URI.create(uri.toASCIIString()).getHost()).isEqualTo(uri.getHost());
    }

    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static String utf16(byte[] input) {
        StringBuilder text = new StringBuilder(input.length / 2);
        for (int i = 0; i + 1 < input.length; i += 2) {
            text.append((char) (input[i] & 0xFF | input[i + 1] << 8));
        }
        return text.toString();
    }
}
