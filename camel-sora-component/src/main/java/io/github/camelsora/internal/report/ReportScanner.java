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

    /** What a character of a line is: it belongs to a word, or stands behind the words and begins something else. */
    private enum Role {
        WORD, DIGIT_OF_WORD, COLON_OF_WORD, LINE_END, DOTS, COLON, NUMBER, LINK, TAG, BARE_LINK, TOO_MANY_WORDS;

        boolean isOfWord() {
            return this == WORD || this == DIGIT_OF_WORD || this == COLON_OF_WORD;
        }
    }

    /** A long text is read in pieces, so that no copy of it is held. */
    private static final int MAX_AT_ONCE = 64;
    private static final int MAX_WORDS = 512;
    private static final int MAX_LINE = 4096;
    private static final int DOTS_OF_ELLIPSIS = 3;
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
        endWords(false);
        endDots();
        lineEnded(at);
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

    /**
     * One loop, and the only place where words end within a line. The JIT compiler works what follows from words into every
     * place where they end, and again into each method between the socket and here, unless one on the way is
     * too long for it: that is this one.
     */
    private void readPlain() {
        while (piece == null && at < held.length()) {
            steps++;
            int here = at;
            char c = held.charAt(here);
            if (!started && !startsLine(c)) {
                continue;
            }
            Role role = role(c);
            boolean image = role == Role.LINK && here > from && held.charAt(here - 1) == '!';
            if (!role.isOfWord()) {
                at = role == Role.BARE_LINK ? linkStart() : here;
                endWords(role == Role.DOTS);
                if (role != Role.DOTS) {
                    endDots();
                }
            }
            switch (role) {
                case WORD -> words();
                case DIGIT_OF_WORD -> digitOfWord();
                case COLON_OF_WORD -> words(here + 1);
                case DOTS -> dots(c == '.' ? 1 : DOTS_OF_ELLIPSIS);
                case LINE_END -> lineEnded(here + 1);
                case COLON -> colon();
                case NUMBER -> piece = PatternPiece.number(lines);
                case LINK -> piece = new LinkPiece(lines, image);
                case TAG -> piece = new TagPiece(lines);
                case BARE_LINK -> {
                    piece = PatternPiece.bareLink(lines);
                    at = here;
                }
                case TOO_MANY_WORDS -> {
                    // the next ones begin here
                }
            }
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

    /** Looks at a character that stands before the first one of a line. Answers whether it is the first one. */
    private boolean startsLine(char c) {
        if (Piece.isLineEnd(c)) {
            lineEnded(at + 1);
        } else if (c == '>' || Character.isWhitespace(c) || c == '\uFEFF') {
            quoted |= c == '>';
            take(at + 1);
        } else if (blocks && !quoted && c == '`' && on(Kind.FENCE)) {
            piece = BlockPiece.fence(lines);
        } else if (blocks && !quoted && c == '{' && on(Kind.JSON)) {
            piece = BlockPiece.json(lines);
        } else {
            started = true;
            lines.lineStarted(quoted);
        }
        return started;
    }

    private Role role(char c) {
        if (at - from == MAX_WORDS) {
            return Role.TOO_MANY_WORDS;
        }
        return switch (c) {
            case '\n', '\r' -> Role.LINE_END;
            case '.', '…' -> Role.DOTS;
            case ':' -> digitInWord || PatternPiece.schemeStart(held, from, at) >= 0 ? Role.COLON_OF_WORD : Role.COLON;
            case '：' -> Role.COLON;
            case '[' -> on(Kind.LINK) ? Role.LINK : Role.WORD;
            case '<' -> on(Kind.TAG) ? Role.TAG : Role.WORD;
            case '/' -> on(Kind.BARE_LINK) && linkStart() >= 0 ? Role.BARE_LINK : Role.WORD;
            default -> c < '0' || c > '9' ? Role.WORD : glued || !on(Kind.NUMBER) ? Role.DIGIT_OF_WORD : Role.NUMBER;
        };
    }

    private void dots(int count) {
        glued = digitInWord && dots == 0;
        dots += count;
        take(at + 1);
    }

    private void colon() {
        glued = false;
        take(at + 1);
        piece = lines.colon() ? PatternPiece.token(lines) : null;
    }

    private void digitOfWord() {
        words(at + 1);
        glued = true;
        digitInWord = true;
    }

    private void endDots() {
        if (dots > 0) {
            int count = dots;
            dots = 0;
            lines.dotsEnded(count);
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

    private void lineEnded(int next) {
        lines.lineEnded(started ? CharBuffer.wrap(held, lineAt, lineEnd()) : "");
        started = false;
        quoted = false;
        startWord();
        take(next);
    }
}
