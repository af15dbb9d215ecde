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
 * An HTML tag. Its name and each attribute are told when they are complete, so a link is known at its quote. A tag may go
 * over several lines, a quoted value may not.
 */
final class HtmlTag extends ReportPart {

    private enum At {
        NAME, BETWEEN, ATTRIBUTE, EQUALS, VALUE
    }

    private static final int MAX = 4 * 8192;

    private final ReportTokens tokens;
    private final StringBuilder word = new StringBuilder();
    private At at = At.NAME;
    private String name = "";
    private String attribute = "";
    private char quote;

    HtmlTag(ReportTokens tokens) {
        super(Kind.TAG);
        this.tokens = tokens;
    }

    @Override
    Step accept(char c) {
        boolean inQuotes = at == At.VALUE && quote != 0;
        boolean tooLong = taken.length() > MAX || inQuotes && (c == '\n' || c == '\r');
        if (tooLong || c == '<' && !taken.isEmpty() && !inQuotes || at == At.NAME && !nameGoesOn(c)) {
            return Step.BROKEN;
        }
        if (!taken.isEmpty() && (at != At.NAME || endsWord(c))) {
            within(c);
        } else if (!taken.isEmpty()) {
            word.append(Character.toLowerCase(c));
        }
        take(c);
        return c == '>' && !inQuotes ? Step.DONE : Step.MORE;
    }

    @Override
    Step end() {
        return Step.BROKEN;
    }

    private boolean nameGoesOn(char c) {
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        return switch (taken.length()) {
            case 0 -> true;
            case 1 -> letter || c == '/';
            default -> letter || c >= '0' && c <= '9' || endsWord(c) && taken.charAt(taken.length() - 1) != '/';
        };
    }

    private static boolean endsWord(char c) {
        return c == '>' || c == '/' || Character.isWhitespace(c);
    }

    private void within(char c) {
        switch (at) {
            case NAME -> nameEnds(c);
            case BETWEEN -> {
                if (!endsWord(c)) {
                    at = At.ATTRIBUTE;
                    word.append(Character.toLowerCase(c));
                }
            }
            case ATTRIBUTE -> {
                if (c == '=' || endsWord(c)) {
                    attribute = drain();
                    at = c == '=' ? At.EQUALS : At.BETWEEN;
                } else {
                    word.append(Character.toLowerCase(c));
                }
            }
            case EQUALS -> {
                if (!Character.isWhitespace(c)) {
                    at = At.VALUE;
                    quote = c == '"' || c == '\'' ? c : 0;
                    word.append(quote == 0 ? String.valueOf(c) : "");
                }
            }
            case VALUE -> {
                if (quote == 0 ? c == '>' || Character.isWhitespace(c) : c == quote) {
                    at = At.BETWEEN;
                    tokens.attribute(name, attribute, HtmlText.unescape(drain()));
                } else {
                    word.append(c);
                }
            }
        }
    }

    private void nameEnds(char c) {
        if (c == '/' && word.isEmpty()) {
            word.append(c);
            return;
        }
        name = drain();
        at = At.BETWEEN;
        tokens.tag(name);
    }

    private String drain() {
        String drained = word.toString();
        word.setLength(0);
        return drained;
    }
}
