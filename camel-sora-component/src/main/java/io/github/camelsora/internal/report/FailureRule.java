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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Sense;

/**
 * Recognises a failure: a line that begins with a word or icon for it. The reason stands behind its colon, in a line
 * labelled so, in the next line, or in a JSON block. What warns or is being tried again is no failure. Nothing in the text
 * of a failure counts as anything else, until the task goes on.
 */
final class FailureRule {

    private static final int MAX_WORDS = 4096;

    private final ReportWords words;
    private boolean pending;
    private boolean nextLine;
    private String stated;
    private String said;
    private ErrorDetails details;
    private final StringBuilder all = new StringBuilder();

    FailureRule(ReportWords words) {
        this.words = words;
    }

    boolean isPending() {
        return pending;
    }

    /** The task goes on, or there is a video. */
    void clear() {
        pending = false;
        nextLine = false;
        stated = null;
        said = null;
        details = null;
        all.setLength(0);
    }

    ReportFailure failure() {
        if (!pending) {
            return null;
        }
        String message = details == null ? null : details.message();
        String code = details == null ? null : details.reason();
        String reason = stated != null ? stated : message != null ? message : said != null ? said : code;
        return new ReportFailure(reason, all.toString().strip());
    }

    /** Looks at a run before the line takes it. */
    void text(ReportLine line, CharSequence run, List<Hit> hits) {
        int start = 0;
        for (Hit hit : hits) {
            boolean first = !line.hasLetters() && !ReportLine.lettersIn(run, start, hit.start());
            boolean alone = !ReportLine.lettersIn(run, hit.end(), run.length());
            if (first && hit.is(Sense.WARNING)) {
                line.warns();
            } else if (hit.is(Sense.FAILED) && (first || hit.icon() && line.quoted)
                    || hit.is(Sense.ERROR) && first && alone) {
                line.fails();
            }
            start = first && hit.is(Sense.FILLER) ? hit.end() : start;
        }
    }

    void lineEnded(ReportLine line, CharSequence text) {
        if (line.isWarning()) {
            return;
        }
        if (line.has(Sense.RETRYING)) {
            if (!line.isFailing()) {
                clear();
            }
        } else if (line.isFailing() && !(pending && line.isKeyed(Sense.REASON))) {
            begin(text.toString());
        } else if (pending && line.isKeyed(Sense.REASON)) {
            state(behindColon(text.toString()));
        } else if (pending && !line.isStaged() && (line.quoted || nextLine) && line.hasLetters()
                && !line.has(Sense.COMPLETE)) {
            say(text.toString());
        }
    }

    /** A blank line: what follows is the reason only if it is quoted. */
    void blankLine() {
        nextLine = false;
    }

    /** A JSON block behind the failure. */
    void details(JsonNode json) {
        details = ErrorDetails.of(json);
        addWords(details.words());
    }

    /** A failure that is told by JSON alone. */
    void begin(JsonNode json) {
        clear();
        pending = true;
        details(json);
    }

    private void begin(String line) {
        clear();
        pending = true;
        nextLine = true;
        List<Hit> failing = words.in(line).stream().filter(hit -> hit.is(Sense.FAILED) || hit.is(Sense.ERROR)).toList();
        Hit word = failing.stream().filter(hit -> !hit.icon()).findFirst().orElse(null);
        int colon = word == null ? -1 : colon(line, word.end());
        if (colon >= 0) {
            state(line.substring(colon + 1));
        } else if (failing.isEmpty()) {
            // a link is glued to the word, or it stands where the line is cut: the run had it, the line has not
            say(line);
        } else {
            say(line.substring((word == null ? failing.get(0) : word).end()));
        }
    }

    private void state(String text) {
        String reason = withoutOrnament(text);
        if (reason.isEmpty()) {
            return;
        }
        nextLine = false;
        ErrorDetails embedded = ErrorDetails.within(reason);
        stated = embedded == null || embedded.reason() == null ? reason : embedded.reason();
        addWords(reason);
    }

    private void say(String text) {
        String sentence = withoutOrnament(text);
        ErrorDetails embedded = sentence.startsWith("{") ? ErrorDetails.within(sentence) : null;
        if (embedded != null) {
            details = embedded;
            addWords(embedded.words());
        } else if (!text.strip().startsWith("```") && ReportLine.lettersIn(sentence, 0, sentence.length())
                && !words.in(sentence, Sense.REFUND)) {
            said = said == null ? sentence : said;
            nextLine = false;
            addWords(sentence);
        }
    }

    private static int colon(String line, int from) {
        for (int i = from; i < line.length(); i++) {
            if (line.charAt(i) == '：' || line.charAt(i) == ':' && !line.startsWith("//", i + 1)) {
                return i;
            }
        }
        return -1;
    }

    private static String behindColon(String line) {
        return line.substring(colon(line, 0) + 1);
    }

    private static String withoutOrnament(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && !Character.isLetterOrDigit(text.charAt(start)) && "{[(<\"".indexOf(text.charAt(start)) < 0) {
            start++;
        }
        while (end > start && (text.charAt(end - 1) <= ' ' || "*`_".indexOf(text.charAt(end - 1)) >= 0)) {
            end--;
        }
        return text.substring(start, end);
    }

    private void addWords(String said) {
        int room = MAX_WORDS - all.length();
        if (room > 1) {
            all.append(said, 0, Math.min(said.length(), room - 1)).append('\n');
        }
    }
}
