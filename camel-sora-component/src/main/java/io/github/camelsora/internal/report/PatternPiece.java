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
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelsora.internal.report.LineReader.Follow;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * A piece that a pattern describes: a number, a token behind a colon, a link that just stands there. The pattern is tried
 * only at a character that can decide, and its answer counts once no further character can change it. All quantifiers are
 * possessive, so there is no backtracking.
 */
final class PatternPiece extends Piece {

    /**
     * A number that stands alone, and what follows it: {@code 98.7%}, {@code 44..}. These are words: {@code 24fps},
     * {@code 9:16}, {@code 1280x720}, {@code 2026-10-19}, {@code 1.2.3}.
     */
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,12}+)(\\.\\d{1,6}+)?+(?![\\dA-Za-z_\\-/:,×]|\\.\\d)"
            + "(?:[ *]{0,3}+([%％])|(?=(\\.\\.)))?+");
    private static final int MAX_NUMBER = 24;
    private static final int MAX_TOLD_DIGITS = 3;

    /** {@code `task_x`}, {@code veo3.1-pro:UUID}: what begins in backticks ends with one. */
    private static final String TOKEN_ENDS = " \\t`*\"\\n\\r|,，<>()\\[\\]";
    private static final String WORD = "([^" + TOKEN_ENDS + "]{1,200}+)";
    private static final Pattern TOKEN = Pattern.compile("[ \\t*\"]{0,8}+"
            + "(?:`[ \\t*\"`]{0,8}+" + WORD + "(?=`)|" + WORD + "(?=[" + TOKEN_ENDS + "]|\\z))");
    private static final int MAX_TOKEN = 256;

    private static final Pattern BARE_LINK = Pattern.compile("[!-~&&[^<>\"`|]]++");

    private final Pattern pattern;
    private final IntPredicate goesOn;
    private final int max;
    private final Consumer<Matcher> whole;
    private @Nullable Matcher matcher;
    private boolean tooLong;

    private PatternPiece(Kind kind, Pattern pattern, IntPredicate goesOn, int max, Consumer<Matcher> whole) {
        super(kind);
        this.pattern = pattern;
        this.goesOn = goesOn;
        this.max = max;
        this.whole = whole;
    }

    static PatternPiece number(LineReader lines) {
        return new PatternPiece(Kind.NUMBER, NUMBER, c -> c >= '0' && c <= '9', MAX_NUMBER, found -> {
            if (found.end(1) - found.start(1) <= MAX_TOLD_DIGITS) {
                lines.number(Integer.parseInt(found.group(1)), found.start(2) >= 0,
                        found.start(3) >= 0 ? Follow.PERCENT : found.start(4) >= 0 ? Follow.TWO_DOTS : Follow.OTHER);
            }
        });
    }

    static PatternPiece token(LineReader lines) {
        return new PatternPiece(Kind.TOKEN, TOKEN, c -> " \t`*\"\n\r|,，<>()[]".indexOf(c) < 0, MAX_TOKEN,
                found -> lines.value(found.start(1) >= 0 ? found.group(1) : found.group(2)));
    }

    static PatternPiece bareLink(LineReader lines) {
        return new PatternPiece(Kind.BARE_LINK, BARE_LINK, c -> c > ' ' && c <= '~' && "<>\"`|".indexOf(c) < 0,
                Link.MAX_LENGTH, found -> {
                    Link link = Link.of(withoutPunctuation(found.group()));
                    if (link != null) {
                        lines.link(null, link, false);
                    }
                });
    }

    @Override
    int read(StringBuilder held, int from, int at) {
        if (goesOn.test(held.charAt(at))) {
            if (at - from < max && !tooLong) {
                return OPEN;
            }
            tooLong = kind == Kind.BARE_LINK;
            return tooLong ? SKIPPED : match(held, from, at + 1, true);
        }
        return tooLong ? at : match(held, from, at + 1, false);
    }

    @Override
    int end(StringBuilder held, int from) {
        return tooLong ? held.length() : match(held, from, held.length(), true);
    }

    private int match(StringBuilder held, int from, int to, boolean atEnd) {
        Matcher found = matcher == null ? pattern.matcher(held) : matcher.reset();
        matcher = found.region(from, to);
        readAgain += to - from - 1;
        boolean matches = found.lookingAt();
        if (found.hitEnd() && !atEnd) {
            return OPEN;
        }
        return matches ? found.end() : BROKEN;
    }

    @Override
    void tell(StringBuilder held, int from, int end) {
        if (matcher != null && !tooLong) {
            whole.accept(matcher);
        }
    }

    /** Where the scheme of a link begins, if the text before {@code end} ends with one; else -1. */
    static int schemeStart(StringBuilder held, int from, int end) {
        String before = held.substring(Math.max(from, end - "https".length()), end).toLowerCase(Locale.ROOT);
        return before.endsWith("https") ? end - "https".length() : before.endsWith("http") ? end - "http".length() : -1;
    }

    private static String withoutPunctuation(String url) {
        int end = url.length();
        String punctuation = url.indexOf('(') < 0 ? ".,;:!?'*]~)" : ".,;:!?'*]~";
        while (end > 0 && punctuation.indexOf(url.charAt(end - 1)) >= 0) {
            end--;
        }
        return url.substring(0, end);
    }
}
