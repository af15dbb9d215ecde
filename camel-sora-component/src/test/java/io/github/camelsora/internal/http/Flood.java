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
package io.github.camelsora.internal.http;

import java.util.function.IntFunction;

/** What a gateway can send without end, and how reading it ends all the same. */
enum Flood {

    COMMENT("data: a\n\n: ", i -> "x".repeat(8000), Outcome.READ),
    COMMENTS("data: a\n\n", i -> ": PING\n\n".repeat(1000), Outcome.READ),
    EMPTY_LINES("data: a\n\n", i -> "\n\r\n\r".repeat(2000), Outcome.READ),
    BLANKS("", i -> " ".repeat(8000), Outcome.READ),
    FIELD_NAME("data: a\n\nx", i -> "x".repeat(8000), Outcome.READ),
    IGNORED_FIELD("id: ", i -> "x".repeat(8000), Outcome.READ),
    TINY_EVENTS("", i -> "data:\n\n".repeat(1000), Outcome.READ),
    DATA_LINE("data: ", i -> "x".repeat(8000), Outcome.TOO_LARGE),
    DATA_LINES("", i -> "data: x\n".repeat(1000), Outcome.TOO_LARGE),
    EVENT_TYPE("event: ", i -> "x".repeat(8000), Outcome.READ),
    JSON_DEPTH("", i -> "{\"a\":[".repeat(1000), Outcome.TOO_LARGE),
    JSON_STRING("{\"a\":\"", i -> "x".repeat(8000), Outcome.TOO_LARGE),
    JSON_VALUES("{}", i -> "{}[] ".repeat(1000), Outcome.READ),
    DEEP_CHUNKS("", i -> "data: " + "{\"choices\":[".repeat(600) + "\n\n", Outcome.READ),
    DEEP_ERRORS("", i -> "data: {\"error\":" + "{\"error\":".repeat(90) + "1" + "}".repeat(91) + "\n\n", Outcome.READ),
    HUGE_NUMBERS("", i -> "data: {\"usage\":{\"total_tokens\":" + "9".repeat(900) + ",\"prompt_tokens\":1e999999999}}\n\n",
            Outcome.READ),
    OTHER_IDS("", i -> "data: {\"id\":\"" + i + "x".repeat(4000) + "\",\"model\":\"" + i + "\"}\n\n", Outcome.READ),
    OTHER_NAMES("", i -> "data: {\"" + i + "x".repeat(8000) + "\":1}\n\n", Outcome.READ),
    OTHER_ERRORS("", i -> "data: {\"error\":{\"" + i + "x".repeat(8000) + "\":1}}\n\n", Outcome.READ),
    OTHER_RECORDS("", i -> content("```json\\n{\\\"" + i + "x".repeat(8000) + "\\\":1}\\n```\\n"), Outcome.READ),
    REPORT("", i -> content("x".repeat(8000)), Outcome.READ),
    REPORT_OF_LINES("", i -> content("> Generating 1..\\n".repeat(400)), Outcome.READ),
    THOUGHT("", i -> delta("reasoning_content", "<a x=\\\"[`{ 1..99% "), Outcome.READ),
    LINKS("", i -> "data: {\"choices\":[{\"delta\":{\"output\":[{\"url\":\"https://a.example/" + i + "x".repeat(500)
            + ".mp4\"}]}}]}\n\n", Outcome.READ);

    /** How reading ends. */
    enum Outcome {
        /** It does not, and nothing of it stays. */
        READ,
        /** At the limit. */
        TOO_LARGE
    }

    private final String start;
    private final IntFunction<String> piece;
    private final Outcome outcome;

    Flood(String start, IntFunction<String> piece, Outcome outcome) {
        this.start = start;
        this.piece = piece;
        this.outcome = outcome;
    }

    /** The pieces of the stream, from 0. */
    String piece(int i) {
        return i == 0 ? start + piece.apply(i) : piece.apply(i);
    }

    Outcome outcome() {
        return outcome;
    }

    /** How much of it is enough: more than the heap, and for what is not even parsed much more. */
    int megabytes() {
        return ordinal() < JSON_VALUES.ordinal() ? 100 : 20;
    }

    private static String content(String text) {
        return delta("content", text);
    }

    private static String delta(String name, String text) {
        return "data: {\"choices\":[{\"delta\":{\"" + name + "\":\"" + text + "\"}}]}\n\n";
    }
}
