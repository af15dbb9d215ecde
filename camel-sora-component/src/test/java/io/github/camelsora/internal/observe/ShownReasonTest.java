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
package io.github.camelsora.internal.observe;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ShownReasonTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "quota exceeded                             | A cat on a skateboard | quota exceeded",
            "refused: 'A cat on a skateboard'           | A cat on a skateboard | refused: '[prompt]'",
            "refused: 'a CAT on a skate...'             | A cat on a skateboard | refused: '[prompt]...'",
            "refused: cat                               | cat                   | refused: [prompt]",
            "see https://x.test/v.mp4?Signature=s now   | A cat on a skateboard | see [link] now" })
    void promptsAndLinksAreReplaced(String reason, String prompt, String shown) {
        assertThat(ShownReason.of(reason, prompt)).isEqualTo(shown);
    }

    @Test
    void lineBreaksInThePromptMakeNoDifference() {
        assertThat(ShownReason.of("no: A cat on a skateboard", "A cat\non a\tskateboard")).isEqualTo("no: [prompt]");
    }

    @Test
    void aLongReasonIsCut() {
        assertThat(ShownReason.of("x".repeat(500), null)).hasSize(200).endsWith("\u2026");
    }

    @Property(tries = 200)
    void whateverIsQuotedOfThePromptIsNotShown(@ForAll @AlphaChars @StringLength(min = 12, max = 300) String prompt,
            @ForAll @StringLength(max = 20) String before, @ForAll @StringLength(max = 20) String after) {
        assertThat(ShownReason.of(before + prompt + after, prompt)).doesNotContain(prompt.substring(0, 12))
                .doesNotContain(prompt.substring(prompt.length() - 12));
    }

    @Test
    @Timeout(10)
    void repetitionsInALargePromptDoNotMultiplyTheWork() {
        String prompt = "a".repeat(1_000_000) + "the end of the prompt";
        assertThat(ShownReason.of("a".repeat(500) + " and the end of the prompt", prompt)).isEqualTo("[prompt] and [prompt]");
    }
}
