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
package io.github.camelsora.internal.chat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import org.jspecify.annotations.Nullable;

/**
 * A chunk that says nothing but a piece of the report, as bytes: all that the chunks of a stream have in common, around what
 * differs. The next chunk usually differs only in its text, and in a number that nobody reads, as the time. Then it means the
 * same with another text, because a JSON string was replaced by a JSON string, and no parser needs to read it. What
 * differs in any other way does not fit. Immutable.
 */
final class ChunkTemplate {

    /** A longer chunk is no template: thousands of open streams have one each. */
    static final int MAX_SIZE = 512;

    private static final int MAX_DIGITS = 18;
    /** Says that a value does not fit. */
    private static final int NO_FIT = -1;

    private final byte[] bytes;
    private final int[] gaps;
    private final int textGap;
    private final ChatChunk chunk;

    /**
     * @param bytes the chunk
     * @param gaps where values begin and end in it, in order: ignored integers, and one string with its quotes
     * @param textGap the index of the string's beginning among them
     * @param chunk what the chunk says
     */
    private ChunkTemplate(byte[] bytes, int[] gaps, int textGap, ChatChunk chunk) {
        this.bytes = bytes;
        this.gaps = gaps;
        this.textGap = textGap;
        this.chunk = chunk;
    }

    /** Reads a chunk that fits, or returns {@code null}. */
    @Nullable ChatChunk read(byte[] buffer, int from, int to) {
        String text = textIn(buffer, from, to);
        return text == null ? null : chunk.withText(text);
    }

    private @Nullable String textIn(byte[] buffer, int from, int to) {
        int at = from;
        int same = 0;
        int textFrom = 0;
        int textTo = 0;
        for (int gap = 0; gap < gaps.length; gap += 2) {
            int next = at + gaps[gap] - same;
            if (next >= to || !Arrays.equals(buffer, at, next, bytes, same, gaps[gap])) {
                return null;
            }
            at = gap == textGap ? endOfString(buffer, next, to) : endOfInteger(buffer, next, to);
            if (at == NO_FIT) {
                return null;
            }
            if (gap == textGap) {
                textFrom = next + 1;
                textTo = at - 1;
            }
            same = gaps[gap + 1];
        }
        if (!Arrays.equals(buffer, at, to, bytes, same, bytes.length)) {
            return null;
        }
        return text(buffer, textFrom, textTo);
    }

    private static int endOfString(byte[] buffer, int quote, int to) {
        if (buffer[quote] != '"') {
            return NO_FIT;
        }
        for (int at = quote + 1; at < to; at++) {
            byte b = buffer[at];
            if (b == '"') {
                return at + 1;
            }
            at += b == '\\' ? 1 : 0;
        }
        return NO_FIT;
    }

    private static int endOfInteger(byte[] buffer, int from, int to) {
        int first = from < to && buffer[from] == '-' ? from + 1 : from;
        int at = first;
        while (at < to && buffer[at] >= '0' && buffer[at] <= '9') {
            at++;
        }
        boolean leadingZero = at - first > 1 && buffer[first] == '0';
        return at == first || at - first > MAX_DIGITS || leadingZero ? NO_FIT : at;
    }

    /** A string without its quotes; {@code null} if it holds what only a whole parser should judge. */
    private static @Nullable String text(byte[] buffer, int from, int to) {
        int all = 0;
        boolean escaped = false;
        for (int at = from; at < to; at++) {
            byte b = buffer[at];
            if (b >= 0 && b < ' ') {
                return null;
            }
            escaped |= b == '\\';
            all |= b;
        }
        if (escaped) {
            return unescaped(buffer, from, to);
        }
        return all >= 0 ? new String(buffer, from, to - from, StandardCharsets.ISO_8859_1) : utf8(buffer, from, to - from);
    }

    private static @Nullable String unescaped(byte[] buffer, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; at++) {
            byte b = buffer[at];
            if (b == '\\') {
                at++;
                b = unescaped(buffer[at]);
                if (b == 0) {
                    return null;
                }
            }
            plain[length++] = b;
        }
        return utf8(plain, 0, length);
    }

    private static byte unescaped(byte b) {
        return switch (b) {
            case '"', '\\', '/' -> b;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> 0;
        };
    }

    /** {@code null} if it is no UTF-8, or might be none. */
    private static @Nullable String utf8(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? null : text;
    }

    /** Is told by the parser's user where the values of a chunk are. One instance per chunk. */
    static final class Builder {

        private static final int MAX_INTEGERS = 4;

        private final int[] integers = new int[2 * MAX_INTEGERS];
        private int count;
        private int choices;
        private int textFrom;
        private int textTo;

        /** The parser stands on a value that nobody reads. */
        void ignored(JsonParser parser) throws IOException {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && count < integers.length) {
                integers[count++] = (int) parser.currentTokenLocation().getByteOffset();
                integers[count++] = integers[count - 2] + parser.getTextLength();
            }
        }

        /** The chunk has a choice, or one more. */
        void choice() {
            choices++;
        }

        /** The choice that counts has its text here. */
        void text(Choice choice) {
            textFrom = choice.index == 0 ? choice.textFrom : 0;
            textTo = choice.textTo;
        }

        /** Makes a template, or {@code null} if the chunk is none. */
        @Nullable ChunkTemplate build(byte[] buffer, int from, int to, ChatChunk chunk) {
            if (choices != 1 || textFrom == 0 || to - from > MAX_SIZE || !chunk.isText()) {
                return null;
            }
            int[] gaps = new int[count + 2];
            int textGap = 0;
            while (textGap < count && integers[textGap] < textFrom) {
                textGap += 2;
            }
            System.arraycopy(integers, 0, gaps, 0, textGap);
            gaps[textGap] = textFrom;
            gaps[textGap + 1] = textTo;
            System.arraycopy(integers, textGap, gaps, textGap + 2, count - textGap);
            ChunkTemplate template = new ChunkTemplate(Arrays.copyOfRange(buffer, from, to), gaps, textGap, chunk);
            // Its own chunk fits, if the parser counts bytes as expected.
            return Objects.equals(chunk.text(), template.textIn(buffer, from, to)) ? template : null;
        }
    }
}
