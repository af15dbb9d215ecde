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

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelsora.internal.report.Line.Mark;
import io.github.camelsora.internal.report.LineReader.Follow;
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;

/**
 * Recognises a percentage: a chain of numbers and dots ({@code 44..61..100}), or a number with a percent sign. A chain
 * counts in a quoted line, or behind a word for progress. A percent sign counts in a quoted line, in thinking, with a word
 * for progress or a stage, or alone on its line. One instance per text.
 */
final class PercentageRule {

    /** A label that is only a number. Possessive quantifiers prevent catastrophic backtracking on long runs of spaces. */
    private static final Pattern LABEL = Pattern.compile("[\\s*]*+(\\d{1,3})(?:\\.\\d{1,6})?\\s*+([%％]?)[\\s*]*+");
    private static final int NONE = -1;

    private final ReportState report;
    /** Percent signs in plain text, which count if a word for progress follows, or if there is one and no text. */
    private final List<Integer> undecided = new ArrayList<>(0);
    private boolean chain;
    private boolean behindDots;
    private int perhapsChain = NONE;

    PercentageRule(ReportState report) {
        this.report = report;
    }

    void lineStarted() {
        undecided.clear();
        chain = false;
        behindDots = false;
        perhapsChain = NONE;
    }

    void words(Line line, Phrase phrase) {
        if (phrase.hasLetters()) {
            chain = false;
            behindDots = false;
        }
        if (!undecided.isEmpty() && (phrase.has(Sense.PROGRESS) || phrase.has(Sense.COMPLETE))) {
            undecided.forEach(percent -> tell(line, percent));
            undecided.clear();
        }
    }

    void number(Line line, int value, boolean decimals, Follow follow) {
        switch (follow) {
            case PERCENT -> percent(line, value);
            case TWO_DOTS -> twoDots(line, value, decimals);
            case OTHER -> {
                if (chain && behindDots) {
                    tell(line, value);
                }
            }
        }
    }

    /** Two dots, not three as in "Using model 2...", show that an unknown word meant progress. */
    void dotsEnded(Line line, int count) {
        if (perhapsChain != NONE && count == 2) {
            chain = true;
            tell(line, perhapsChain);
        }
        perhapsChain = NONE;
        behindDots = chain;
    }

    /** Whether a link is none, as its label is only a number. */
    boolean label(Line line, String label) {
        // most labels begin with a letter
        Matcher number = label.isEmpty() || label.charAt(0) > '9' ? null : LABEL.matcher(label);
        if (number == null || !number.matches()) {
            return false;
        }
        boolean sign = !number.group(2).isEmpty();
        if (chain || line.has(Sense.PROGRESS) || sign && (line.quoted() || line.thinking())) {
            tell(line, Integer.parseInt(number.group(1)));
        }
        return true;
    }

    void lineEnded(Line line) {
        if (!line.has(Mark.LETTERS) && line.links() == 0 && undecided.size() == 1) {
            tell(line, undecided.get(0));
        }
    }

    private void percent(Line line, int value) {
        if (line.quoted() || line.thinking() || line.has(Sense.PROGRESS) || line.has(Sense.GENERATING)) {
            tell(line, value);
        } else if (undecided.isEmpty() || value > undecided.get(undecided.size() - 1) && value <= 100) {
            undecided.add(value);
        }
    }

    private void twoDots(Line line, int value, boolean decimals) {
        if (chain || line.has(Mark.PROGRESS_LAST) || line.quoted() && !line.has(Mark.LETTERS)) {
            chain = true;
            tell(line, value);
        } else if (line.quoted() && !decimals && !line.has(Sense.QUEUED)) {
            perhapsChain = value;
        }
    }

    private void tell(Line line, int percent) {
        report.percentage(line, percent, chain || line.introducesProgress());
    }
}
