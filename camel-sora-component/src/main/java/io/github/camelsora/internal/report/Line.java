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

import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;

/**
 * What is known of one line of a report, so far. Immutable: each {@code with} answers another line. It says only what the
 * line itself holds, so the same line is the same in every report.
 *
 * @param number counts the lines of a report
 * @param quoted whether it begins with {@code >}: the gateway speaks of the task
 * @param thinking whether the model thinks aloud: percentages and known words count, links do not
 * @param key what stands before the first colon, or all of it; cut
 * @param senses of the known words in it, one bit each
 * @param keySenses of those before the first colon
 * @param marks one bit each
 * @param links how many it has
 */
record Line(int number, boolean quoted, boolean thinking, String key, int senses, int keySenses, int marks, int links) {

    /** What else can be said of a line. */
    enum Mark {
        LETTERS,
        DIGITS,
        COLON,
        /** It has words besides those for a status, as a sentence has. */
        SENTENCE,
        /** It has told a stage. */
        STAGE,
        /** It has a percentage below 100: what is said to be complete is so by that much. */
        PARTIAL,
        /** Its first word is one for progress. */
        PROGRESS_FIRST,
        /** Its last word is one for progress: a percentage most likely comes next. */
        PROGRESS_LAST,
        /** It tells of a failure. */
        FAILS,
        /** It warns of something that is no failure. */
        WARNS;

        final int bit = 1 << ordinal();
    }

    private static final int MAX_KEY = 64;

    Line(int number, boolean quoted, boolean thinking) {
        this(number, quoted, thinking, "", 0, 0, 0, 0);
    }

    boolean has(Sense sense) {
        return (senses & sense.bit) != 0;
    }

    boolean has(Mark mark) {
        return (marks & mark.bit) != 0;
    }

    /** Whether what stands before the colon has a word of this sense. */
    boolean isKeyed(Sense sense) {
        return has(Mark.COLON) && (keySenses & sense.bit) != 0;
    }

    /** Whether nothing in it counts: it tells what the user asked for, warns, or tells of a failure. */
    boolean isSilent() {
        return has(Mark.FAILS) || has(Mark.WARNS) || isKeyed(Sense.INPUT);
    }

    /** Whether all that has been said so far is that a percentage of the progress comes next. */
    boolean introducesProgress() {
        return has(Mark.PROGRESS_LAST) && (has(Mark.PROGRESS_FIRST) || isKeyed(Sense.PROGRESS));
    }

    Line with(Mark mark) {
        return has(mark) ? this
                : new Line(number, quoted, thinking, key, senses, keySenses, marks | mark.bit, links);
    }

    Line withLink() {
        return new Line(number, quoted, thinking, key, senses, keySenses, marks, links + 1);
    }

    Line with(Phrase phrase) {
        int more = marks & ~Mark.PROGRESS_LAST.bit | FailureRule.marks(this, phrase);
        boolean progressIsLast = has(Mark.PROGRESS_LAST);
        int from = 0;
        for (Hit hit : phrase.hits()) {
            if (hit.is(Sense.PROGRESS)) {
                if (!has(Mark.LETTERS) && !phrase.hasLettersBefore(hit)) {
                    more |= Mark.PROGRESS_FIRST.bit;
                }
                progressIsLast = true;
                from = hit.end();
            }
        }
        if (progressIsLast && !phrase.hasLetters(from, phrase.text().length())) {
            more |= Mark.PROGRESS_LAST.bit;
        }
        if (phrase.hasLetters()) {
            more |= phrase.isStatus() ? Mark.LETTERS.bit : Mark.LETTERS.bit | Mark.SENTENCE.bit;
        }
        if (phrase.hasDigits()) {
            more |= Mark.DIGITS.bit;
        }
        int all = senses | phrase.senses();
        boolean inKey = !has(Mark.COLON);
        return new Line(number, quoted, thinking, inKey ? longer(phrase.text()) : key, all, inKey ? all : keySenses, more,
                links);
    }

    private String longer(String text) {
        String more = text.substring(0, Math.min(MAX_KEY - key.length(), text.length()));
        return key.isEmpty() ? more : key.concat(more);
    }
}
