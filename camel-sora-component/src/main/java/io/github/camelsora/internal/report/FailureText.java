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
import io.github.camelsora.internal.report.ReportWords.Phrase;
import io.github.camelsora.internal.report.ReportWords.Sense;
import org.jspecify.annotations.Nullable;

/**
 * What has been said of a failure, so far. Its reason stands behind its colon, in a line labelled so, in the next line, or
 * in a JSON block. Immutable.
 *
 * @param stated the reason that is labelled so
 * @param said the first sentence behind the failure
 * @param details what JSON says of it
 * @param words all of it, cut
 * @param nextLine whether the next line may give the reason although it is not quoted
 */
record FailureText(@Nullable String stated, @Nullable String said, @Nullable ErrorDetails details, String words,
        boolean nextLine) {

    private static final int MAX_WORDS = 4096;

    /** What a line says that tells of a failure. */
    static FailureText of(String line, ReportWords known) {
        FailureText none = new FailureText(null, null, null, "", true);
        List<Hit> hits = known.in(line).hits().stream().filter(hit -> hit.is(Sense.FAILED) || hit.is(Sense.ERROR)).toList();
        Hit word = hits.stream().filter(hit -> !hit.icon()).findFirst().orElse(hits.isEmpty() ? null : hits.get(0));
        if (word == null) {
            // the word is beyond the part of the line that is kept, or what is glued to it hides it
            return none.withSentence(line, known);
        }
        int colon = word.icon() ? -1 : colon(line, word.end());
        return colon >= 0 ? none.withReason(line.substring(colon + 1)) : none.withSentence(line.substring(word.end()), known);
    }

    /** A failure that is told by JSON alone. */
    static FailureText of(JsonNode json) {
        return new FailureText(null, null, null, "", false).withDetails(json);
    }

    ReportFailure failure() {
        String message = details == null ? null : details.message();
        String code = details == null ? null : details.reason();
        String reason = stated != null ? stated : message != null ? message : said != null ? said : code;
        return new ReportFailure(reason, words.strip());
    }

    /** With what a line says behind its colon, as it is labelled as the reason. */
    FailureText withLabelled(String line) {
        return withReason(line.substring(colon(line, 0) + 1));
    }

    private FailureText withReason(String text) {
        String reason = withoutOrnament(text);
        if (reason.isEmpty()) {
            return this;
        }
        ErrorDetails embedded = ErrorDetails.within(reason);
        return new FailureText(embedded == null || embedded.reason() == null ? reason : embedded.reason(), said, details,
                longer(reason), false);
    }

    /** With a line that is not labelled: a sentence, or JSON. */
    FailureText withSentence(String text, ReportWords known) {
        String sentence = withoutOrnament(text);
        ErrorDetails embedded = sentence.startsWith("{") ? ErrorDetails.within(sentence) : null;
        if (embedded != null) {
            return new FailureText(stated, said, embedded, longer(embedded.words()), nextLine);
        }
        Phrase phrase = known.in(sentence);
        if (text.strip().startsWith("```") || !phrase.hasLetters() || phrase.has(Sense.REFUND)) {
            return this;
        }
        return new FailureText(stated, said == null ? sentence : said, details, longer(sentence), false);
    }

    /** With a JSON block behind the failure. */
    FailureText withDetails(JsonNode json) {
        ErrorDetails told = ErrorDetails.of(json);
        return new FailureText(stated, said, told, longer(told.words()), nextLine);
    }

    FailureText withBlankLine() {
        return nextLine ? new FailureText(stated, said, details, words, false) : this;
    }

    private String longer(String more) {
        int room = MAX_WORDS - words.length() - 1;
        return room <= 0 ? words : words + more.substring(0, Math.min(more.length(), room)) + '\n';
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
