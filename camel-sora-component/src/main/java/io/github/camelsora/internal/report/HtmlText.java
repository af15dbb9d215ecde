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

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** Character references in attribute values: those that links hold. */
final class HtmlText {

    private static final int MAX_REFERENCE = 9;
    private static final Map<String, String> NAMED = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    private HtmlText() {
    }

    static String unescape(String text) {
        int from = text.indexOf('&');
        if (from < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length()).append(text, 0, from);
        for (int i = from; i < text.length(); i++) {
            int end = text.charAt(i) == '&' ? semicolon(text, i) : -1;
            String character = end > i ? character(text.substring(i + 1, end)) : null;
            if (character == null) {
                plain.append(text.charAt(i));
            } else {
                plain.append(character);
                i = end;
            }
        }
        return plain.toString();
    }

    /** Looks no further than a reference is long: a value may be one ampersand after the other. */
    private static int semicolon(String text, int from) {
        int limit = Math.min(text.length(), from + MAX_REFERENCE + 1);
        for (int i = from; i < limit; i++) {
            if (text.charAt(i) == ';') {
                return i;
            }
        }
        return -1;
    }

    private static @Nullable String character(String reference) {
        if (!reference.startsWith("#")) {
            return NAMED.get(reference);
        }
        boolean hex = reference.startsWith("#x") || reference.startsWith("#X");
        String digits = reference.substring(hex ? 2 : 1);
        if (digits.isEmpty() || !digits.chars().allMatch(c -> Character.digit(c, hex ? 16 : 10) >= 0)) {
            return null;
        }
        int codePoint = Integer.parseInt(digits, hex ? 16 : 10);
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : null;
    }
}
