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
import java.util.List;
import java.util.Set;

import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Sense;

/** What has been read of one line, for the rules. */
final class ReportLine {

    private static final int MAX_KEY = 64;

    /** Begins with {@code >}: the gateway speaks of the task. */
    final boolean quoted;
    /** The model thinks aloud: percentages and known words count, links do not. */
    final boolean thinking;
    private final Set<Sense> senses = EnumSet.noneOf(Sense.class);
    private final Set<Sense> keySenses = EnumSet.noneOf(Sense.class);
    private final StringBuilder key = new StringBuilder();
    private boolean colon;
    private boolean letters;
    private boolean digits;
    private boolean partial;
    private boolean failing;
    private boolean warning;
    private boolean staged;
    private boolean wordIsLast;
    private boolean wordIsFirst;
    private int links;

    ReportLine(boolean quoted, boolean thinking) {
        this.quoted = quoted;
        this.thinking = thinking;
    }

    /** Takes a run of text, before any rule but {@link FailureRule} sees it. */
    void add(CharSequence run, List<Hit> hits) {
        int from = 0;
        for (Hit hit : hits) {
            senses.addAll(hit.senses());
            if (!colon) {
                keySenses.addAll(hit.senses());
            }
            if (hit.is(Sense.PROGRESS)) {
                wordIsLast = true;
                wordIsFirst |= !letters && !lettersIn(run, 0, hit.start());
                from = hit.end();
            }
        }
        wordIsLast &= !lettersIn(run, from, run.length());
        letters |= lettersIn(run, 0, run.length());
        digits |= digitsIn(run);
        if (!colon && key.length() < MAX_KEY) {
            key.append(run, 0, Math.min(run.length(), MAX_KEY - key.length()));
        }
    }

    void addNumber(boolean isPartial) {
        digits = true;
        partial |= isPartial;
    }

    void addColon() {
        colon = true;
    }

    void addLink() {
        links++;
    }

    void fails() {
        failing = true;
    }

    void warns() {
        warning = true;
    }

    void tellsStage() {
        staged = true;
    }

    /** What stands before the first colon, or all of it. */
    CharSequence key() {
        return key;
    }

    boolean has(Sense sense) {
        return senses.contains(sense);
    }

    /** Whether what stands before the colon has a word of this sense. */
    boolean isKeyed(Sense sense) {
        return colon && keySenses.contains(sense);
    }

    boolean hasColon() {
        return colon;
    }

    boolean hasLetters() {
        return letters;
    }

    boolean hasDigits() {
        return digits;
    }

    boolean hasLinks() {
        return links > 0;
    }

    /** Whether it has a percentage below 100: what is said to be complete is so by that much. */
    boolean isPartial() {
        return partial;
    }

    /** How many links were told, the current one included. */
    int links() {
        return links;
    }

    boolean isFailing() {
        return failing;
    }

    /** Whether nothing on it counts: it tells what the user asked for, warns, or tells of a failure. */
    boolean isSilent() {
        return failing || warning || isKeyed(Sense.INPUT);
    }

    boolean isWarning() {
        return warning;
    }

    boolean isStaged() {
        return staged;
    }

    /** Whether a word for progress stands directly before what comes next. */
    boolean endsWithProgressWord() {
        return wordIsLast;
    }

    /** Whether all that has been said so far is that a percentage of the progress comes next. */
    boolean introducesProgress() {
        return wordIsLast && (wordIsFirst || isKeyed(Sense.PROGRESS));
    }

    static boolean lettersIn(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLetter(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean digitsIn(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }
}
