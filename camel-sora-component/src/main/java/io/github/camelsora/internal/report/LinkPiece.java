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

import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * {@code [label](url)} or, behind an exclamation mark, an image: whole at the closing parenthesis, on one line. Links within
 * the label, as in {@code [![picture](…)](video)}, are told first.
 */
final class LinkPiece extends Piece {

    private static final int MAX = 2 * Link.MAX_LENGTH;

    private final LineReader lines;
    private final boolean image;
    private final boolean outermost;
    private int brackets;
    private int parentheses;
    private int labelLength;
    private @Nullable LinkPiece inner;
    private int innerOffset;

    LinkPiece(LineReader lines, boolean image) {
        this(lines, image, true);
    }

    private LinkPiece(LineReader lines, boolean image, boolean outermost) {
        super(Kind.LINK);
        this.lines = lines;
        this.image = image;
        this.outermost = outermost;
    }

    @Override
    int read(StringBuilder held, int from, int at) {
        char c = held.charAt(at);
        if (isLineEnd(c) || at - from > MAX) {
            return BROKEN;
        }
        if (inner != null && isInner(inner, held, from + innerOffset, at)) {
            return OPEN;
        }
        if (labelLength > 0) {
            return address(c, at);
        }
        if (c == '[' && brackets == 1 && outermost) {
            inner = new LinkPiece(lines, held.charAt(at - 1) == '!', false);
            innerOffset = at - from;
            return inner.read(held, at, at);
        }
        brackets += c == '[' ? 1 : c == ']' ? -1 : 0;
        labelLength = brackets == 0 ? at - from : 0;
        return OPEN;
    }

    @Override
    int end(StringBuilder held, int from) {
        return BROKEN;
    }

    /** Whether the character belongs to the inner link. A whole one is told and blanked, so that it is not read again. */
    private boolean isInner(LinkPiece link, StringBuilder held, int from, int at) {
        int end = link.read(held, from, at);
        inner = end == OPEN ? link : null;
        if (end >= 0) {
            link.tell(held, from, end);
            for (int i = from; i < end; i++) {
                held.setCharAt(i, ' ');
            }
        }
        return end != BROKEN;
    }

    private int address(char c, int at) {
        if (parentheses == 0 && c != '(') {
            return BROKEN;
        }
        parentheses += c == '(' ? 1 : c == ')' ? -1 : 0;
        return parentheses > 0 ? OPEN : at + 1;
    }

    @Override
    void tell(StringBuilder held, int from, int end) {
        Link link = Link.of(url(held.substring(from + labelLength + 2, end - 1).strip()));
        if (link != null) {
            lines.link(held.substring(from + 1, from + labelLength), link, image);
        }
    }

    /** The address, in angle brackets or not; behind white space a title may stand. */
    private static String url(String address) {
        int end = 0;
        while (end < address.length() && !Character.isWhitespace(address.charAt(end))) {
            end++;
        }
        boolean inBrackets = end > 1 && address.charAt(0) == '<' && address.charAt(end - 1) == '>';
        return inBrackets ? address.substring(1, end - 1) : address.substring(0, end);
    }
}
