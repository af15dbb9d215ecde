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

/**
 * What a {@link ReportScanner} finds in a report, in the order of the text. Each call is made as soon as the characters
 * that decide it have been read, so it does not depend on how the text was cut.
 */
interface ReportTokens {

    /** What stands directly behind a number. */
    enum Follow {
        PERCENT, TWO_DOTS, OTHER
    }

    /** A line with something on it begins; {@code quoted} if it begins with {@code >}. */
    void lineStarted(boolean quoted);

    /** Words and icons, without numbers that stand alone. {@code dots}: a dot follows, and there may be more of them. */
    void text(CharSequence run, boolean dots);

    /** A number that stands alone, at most 999, rounded down. */
    void number(int value, boolean decimals, Follow follow);

    /** A run of dots is over. */
    void dotsEnded(int count);

    /** A colon behind a word. Answers whether what follows is one token, to be given to {@link #value}. */
    boolean colon();

    /** The token behind a colon. */
    void value(String token);

    /** A whole link: a markdown link, an image, or (without label) a bare link. */
    void link(String label, String url, boolean image);

    /** A tag's name is complete; that of a closing tag begins with {@code /}. */
    void tag(String name);

    /** An attribute is complete; its value is unescaped. */
    void attribute(String tag, String name, String value);

    /** A fenced block begins that holds no JSON. Answers whether it is to be read; else it is skipped. */
    boolean fence(String language);

    /** A JSON object, {@code fenced} or on lines of its own. Answers whether it is valid. */
    boolean json(String json, boolean fenced);

    /** The line is over. Without {@link #lineStarted} it was blank. */
    void lineEnded(CharSequence line);
}
