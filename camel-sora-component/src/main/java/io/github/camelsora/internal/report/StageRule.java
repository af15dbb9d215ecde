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
import java.util.Locale;

import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Sense;

/**
 * Recognises the stage. By shape: a run of quoted text without digits that ends in dots, or a whole quoted line; the first
 * is queued, a second, different one is generating. By words, in any line, where they are known: they decide.
 */
final class StageRule {

    private final ReportProgress progress;
    private final FailureRule failure;
    private final ResultRule result;
    private String first;

    StageRule(ReportProgress progress, FailureRule failure, ResultRule result) {
        this.progress = progress;
        this.failure = failure;
        this.result = result;
    }

    /** A task id was read: the next status is its first. */
    void taskBegins() {
        first = null;
    }

    void text(ReportLine line, CharSequence run, List<Hit> hits, boolean dots) {
        Sense word = tellsOtherThings(line) ? null : word(line, hits);
        if (word != null) {
            boolean alone = dots || hits.stream().noneMatch(hit -> ReportLine.lettersIn(run, hit.end(), run.length()));
            if (failure.isPending() && !(line.key().length() == run.length() && alone && beginsWithWord(run, hits))) {
                return;
            }
            failure.clear();
            tells(line, run, word);
        } else if (dots && hasShape(line)) {
            tells(line, run, first == null || first.equals(lettersOf(run)) ? Sense.QUEUED : Sense.GENERATING);
        }
    }

    void lineEnded(ReportLine line, CharSequence text) {
        if (!line.isStaged() && hasShape(line)) {
            result.unknownStatus();
            tells(line, text, first == null || first.equals(lettersOf(text)) ? Sense.QUEUED : Sense.GENERATING);
        }
    }

    private boolean tellsOtherThings(ReportLine line) {
        return line.has(Sense.COMPLETE) || line.has(Sense.RETRYING)
                || line.hasColon() && !line.isKeyed(Sense.STATUS)
                || !line.quoted && !line.thinking && result.isFound();
    }

    private boolean hasShape(ReportLine line) {
        return line.quoted && !line.thinking && line.hasLetters() && !line.hasDigits() && !line.hasColon() && !line.hasLinks()
                && !line.has(Sense.NOTED) && !tellsOtherThings(line) && !failure.isPending() && !result.isExpected()
                && !result.isFound();
    }

    private static Sense word(ReportLine line, List<Hit> hits) {
        Sense icon = null;
        for (Hit hit : hits) {
            Sense sense = hit.is(Sense.QUEUED) ? Sense.QUEUED : hit.is(Sense.GENERATING) ? Sense.GENERATING : null;
            if (sense != null && !hit.icon()) {
                return sense;
            }
            icon = icon == null && line.quoted ? sense : icon;
        }
        return icon;
    }

    private static boolean beginsWithWord(CharSequence run, List<Hit> hits) {
        return !ReportLine.lettersIn(run, 0, hits.get(0).start());
    }

    private void tells(ReportLine line, CharSequence status, Sense stage) {
        line.tellsStage();
        first = first == null ? lettersOf(status) : first;
        if (stage == Sense.QUEUED) {
            progress.queued();
        } else {
            progress.generating();
        }
    }

    private static String lettersOf(CharSequence text) {
        StringBuilder letters = new StringBuilder();
        text.chars().filter(Character::isLetter).forEach(c -> letters.append((char) c));
        return letters.toString().toLowerCase(Locale.ROOT);
    }
}
