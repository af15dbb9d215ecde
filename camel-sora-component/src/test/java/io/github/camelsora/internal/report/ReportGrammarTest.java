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

import java.util.List;
import java.util.Random;

import io.github.camelsora.internal.report.ReportGrammar.Family;
import io.github.camelsora.internal.report.ReportTranscript.Channel;
import io.github.camelsora.internal.report.ReportTranscript.Delta;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/** Reports composed at random from the grammar of each family. */
class ReportGrammarTest {

    @Property(tries = 2000)
    void composedReportIsReadAsComposed(@ForAll Family family, @ForAll Random random) {
        ReportGrammar composed = new ReportGrammar(family, random);

        composed.assertReadFrom(composed.transcript().read());
    }

    @Property(tries = 1000)
    void composedReportIsReadTheSameHoweverItIsCut(@ForAll Family family, @ForAll Random random,
            @ForAll @IntRange(min = 1, max = 30) int length) {
        ReportGrammar composed = new ReportGrammar(family, random);

        composed.assertReadFrom(composed.transcript().readCutAt(i -> random.nextInt(length) == 0));
    }

    @Property(tries = 2000)
    void anyTextIsReadTheSameHoweverItIsCut(@ForAll Random random, @ForAll @IntRange(min = 1, max = 10) int length) {
        String soup = ReportGrammar.hostilePrompt(random) + ReportGrammar.soup(random);
        ReportTranscript transcript = new ReportTranscript("soup", List.of(new Delta(Channel.TEXT, soup)), false, null);

        assertThat(transcript.readCutAt(i -> random.nextInt(length) == 0)).as(soup)
                .hasToString(transcript.read().toString());
        assertThat(transcript.read().reader().steps()).isLessThanOrEqualTo(8L * soup.length());
    }

    @Property(tries = 500)
    void promptThatIsCutSaysNothing(@ForAll Random random) {
        String echo = "```json\n{\"prompt\": \"" + ReportGrammar.hostilePrompt(random).replace("\\", "\\\\")
                .replace("\"", "\\\"").replace("\n", "\\n");

        ReportStory.of(echo).assertNothing();
        assertThat(ReportStory.of(echo).reader().report()).isEqualTo(echo);
    }
}
