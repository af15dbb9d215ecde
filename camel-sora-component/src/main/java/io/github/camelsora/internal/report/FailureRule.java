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

import java.util.EnumSet;
import java.util.Set;

import io.github.camelsora.internal.report.Line.Mark;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;

/**
 * Recognises a line that tells of a failure: one that begins with a word or icon for it, or, where the gateway glues its
 * lines together, has nothing but a status before it ({@code > 排队中..生成失败}). What warns is no failure.
 */
final class FailureRule {

    /** What separates the parts of a sentence, but not a status from the next one. */
    private static final String SENTENCE_SIGNS = ",;(，；（、";

    private FailureRule() {
    }

    /** {@link Mark#FAILS} or {@link Mark#WARNS} if the phrase makes the line so. */
    static Set<Mark> marks(Line line, Phrase phrase) {
        EnumSet<Mark> marks = EnumSet.noneOf(Mark.class);
        boolean first = !line.has(Mark.LETTERS);
        boolean behindStatus = line.quoted() && !line.thinking() && !line.has(Mark.SENTENCE) && line.links() == 0;
        int from = 0;
        for (Hit hit : phrase.hits()) {
            boolean lettersBefore = phrase.hasLetters(from, hit.start());
            first &= !lettersBefore;
            behindStatus &= !lettersBefore && !hasSentenceSign(phrase.text(), from, hit.start());
            if (first && hit.is(Sense.WARNING)) {
                marks.add(Mark.WARNS);
            } else if (hit.is(Sense.FAILED) && (first || behindStatus || hit.icon() && line.quoted())
                    || hit.is(Sense.ERROR) && first && !phrase.hasLettersBehind(hit)) {
                marks.add(Mark.FAILS);
            }
            first &= hit.is(Sense.FILLER) || hit.icon();
            behindStatus &= hit.is(Sense.FILLER) || hit.icon() || hit.isStatus();
            from = hit.end();
        }
        return marks;
    }

    private static boolean hasSentenceSign(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (SENTENCE_SIGNS.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
