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
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTML tag. Its name and each attribute are told when they are complete, so a link is known at its quote. A tag may go
 * over several lines, a quoted value may not.
 */
final class TagPiece extends Piece {

    private enum At {
        NAME, ATTRIBUTE, EQUALS, VALUE
    }

    /** The character references that links hold. The quantifiers are bounded: a value may be one ampersand after the other. */
    private static final Pattern REFERENCE = Pattern.compile("&(#\\d{1,7}|#[xX]\\p{XDigit}{1,6}|[a-z]{2,4});");
    private static final Map<String, String> NAMED = Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    private static final int MAX = 4 * 8192;
    private static final char NO_QUOTE = 0;

    private final LineReader lines;
    private final StringBuilder word = new StringBuilder();
    private At at = At.NAME;
    private String name = "";
    private String attribute = "";
    private char quote;

    TagPiece(LineReader lines) {
        super(Kind.TAG);
        this.lines = lines;
    }

    @Override
    int read(StringBuilder held, int from, int index) {
        char c = held.charAt(index);
        int length = index - from;
        if (length == 0) {
            return OPEN;
        }
        boolean quoted = at == At.VALUE && quote != NO_QUOTE;
        if (length > MAX || quoted && isLineEnd(c) || !quoted && c == '<' || at == At.NAME && !isInName(c)) {
            return BROKEN;
        }
        within(c);
        return c == '>' && !quoted ? index + 1 : OPEN;
    }

    @Override
    int end(StringBuilder held, int from) {
        return BROKEN;
    }

    private boolean isInName(char c) {
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        boolean empty = word.isEmpty() || word.length() == 1 && word.charAt(0) == '/';
        return letter || c == '/' && word.isEmpty() || !empty && (c >= '0' && c <= '9' || endsWord(c));
    }

    private static boolean endsWord(char c) {
        return c == '>' || c == '/' || Character.isWhitespace(c);
    }

    private void within(char c) {
        switch (at) {
            case NAME -> {
                if (endsWord(c) && !word.isEmpty()) {
                    name = take().toLowerCase(Locale.ROOT);
                    at = At.ATTRIBUTE;
                    lines.tag(name);
                } else {
                    word.append(c);
                }
            }
            case ATTRIBUTE -> {
                if (c == '=') {
                    attribute = take().toLowerCase(Locale.ROOT);
                    at = At.EQUALS;
                } else if (endsWord(c)) {
                    word.setLength(0);
                } else {
                    word.append(c);
                }
            }
            case EQUALS -> {
                if (!Character.isWhitespace(c)) {
                    at = At.VALUE;
                    quote = c == '"' || c == '\'' ? c : NO_QUOTE;
                    word.append(quote == NO_QUOTE ? String.valueOf(c) : "");
                }
            }
            case VALUE -> {
                if (quote == NO_QUOTE ? c == '>' || Character.isWhitespace(c) : c == quote) {
                    at = At.ATTRIBUTE;
                    lines.attribute(name, attribute, unescaped(take()));
                } else {
                    word.append(c);
                }
            }
        }
    }

    static String unescaped(String value) {
        return REFERENCE.matcher(value).replaceAll(found -> Matcher.quoteReplacement(character(found)));
    }

    private static String character(MatchResult reference) {
        String name = reference.group(1);
        if (name.charAt(0) != '#') {
            return NAMED.getOrDefault(name, reference.group());
        }
        boolean hex = Character.toLowerCase(name.charAt(1)) == 'x';
        int codePoint = hex ? Integer.parseInt(name.substring(2), 16) : Integer.parseInt(name.substring(1));
        return Character.isValidCodePoint(codePoint) ? Character.toString(codePoint) : reference.group();
    }

    private String take() {
        String taken = word.toString();
        word.setLength(0);
        return taken;
    }
}
