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

import io.github.camelsora.internal.report.ReportTokens.Follow;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Sense;

/**
 * Recognises a percentage: a chain of numbers and dots ({@code 44..61..100}), or a number with a percent sign. A chain
 * counts in a quoted line, or behind a word for progress. A percent sign counts in a quoted line, in thinking, with a word
 * for progress or a stage, or alone on its line. One instance per text, as a chain lives within a line.
 */
final class PercentageRule {

    // possessive, as a label may be 16,000 spaces that two loops would share out in every way
    private static final Pattern NUMBER = Pattern.compile("[\\s*]*+(\\d{1,3})(?:\\.\\d{1,6})?\\s*+([%％]?)[\\s*]*+");

    private final ReportProgress progress;
    private final FailureRule failure;
    private final ResultRule result;
    private final List<Integer> undecided = new ArrayList<>();
    private boolean chain;
    private boolean behindDots;
    private int perhapsChain = -1;

    PercentageRule(ReportProgress progress, FailureRule failure, ResultRule result) {
        this.progress = progress;
        this.failure = failure;
        this.result = result;
    }

    void lineStarted() {
        undecided.clear();
        chain = false;
        behindDots = false;
        perhapsChain = -1;
    }

    void text(ReportLine line, CharSequence run, List<Hit> hits) {
        if (ReportLine.lettersIn(run, 0, run.length())) {
            chain = false;
            behindDots = false;
        }
        if (!undecided.isEmpty() && (hits.stream().anyMatch(hit -> hit.is(Sense.PROGRESS) || hit.is(Sense.COMPLETE)))) {
            undecided.forEach(percent -> reached(line, percent));
            undecided.clear();
        }
    }

    void number(ReportLine line, int value, boolean decimals, Follow follow) {
        switch (follow) {
            case PERCENT -> percent(line, value);
            case TWO_DOTS -> twoDots(line, value, decimals);
            case OTHER -> {
                if (chain && behindDots) {
                    reached(line, value);
                }
            }
        }
    }

    /** Two dots, not three as in "Using model 2...", show that an unknown word meant progress. */
    void dotsEnded(ReportLine line, int count) {
        if (perhapsChain >= 0 && count == 2) {
            chain = true;
            reached(line, perhapsChain);
        }
        perhapsChain = -1;
        behindDots = chain;
    }

    /** Whether a link is none, as its label is only a number. */
    boolean label(ReportLine line, String label) {
        Matcher number = label == null ? null : NUMBER.matcher(label);
        if (number == null || !number.matches()) {
            return false;
        }
        boolean sign = !number.group(2).isEmpty();
        if (chain || line.has(Sense.PROGRESS) || sign && (line.quoted || line.thinking)) {
            reached(line, Integer.parseInt(number.group(1)));
        }
        return true;
    }

    void lineEnded(ReportLine line) {
        if (!line.hasLetters() && !line.hasLinks() && undecided.size() == 1) {
            reached(line, undecided.get(0));
        }
    }

    private void percent(ReportLine line, int value) {
        if (line.quoted || line.thinking || line.has(Sense.PROGRESS) || line.has(Sense.GENERATING)) {
            reached(line, value);
        } else if (undecided.isEmpty() || value > undecided.get(undecided.size() - 1) && value <= 100) {
            undecided.add(value);
        }
    }

    private void twoDots(ReportLine line, int value, boolean decimals) {
        boolean introduced = chain || line.endsWithProgressWord() || line.quoted && !line.hasLetters();
        if (introduced) {
            chain = true;
            reached(line, value);
        } else if (line.quoted && !decimals && !line.has(Sense.QUEUED)) {
            perhapsChain = value;
        }
    }

    private void reached(ReportLine line, int percent) {
        if (failure.isPending() && !line.introducesProgress() && !chain || result.isFound() && !line.has(Sense.PROGRESS)) {
            return;
        }
        failure.clear();
        progress.reached(percent);
    }
}
