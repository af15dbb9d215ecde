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

import java.util.Locale;

import io.github.camelsora.internal.report.Line.Mark;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;
import org.jspecify.annotations.Nullable;

/**
 * Recognises how far the task is. A stage is told by a known word in any line, or has the shape of one: quoted text without
 * digits that ends in dots, or a whole quoted line. Completion is told by a known word or icon.
 */
final class StageRule {

    private StageRule() {
    }

    /** The word or icon that says that the video is there. */
    static @Nullable Hit completion(Line line, Phrase phrase) {
        for (Hit hit : phrase.hits()) {
            if (hit.is(Sense.COMPLETE) && completes(line, phrase, hit)) {
                return hit;
            }
        }
        return null;
    }

    /** The word for a stage; an icon only in a quoted line, and if there is no word. */
    static @Nullable Hit stage(Line line, Phrase phrase) {
        if (tellsOtherThings(line)) {
            return null;
        }
        Hit icon = null;
        for (Hit hit : phrase.hits()) {
            if (hit.is(Sense.QUEUED) || hit.is(Sense.GENERATING)) {
                if (!hit.icon()) {
                    return hit;
                }
                icon = icon == null && line.quoted() ? hit : icon;
            }
        }
        return icon;
    }

    /** Whether a phrase, with a stage in it, is all that its line has said so far. {@code dots}: a dot follows. */
    static boolean isAlone(Line line, Phrase phrase, boolean dots) {
        Hit first = phrase.hits()[0];
        return line.key().length() == phrase.text().length() && !phrase.hasLettersBefore(first)
                && (dots || !phrase.hasLettersBehind(first));
    }

    /** Whether a line, or what it has said up to its first dots, has the shape of a stage. */
    static boolean hasShape(Line line) {
        return line.quoted() && !line.thinking() && line.has(Mark.LETTERS) && !line.has(Mark.DIGITS) && !line.has(Mark.COLON)
                && line.links() == 0 && !line.has(Sense.NOTED) && !tellsOtherThings(line);
    }

    /** What a status is known by when it comes again. */
    static String lettersOf(String status) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < status.length(); i++) {
            if (Character.isLetter(status.charAt(i))) {
                letters.append(status.charAt(i));
            }
        }
        return letters.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean completes(Line line, Phrase phrase, Hit hit) {
        // what stands before it in the line is shorter, so it can be no more than a label
        boolean first = !phrase.hasLettersBefore(hit) && line.key().length() <= phrase.text().length();
        boolean ofOthers = line.has(Sense.NOTED) || line.has(Sense.TASK_ID) || line.has(Sense.PROGRESS);
        return !line.has(Mark.PARTIAL) && (line.quoted() || first) && !(hit.icon() && ofOthers);
    }

    private static boolean tellsOtherThings(Line line) {
        return line.has(Sense.COMPLETE) || line.has(Sense.RETRYING) || line.has(Mark.COLON) && !line.isKeyed(Sense.STATUS);
    }
}
