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
 * A piece of a report that is more than words: a number, a link, a tag, a block. It begins at a known character and is
 * read until it is whole, or proves to be none. Until then the scanner holds its text back.
 */
abstract class Piece {

    /** The kinds of pieces; a kind that proved to be none is off while its text is read again. */
    enum Kind {
        NUMBER, TOKEN, BARE_LINK, LINK, TAG, JSON, FENCE
    }

    /** More characters are needed. */
    static final int OPEN = -1;
    /** There is no such piece: what comes before this character is plain text. */
    static final int BROKEN = -2;
    /** The piece is too long to be of use: it goes on, and its text so far need not be held. */
    static final int SKIPPED = -3;

    final Kind kind;
    /** How many characters were looked at again, to try a pattern. */
    int readAgain;

    Piece(Kind kind) {
        this.kind = kind;
    }

    /**
     * Looks at the next character of the piece.
     *
     * @param held the text
     * @param from where in it the piece begins
     * @param at the next character
     * @return where the piece ends, which may be before that character; else one of the negative answers
     */
    abstract int read(StringBuilder held, int from, int at);

    /** The text ends here: where the piece ends, or {@link #BROKEN}. */
    abstract int end(StringBuilder held, int from);

    /**
     * Tells what the piece says, once it is whole, unless it has told that on its way. Apart from {@link #read}, which is
     * called for each character: the JIT compiler would work all that follows from a piece into it.
     *
     * @param end where it ends, as it was answered
     */
    void tell(StringBuilder held, int from, int end) {
    }

    static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
