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

import io.github.camelsora.internal.report.Piece.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Splits the text of a report into words and other pieces. Words and dots, which most of the text is, are told as they come;
 * from a character that can begin another {@link Piece} the text is held until that piece is whole. What turns out not to be
 * what it looked like (a bracket without a link) is read once more, with that kind of piece switched off, so that every
 * character is looked at a fixed number of times. Knows no word of any language, and not what a piece means.
 */
final class ReportScanner {

    private static final int MAX_WORDS = 512;
    private static final int MAX_LINE = 4096;

    private final LineReader lines;
    private final boolean blocks;
    /** What is not told yet: the words before {@link #at}, or those of the open piece, then what is still to be looked at. */
    private final StringBuilder held = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final long[] offUntil = new long[Kind.values().length];
    private @Nullable Piece piece;
    private int from;
    private int at;
    private long dropped;
    private int offInLine;
    private boolean started;
    private boolean quoted;
    private int dots;
    private char last;
    /** Whether a digit would belong to the word, size, date, path or price before it. */
    private boolean glued;
    private boolean digitInWord;
    private long steps;

    /** @param blocks whether JSON and fenced blocks are expected */
    ReportScanner(LineReader lines, boolean blocks) {
        this.lines = lines;
        this.blocks = blocks;
    }

    /** How often a character was looked at, about. */
    long steps() {
        return steps;
    }

    void read(CharSequence text) {
        if (started && piece == null && held.isEmpty() && text.length() == 1 && text.charAt(0) == '.') {
            // by far the most frequent text
            dot('.', 1);
            dropped++;
            return;
        }
        held.append(text);
        readHeld();
        if (from == held.length()) {
            held.setLength(0);
        } else {
            held.delete(0, from);
        }
        dropped += from;
        at -= from;
        from = 0;
    }

    /** The text ends here. */
    void end() {
        while (piece != null) {
            offInLine |= piece.kind.bit();
            at = held.length();
            follow(piece, piece.end(held, from));
            readHeld();
        }
        endLine();
    }

    private void readHeld() {
        while (at < held.length()) {
            steps++;
            if (piece != null) {
                follow(piece, piece.read(held, from, at));
            } else {
                plain(held.charAt(at));
            }
        }
    }

    private void follow(Piece open, int answer) {
        switch (answer) {
            case Piece.OPEN -> at++;
            case Piece.SKIPPED -> from = ++at;
            case Piece.BROKEN, Piece.BROKEN_LINE -> {
                steps += open.readAgain;
                offInLine |= answer == Piece.BROKEN_LINE ? open.kind.bit() : 0;
                offUntil[open.kind.ordinal()] = dropped + at;
                at = from;
                piece = null;
            }
            default -> {
                steps += open.readAgain;
                at = answer;
                if (started) {
                    keepInLine(held.substring(from, at));
                }
                from = at;
                piece = null;
                startWord(' ');
            }
        }
    }

    private void startWord(char before) {
        last = before;
        glued = false;
        digitInWord = false;
    }

    private void open(Piece opened) {
        endWords(false);
        endDots();
        piece = opened;
    }

    private boolean on(Kind kind) {
        return (offInLine & kind.bit()) == 0 && dropped + at >= offUntil[kind.ordinal()];
    }

    private void plain(char c) {
        if (Piece.isLineEnd(c)) {
            endLine();
            from = ++at;
        } else if (started || !beforeLine(c)) {
            inLine(c);
        }
    }

    private boolean beforeLine(char c) {
        if (c == '>' || Character.isWhitespace(c) || c == '\uFEFF') {
            quoted |= c == '>';
            from = ++at;
            return true;
        }
        if (blocks && !quoted && c == '`' && on(Kind.FENCE)) {
            open(BlockPiece.fence(lines));
            return true;
        }
        if (blocks && !quoted && c == '{' && on(Kind.JSON)) {
            open(BlockPiece.json(lines));
            return true;
        }
        started = true;
        lines.lineStarted(quoted);
        return false;
    }

    private void inLine(char c) {
        if (c == '.' || c == '…') {
            endWords(true);
            dot(c, c == '.' ? 1 : 3);
            from = ++at;
        } else if (c >= '0' && c <= '9') {
            digit();
        } else if (c == '[' && on(Kind.LINK)) {
            open(new LinkPiece(lines, last == '!'));
        } else if (c == '<' && on(Kind.TAG)) {
            open(new TagPiece(lines));
        } else if (c == ':' || c == '：') {
            colon(c);
        } else if (c == '/' && last == '/' && on(Kind.BARE_LINK) && isBehindScheme()) {
            int end = at;
            at = PatternPiece.schemeStart(held, from, at - 2);
            open(PatternPiece.bareLink(lines));
            at = end;
        } else {
            words();
        }
    }

    private boolean isBehindScheme() {
        return at - 2 > from && held.charAt(at - 2) == ':' && PatternPiece.schemeStart(held, from, at - 2) >= 0;
    }

    private void digit() {
        if (!glued && on(Kind.NUMBER)) {
            open(PatternPiece.number(lines));
        } else {
            words(at + 1);
            glued = true;
            digitInWord = true;
        }
    }

    private void colon(char c) {
        if (c == ':' && (digitInWord || PatternPiece.schemeStart(held, from, at) >= 0)) {
            words(at + 1);
            return;
        }
        endWords(false);
        endDots();
        glued = false;
        keepInLine(c);
        from = ++at;
        if (lines.colon()) {
            piece = PatternPiece.token(lines);
        }
    }

    /** Takes all characters up to the next one that may begin something else. */
    private void words() {
        int end = at + 1;
        int limit = Math.min(held.length(), from + MAX_WORDS);
        while (end < limit && isPlain(held.charAt(end))) {
            end++;
        }
        for (int i = digitInWord ? at : end - 1; i < end; i++) {
            char c = held.charAt(i);
            boolean joint = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || "_-/$¥=&%#".indexOf(c) >= 0;
            glued = joint || digitInWord && (c == ',' || c == '×');
            digitInWord &= glued;
        }
        steps += end - at - 1;
        words(end);
    }

    private void words(int end) {
        endDots();
        at = end;
        last = held.charAt(at - 1);
        if (at - from == MAX_WORDS) {
            endWords(false);
        }
    }

    private static boolean isPlain(char c) {
        return c > '<' ? c != '[' && c != '…' && c != '：' : c == ' ' || c > '\r' && (c < '.' || c == ';');
    }

    private void endWords(boolean beforeDots) {
        if (at > from) {
            String words = held.substring(from, at);
            lines.words(words, beforeDots);
            keepInLine(words);
            from = at;
        }
    }

    private void dot(char c, int count) {
        dots += count;
        glued = digitInWord && last != '.';
        keepInLine(c);
    }

    private void keepInLine(char c) {
        if (line.length() < MAX_LINE) {
            line.append(c);
        }
        last = c;
    }

    private void keepInLine(String text) {
        int room = MAX_LINE - line.length();
        line.append(text.length() <= room ? text : text.substring(0, room));
    }

    private void endDots() {
        if (dots > 0) {
            int count = dots;
            dots = 0;
            lines.dotsEnded(count);
        }
    }

    private void endLine() {
        endWords(false);
        endDots();
        lines.lineEnded(line);
        started = false;
        quoted = false;
        line.setLength(0);
        startWord('\n');
        offInLine = 0;
    }
}
