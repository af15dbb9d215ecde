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
package io.github.camelsora.internal.report;

import java.lang.management.ManagementFactory;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelsora.internal.json.ErrorDetails;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a report costs grows with its length, also where no character is looked at twice by the scanner. */
class ReportCostTest {

    private static final int SIZE = 1 << 20;
    /** Time of this thread on a processor, so that a busy machine does not count. The reports take a tenth, or a minute. */
    private static final long LIMIT_NANOS = 3_000_000_000L;

    /** A report that a careless reader would take minutes for. */
    enum Hostile {
        /** A label that is only a number: what two neighbouring loops of a pattern match is shared out in every way. */
        SPACES_IN_A_LABEL(i -> "> ID: `a`\n[1" + " ".repeat(16_000) + "x](https://a.example/)\n"),
        SPACES_BEFORE_A_NUMBER(i -> "[" + " *".repeat(8_000) + "x](https://a.example/)\n"),
        LINKS(i -> "[Play](https://a.example/" + i + ".mp4)\n"),
        LINKS_TO_PICTURES(i -> "![x](https://a.example/" + i + ".webp)\n"),
        PARENTHESES_BEHIND_A_LINK(i -> "https://a.example/" + ")".repeat(8_000) + "\n"),
        AMPERSANDS_IN_AN_ATTRIBUTE(i -> "<video src=\"https://a.example/" + "&".repeat(32_000) + "\">\n"),
        DOTS(i -> "> a.b..c...1.2..3..99.."),
        ONE_LINE(i -> "model error: failed ");

        private final IntFunction<String> piece;

        Hostile(IntFunction<String> piece) {
            this.piece = piece;
        }

        String report() {
            StringBuilder report = new StringBuilder();
            for (int i = 0; report.length() < SIZE; i++) {
                report.append(piece.apply(i));
            }
            return report.substring(0, SIZE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostileReportOfTheLargestSizeIsReadInATrice(Hostile hostile) {
        String report = hostile.report();
        assertQuick(() -> ReportStory.of(report).videoUrl());
    }

    /** Compared with a harmless report of the same length, read just before and after. */
    @ParameterizedTest
    @ValueSource(strings = {"✅", "{}\n", "```json {}{} ", "```json\n{}{}\n```\n"})
    void iconsAndEmptyJsonCostHardlyMoreThanALineOfText(String piece) {
        String harmless = "> Generating 12%. \n".repeat(SIZE / 19);
        String hostile = piece.repeat(SIZE / piece.length());
        long least = Long.MAX_VALUE;
        long most = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            least = Math.min(least, nanos(harmless));
            most = Math.min(most, nanos(hostile));
        }
        assertThat(most).isLessThan(4 * least);
    }

    private static long nanos(String report) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        ReportStory.of(report).videoUrl();
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    }

    @Test
    void unescapingLooksForTheEndOfAReferenceNotFarAway() {
        String ampersands = "&".repeat(SIZE);
        assertQuick(() -> assertThat(TagPiece.unescaped(ampersands)).isEqualTo(ampersands));
    }

    /** There is no code in the text at the end, so none stops the search for one. */
    @Test
    void detailsWithinDetailsAreLookedAtOnceOnEveryLevel() {
        JsonNode details = TextNode.valueOf("{\"a\":[" + "{},".repeat(SIZE) + "1]}");
        for (int level = 0; level < 7; level++) {
            details = JsonNodeFactory.instance.objectNode().set("detail", details);
        }
        JsonNode outermost = details;
        assertQuick(() -> assertThat(ErrorDetails.of(outermost).code()).isNull());
    }

    private static void assertQuick(Runnable reading) {
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        reading.run();
        assertThat(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before).isLessThan(LIMIT_NANOS);
    }
}
