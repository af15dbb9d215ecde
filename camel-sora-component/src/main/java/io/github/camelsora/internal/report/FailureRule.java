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
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.report.Line.Mark;
import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;
import org.jspecify.annotations.Nullable;

/**
 * Recognises a failure, and collects what is said of it. A line tells of one if it begins with a word or icon for it, or,
 * where the gateway glues its lines together, has nothing but a status before it ({@code > 排队中..生成失败}). What warns is no
 * failure. The reason stands behind its colon, in a line labelled so, in the next line, or in a JSON block.
 */
final class FailureRule {

    /** What separates the parts of a sentence, but not a status from the next one. */
    private static final String SENTENCE_SIGNS = ",;(，；（、";
    private static final int MAX_WORDS = 4096;

    private final ReportWords known;
    /** All that was said of the failure, cut. */
    private final StringBuilder words = new StringBuilder();
    private @Nullable String labelledReason;
    private @Nullable String firstSentence;
    private @Nullable ErrorDetails details;
    /** Whether the next line may give the reason although it is not quoted. */
    private boolean nextLine;

    FailureRule(ReportWords known) {
        this.known = known;
    }

    /** The bits of {@link Mark#FAILS} and {@link Mark#WARNS} if the phrase makes the line so. */
    static int marks(Line line, Phrase phrase) {
        int marks = 0;
        boolean first = !line.has(Mark.LETTERS);
        boolean behindStatus = line.quoted() && !line.thinking() && !line.has(Mark.SENTENCE) && line.links() == 0;
        int from = 0;
        for (Hit hit : phrase.hits()) {
            boolean lettersBefore = phrase.hasLetters(from, hit.start());
            first &= !lettersBefore;
            behindStatus &= !lettersBefore && !hasSentenceSign(phrase.text(), from, hit.start());
            if (first && hit.is(Sense.WARNING)) {
                marks |= Mark.WARNS.bit;
            } else if (hit.is(Sense.FAILED) && (first || behindStatus || hit.icon() && line.quoted())
                    || hit.is(Sense.ERROR) && first && !phrase.hasLettersBehind(hit)) {
                marks |= Mark.FAILS.bit;
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

    /** A failure is told, by this line. */
    void begin(String line) {
        forget(true);
        List<Hit> hits = Stream.of(known.in(line).hits()).filter(hit -> hit.is(Sense.FAILED) || hit.is(Sense.ERROR)).toList();
        Hit word = hits.stream().filter(hit -> !hit.icon()).findFirst().orElse(hits.isEmpty() ? null : hits.get(0));
        int colon = word == null || word.icon() ? -1 : colon(line, word.end());
        if (colon >= 0) {
            reason(line.substring(colon + 1));
        } else {
            // without a word: it is beyond the part of the line that is kept, or what is glued to it hides it
            sentence(word == null ? line : line.substring(word.end()));
        }
    }

    /** A failure is told, by JSON alone. */
    void begin(JsonNode json) {
        forget(false);
        json(json);
    }

    private void forget(boolean reasonInNextLine) {
        words.setLength(0);
        labelledReason = null;
        firstSentence = null;
        details = null;
        nextLine = reasonInNextLine;
    }

    /** Another line follows. */
    void line(Line line, String text) {
        if (line.isKeyed(Sense.REASON)) {
            reason(text.substring(colon(text, 0) + 1));
        } else if ((line.quoted() || nextLine) && line.has(Mark.LETTERS) && !line.has(Sense.COMPLETE)) {
            sentence(text);
        }
    }

    void blankLine() {
        nextLine = false;
    }

    /** A JSON block follows. */
    void json(JsonNode json) {
        details(ErrorDetails.of(json));
    }

    ReportFailure failure() {
        String message = details == null ? null : details.message();
        String code = details == null ? null : details.reason();
        String reason = labelledReason != null ? labelledReason : message != null ? message
                : firstSentence != null ? firstSentence : code;
        return new ReportFailure(reason, words.toString().strip());
    }

    private void reason(String text) {
        String reason = withoutOrnament(text);
        if (!reason.isEmpty()) {
            ErrorDetails embedded = ErrorDetails.within(reason);
            labelledReason = embedded == null || embedded.reason() == null ? reason : embedded.reason();
            nextLine = false;
            keep(reason);
        }
    }

    private void sentence(String text) {
        String sentence = withoutOrnament(text);
        ErrorDetails embedded = sentence.startsWith("{") ? ErrorDetails.within(sentence) : null;
        Phrase phrase = known.in(sentence);
        if (embedded != null) {
            details(embedded);
        } else if (phrase.hasLetters() && !phrase.has(Sense.REFUND) && !text.strip().startsWith("```")) {
            firstSentence = firstSentence == null ? sentence : firstSentence;
            nextLine = false;
            keep(sentence);
        }
    }

    private void details(ErrorDetails told) {
        details = told;
        keep(told.words());
    }

    private void keep(String more) {
        int room = MAX_WORDS - words.length() - 1;
        if (room > 0) {
            words.append(more, 0, Math.min(more.length(), room)).append('\n');
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
}
