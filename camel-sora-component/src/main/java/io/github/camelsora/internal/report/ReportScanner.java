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

import java.nio.CharBuffer;

import io.github.camelsora.internal.report.Piece.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Splits the text of a report into words and other pieces. Words and dots, which most of the text is, are told as they come;
 * from a character that can begin another {@link Piece} the text is held until that piece is whole. What turns out not to be
 * what it looked like (a bracket without a link) is read once more, with that kind of piece switched off, so that every
 * character is looked at a fixed number of times. Knows no word of any language, and not what a piece means.
 */
final class ReportScanner {

    /** A long text is read in pieces, so that no copy of it is held. */
    private static final int MAX_AT_ONCE = 64;
    private static final int MAX_WORDS = 512;
    private static final int MAX_LINE = 4096;
    /** A line fits; what a block needs beyond it is let go behind the block. */
    private static final int USUAL_SIZE = 128;

    private final LineReader lines;
    private final boolean blocks;
    /**
     * The line so far, as its end may ask for its text; from {@link #from} what is not told yet: the words before {@link #at},
     * or those of the open piece, then what is still to be looked at.
     */
    private StringBuilder held = new StringBuilder(USUAL_SIZE);
    private int lineAt;
    private int from;
    private int at;
    /** How many characters are no longer held. */
    private long dropped;
    private @Nullable Piece piece;
    /** Up to which character each kind of piece is off; {@code null} as long as none ever was. */
    private long @Nullable [] offUntil;
    private boolean started;
    private boolean quoted;
    private int dots;
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
        if (started && piece == null && at == held.length() && from == at && text.length() == 1 && text.charAt(0) == '.') {
            // by far the most frequent text
            held.append('.');
            countDots(1);
            take(at + 1);
            dropTold();
            return;
        }
        for (int start = 0; start < text.length(); start += MAX_AT_ONCE) {
            held.append(text, start, Math.min(text.length(), start + MAX_AT_ONCE));
            readHeld();
            dropTold();
        }
    }

    /** Of what has been told only the line that is open is held, up to a limit. */
    private void dropTold() {
        drop(lineEnd(), from);
        drop(0, lineAt);
        lineAt = 0;
        if (held.isEmpty() && held.capacity() > 2 * USUAL_SIZE) {
            held = new StringBuilder(USUAL_SIZE);
        }
    }

    private int lineEnd() {
        return Math.min(from, lineAt + MAX_LINE);
    }

    /** These characters are not held any longer; none of them is still to be told. */
    private void drop(int start, int end) {
        if (start < end) {
            held.delete(start, end);
            dropped += end - start;
            from -= end - start;
            at -= end - start;
        }
    }

    /** The text ends here. */
    void end() {
        while (piece != null) {
            at = held.length();
            follow(piece, piece.end(held, from));
            readHeld();
        }
        endLine();
    }

    private void readHeld() {
        while (at < held.length()) {
            if (piece == null) {
                readPlain();
            } else {
                readPiece(piece);
            }
        }
    }

    private void readPlain() {
        while (piece == null && at < held.length()) {
            steps++;
            plain(held.charAt(at));
        }
    }

    /** Not in one loop with the plain text, which the JIT compiler would compile anew for each kind of piece that turns up. */
    private void readPiece(Piece open) {
        while (piece == open && at < held.length()) {
            steps++;
            follow(open, open.read(held, from, at));
        }
    }

    /** The text up to this character has been told. */
    private void take(int end) {
        from = end;
        at = end;
        if (!started) {
            lineAt = end;
        }
    }

    private void open(Piece opened) {
        endWords(false);
        endDots();
        piece = opened;
    }

    private boolean on(Kind kind) {
        return offUntil == null || dropped + at >= offUntil[kind.ordinal()];
    }

    private void switchOff(Kind kind) {
        if (offUntil == null) {
            offUntil = new long[Kind.values().length];
        }
        offUntil[kind.ordinal()] = dropped + at;
    }

    private void follow(Piece open, int answer) {
        switch (answer) {
            case Piece.OPEN -> at++;
            case Piece.SKIPPED -> {
                int start = from;
                from = ++at;
                drop(start, from);
            }
            case Piece.BROKEN -> {
                steps += open.readAgain;
                switchOff(open.kind);
                at = from;
                piece = null;
            }
            default -> {
                steps += open.readAgain;
                open.tell(held, from, answer);
                take(answer);
                startWord();
                piece = null;
            }
        }
    }

    private void plain(char c) {
        if (Piece.isLineEnd(c)) {
            endLine();
            take(at + 1);
        } else if (started) {
            inLine(c);
        } else {
            beforeLine(c);
        }
    }

    private void beforeLine(char c) {
        if (c == '>' || Character.isWhitespace(c) || c == '\uFEFF') {
            quoted |= c == '>';
            take(at + 1);
        } else if (blocks && !quoted && c == '`' && on(Kind.FENCE)) {
            open(BlockPiece.fence(lines));
        } else if (blocks && !quoted && c == '{' && on(Kind.JSON)) {
            open(BlockPiece.json(lines));
        } else {
            started = true;
            lines.lineStarted(quoted);
            inLine(c);
        }
    }

    private void inLine(char c) {
        if (c == '.' || c == '…') {
            endWords(true);
            countDots(c == '.' ? 1 : 3);
            take(at + 1);
        } else if (c >= '0' && c <= '9') {
            digit();
        } else if (c == '[' && on(Kind.LINK)) {
            open(new LinkPiece(lines, at > from && held.charAt(at - 1) == '!'));
        } else if (c == '<' && on(Kind.TAG)) {
            open(new TagPiece(lines));
        } else if (c == ':' || c == '：') {
            colon(c);
        } else if (c == '/' && on(Kind.BARE_LINK) && linkStart() >= 0) {
            int slash = at;
            at = linkStart();
            open(PatternPiece.bareLink(lines));
            at = slash;
        } else {
            words();
        }
    }

    private void countDots(int count) {
        glued = digitInWord && dots == 0;
        dots += count;
    }

    private void endDots() {
        if (dots > 0) {
            int count = dots;
            dots = 0;
            lines.dotsEnded(count);
        }
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
        take(at + 1);
        if (lines.colon()) {
            piece = PatternPiece.token(lines);
        }
    }

    /** Where a bare link begins, if the text ends with a scheme and two slashes; else -1. */
    private int linkStart() {
        int colon = at - 2;
        boolean slashes = colon > from && held.charAt(colon) == ':' && held.charAt(colon + 1) == '/';
        return slashes ? PatternPiece.schemeStart(held, from, colon) : -1;
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

    private static boolean isPlain(char c) {
        return switch (c) {
            case '\n', '\r', '.', '…', ':', '：', '/', '<', '[' -> false;
            default -> c < '0' || c > '9';
        };
    }

    private void words(int end) {
        endDots();
        at = end;
        if (at - from == MAX_WORDS) {
            endWords(false);
        }
    }

    private void endWords(boolean beforeDots) {
        if (at > from) {
            lines.words(held.substring(from, at), beforeDots);
            take(at);
        }
    }

    private void startWord() {
        glued = false;
        digitInWord = false;
    }

    private void endLine() {
        endWords(false);
        endDots();
        lines.lineEnded(CharBuffer.wrap(held, lineAt, lineEnd()));
        started = false;
        quoted = false;
        lineAt = from;
        startWord();
    }
}
