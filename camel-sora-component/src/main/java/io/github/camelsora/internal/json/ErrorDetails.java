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
package io.github.camelsora.internal.json;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * What JSON says about a failure: the innermost message, since gateways pass on the errors of other gateways, as objects or
 * as JSON within text. Read alike in the body of an HTTP answer, an error event, a task's record and a report. Knows no
 * status and draws no conclusion. All text is {@linkplain ForeignText#clean cleaned}.
 *
 * @param message the innermost message, or {@code null}
 * @param type the kind of error, or {@code null}
 * @param code the name of the error, or a number, or {@code null}
 * @param words all that was said about it, the innermost error first, cut at {@value #MAX_WORDS} characters: what the failure
 *            is classified by; empty if nothing was said
 */
public record ErrorDetails(@Nullable String message, @Nullable String type, @Nullable String code, String words) {

    static final int MAX_WORDS = 4096;

    /** Cleans message, type and code; blank text is none. */
    public ErrorDetails {
        message = ForeignText.cleanOrNull(message);
        type = ForeignText.cleanOrNull(type);
        code = ForeignText.cleanOrNull(code);
    }

    /** An error that wraps no other. */
    public ErrorDetails(@Nullable String message, @Nullable String type, @Nullable String code) {
        this(message, type, code, Set.of());
    }

    /** @param around what else was said, further out or beside it */
    ErrorDetails(@Nullable String message, @Nullable String type, @Nullable String code, Set<String> around) {
        this(message, type, code, joined(message, type, code, around));
    }

    /**
     * Reads the body of an HTTP answer, in UTF-8, of whatever status.
     *
     * @return {@code null} if the body is no JSON object, or says nothing
     */
    public static @Nullable ErrorDetails ofBody(byte[] httpBody) {
        JsonNode tree = ForeignJson.object(httpBody);
        return tree == null ? null : orNull(of(tree));
    }

    /**
     * Whether the body of an HTTP answer is a JSON error body, with which a status of 500 or 503 proves that nothing was
     * bought: it says something under {@code error}, {@code detail}, {@code message} or {@code msg}, as gateways do that
     * refuse a request. What is doubtful is no error body: one that speaks only in other fields of a task's record, has a
     * task within the error, or has the code or flag of an envelope for success. Whether the body is the record of a task
     * besides is to be asked of who reads records.
     */
    public static boolean isErrorBody(byte[] httpBody) {
        JsonNode tree = ForeignJson.object(httpBody);
        return tree != null && ErrorReader.isErrorBody(tree);
    }

    /** Reads the value of an {@code error} field: an object or text; {@code null} if it says nothing. */
    public static @Nullable ErrorDetails ofError(JsonNode error) {
        return orNull(new ErrorReader().readError(error));
    }

    /** Reads the JSON of a task, or of whatever may say something; all is empty if it does not. */
    public static ErrorDetails of(JsonNode tree) {
        return new ErrorReader().readTree(tree);
    }

    /** Reads the first JSON object within a text that says something; {@code null} if there is no JSON object. */
    public static @Nullable ErrorDetails within(String text) {
        return new ErrorReader().readWithin(text);
    }

    private static @Nullable ErrorDetails orNull(ErrorDetails details) {
        return details.reason() == null ? null : details;
    }

    /** The message, else the code, else the type, else {@code null}. */
    public @Nullable String reason() {
        return message != null ? message : code != null ? code : type;
    }

    /** For a sentence: the reason, and in brackets the code, unless the reason holds it; {@code null} if there is none. */
    public @Nullable String describe() {
        String reason = reason();
        return reason == null || code == null || reason.toLowerCase(Locale.ROOT).contains(code.toLowerCase(Locale.ROOT))
                ? reason
                : reason + " (" + code + ")";
    }

    private static String joined(@Nullable String message, @Nullable String type, @Nullable String code, Set<String> around) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : new @Nullable String[] {message, type, code}) {
            String clean = ForeignText.cleanOrNull(word, MAX_WORDS);
            if (clean != null) {
                words.add(clean);
            }
        }
        words.addAll(around);
        String joined = String.join(" ", words);
        return joined.length() > MAX_WORDS ? joined.substring(0, MAX_WORDS) : joined;
    }
}
