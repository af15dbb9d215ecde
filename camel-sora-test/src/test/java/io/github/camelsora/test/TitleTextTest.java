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
package io.github.camelsora.test;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TitleTextTest {

    private static final int WIDTH = 240;
    private static final int HEIGHT = 360;

    @ParameterizedTest
    @CsvSource({
        "'a dog', 5, 'A DOG'",
        "'a dog on the beach', 5, 'A DOG ON|THE|BEACH'",
        "'  much \n\t space ', 5, 'MUCH|SPACE'",
        "'Éléphant naïve', 5, 'ELEPHANT|NAIVE'",
        "'extraordinary', 3, EXTRAORDINARY",
        "'一只小狗在海滩上奔跑', 5, '一只小狗在海滩上|奔跑'",
        "'1234567890 12345678901234567890', 2, '1234567890|12345678901234567890'",
        "'1234567890123456789012345', 2, '12345678901234567890|12345'" })
    void aShortPromptIsWrittenAsLargeAsItFits(String prompt, int scale, String lines) {
        TitleText text = TitleText.of(prompt, WIDTH, HEIGHT);
        assertThat(String.join("|", lines(text))).isEqualTo(lines);
        assertThat(text.scale()).isEqualTo(scale);
    }

    @Test
    void aLongPromptIsCutAndSaysSo() {
        List<String> lines = lines(TitleText.of("many words ".repeat(100_000), WIDTH, HEIGHT));
        assertThat(lines).hasSize(20).startsWith("MANY WORDS MANY").last().asString().endsWith("...");
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "\n", "\u0000\u0007", "\u200b\u200d\ufe0f", "\u0301" })
    void whatCannotBeSeenIsNoText(String prompt) {
        assertThat(lines(TitleText.of(prompt, WIDTH, HEIGHT))).isEmpty();
    }

    @Test
    void anyTextFits() {
        Random random = new Random(42);
        for (int i = 0; i < 2_000; i++) {
            // Lone surrogates, private use, unassigned characters: whatever a JSON string can hold.
            String prompt = IntStream.range(0, random.nextInt(900)).map(n -> random.nextInt(4) == 0 ? ' '
                    : random.nextInt(2) == 0 ? random.nextInt(0x250) : random.nextInt(0x10FFFF + 1))
                    .mapToObj(Character::toString).collect(Collectors.joining());
            TitleText text = TitleText.of(prompt, WIDTH, HEIGHT);
            assertThat(text.lines().size() * TitleText.lineHeight(text.scale())).isLessThanOrEqualTo(HEIGHT);
            assertThat(text.lines()).allSatisfy(line ->
                    assertThat(line.length * 6 * text.scale() - text.scale()).isLessThanOrEqualTo(WIDTH));
            assertThat(new TitleCard(Letters.load(), prompt).frame(i % 18, 18)[0]).hasSize(272 * 480);
        }
    }

    @Test
    void everyLetterLooksDifferent() {
        Letters letters = Letters.load();
        String all = IntStream.range('!', 'a').mapToObj(Character::toString).collect(Collectors.joining()) + "{|}~一只小狗🐕";
        assertThat(all.codePoints().mapToObj(letter -> IntStream.range(0, 35)
                .mapToObj(i -> letters.isSet(letter, i % 5, i / 5) ? "#" : ".").collect(Collectors.joining())))
                .doesNotHaveDuplicates().allSatisfy(shape -> assertThat(shape).contains("#"));
    }

    private static List<String> lines(TitleText text) {
        return text.lines().stream().map(line -> new String(line, 0, line.length)).toList();
    }
}
