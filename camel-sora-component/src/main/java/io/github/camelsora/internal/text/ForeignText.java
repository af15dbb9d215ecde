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
package io.github.camelsora.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * How the words of a gateway enter headers, messages and logs: without control characters, so that they can forge no line
 * and no header, without bidirectional ones, so that they are shown as they are, and cut at {@value #MAX_LENGTH} characters.
 * Not for links and reports, which are kept as they are.
 */
public final class ForeignText {

    /** Longer text is cut. */
    public static final int MAX_LENGTH = 500;

    private ForeignText() {
    }

    /**
     * The text without control characters, bidirectional ones and line separators, cut. A run of them that holds white space
     * becomes one space, and none at the ends. Text that obeys the rule already is returned as it is.
     *
     * @return {@code null} for {@code null}
     */
    public static @Nullable String clean(@Nullable String text) {
        return clean(text, MAX_LENGTH);
    }

    /** The same, and blank text is {@code null}. */
    public static @Nullable String cleanOrNull(@Nullable String text) {
        return cleanOrNull(text, MAX_LENGTH);
    }

    /** The same, cut at a length of its own. */
    public static @Nullable String cleanOrNull(@Nullable String text, int maxLength) {
        @Nullable String clean = text == null || text.isBlank() ? null : clean(text, maxLength);
        return clean == null || clean.isBlank() ? null : clean;
    }

    private static @Nullable String clean(@Nullable String text, int maxLength) {
        if (text == null || isClean(text, maxLength)) {
            return text;
        }
        StringBuilder kept = new StringBuilder(Math.min(text.length(), maxLength + 1));
        boolean spaceDue = false;
        for (int i = 0; i < text.length() && kept.length() <= maxLength; i++) {
            char c = text.charAt(i);
            if (isControl(c)) {
                spaceDue |= Character.isWhitespace(c) || c == '\u0085';
            } else {
                if (spaceDue && !kept.isEmpty() && c != ' ' && kept.charAt(kept.length() - 1) != ' ') {
                    kept.append(' ');
                }
                spaceDue = false;
                kept.append(c);
            }
        }
        return cut(kept, maxLength);
    }

    private static String cut(StringBuilder text, int maxLength) {
        if (text.length() > maxLength) {
            text.setLength(Character.isHighSurrogate(text.charAt(maxLength - 1)) ? maxLength - 1 : maxLength);
        }
        return text.toString();
    }

    private static boolean isClean(String text, int maxLength) {
        if (text.length() > maxLength) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isBidirectional(c);
    }

    /** Unicode's Bidi_Control: they change the order in which the text around them is shown ("Trojan Source"). */
    private static boolean isBidirectional(int c) {
        return c == '\u061C' || c == '\u200E' || c == '\u200F' || c >= '\u202A' && c <= '\u202E'
                || c >= '\u2066' && c <= '\u2069';
    }
}
