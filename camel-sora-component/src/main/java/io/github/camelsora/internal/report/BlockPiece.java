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

/**
 * JSON on lines of its own, or a block between lines of three backticks. JSON ends where its braces are closed, so backticks
 * in its strings mean nothing. A block that holds something else is read as text or skipped up to a line of nothing but
 * backticks; if that never comes, it is read as text at the end: late is better than lost.
 */
final class BlockPiece extends Piece {

    private enum At {
        TICKS, LANGUAGE, BETWEEN, JSON, SKIPPED
    }

    private static final int TICKS = 3;

    private final LineReader lines;
    private At at;
    private int ticks;
    private String language = "";
    private boolean jsonRead;
    private int jsonStart;
    private int depth;
    private boolean inString;
    private boolean escaped;
    /** Whether nothing but white space, in what is skipped also backticks, was read since the line began. */
    private boolean lineStart;

    private BlockPiece(LineReader lines, Kind kind, At first) {
        super(kind);
        this.lines = lines;
        this.at = first;
    }

    static BlockPiece json(LineReader lines) {
        return new BlockPiece(lines, Kind.JSON, At.JSON);
    }

    static BlockPiece fence(LineReader lines) {
        return new BlockPiece(lines, Kind.FENCE, At.TICKS);
    }

    @Override
    int read(StringBuilder held, int from, int index) {
        char c = held.charAt(index);
        int end = switch (at) {
            case TICKS -> ticks(c, held, from, index);
            case LANGUAGE -> language(c, held, from, index);
            case BETWEEN -> between(c, held, from, index);
            case JSON -> json(c, held, from, index);
            case SKIPPED -> skipped(c, index);
        };
        lineStart = isLineEnd(c) || lineStart && (Character.isWhitespace(c) || at == At.SKIPPED && c == '`');
        return end;
    }

    /** What is cut within JSON is not text: a prompt in it would be read as the report. */
    @Override
    int end(StringBuilder held, int from) {
        return at == At.SKIPPED && !isClosed() ? BROKEN : held.length();
    }

    private int ticks(char c, StringBuilder held, int from, int index) {
        if (c == '`') {
            ticks++;
            return OPEN;
        }
        at = At.LANGUAGE;
        return ticks < TICKS ? BROKEN : language(c, held, from, index);
    }

    private int language(char c, StringBuilder held, int from, int index) {
        if (c == '`') {
            return BROKEN;
        }
        if (!isLineEnd(c) && c != '{' && c != '<') {
            return OPEN;
        }
        language = held.substring(from + ticks, index).strip().toLowerCase(Locale.ROOT);
        ticks = 0;
        if (lines.closesFence(language)) {
            return isLineEnd(c) ? index + 1 : index;
        }
        if (language.startsWith("json") || language.isEmpty() && c != '<') {
            at = At.BETWEEN;
            return between(c, held, from, index);
        }
        return content(isLineEnd(c) ? index + 1 : index);
    }

    /** Before, between and behind JSON objects. */
    private int between(char c, StringBuilder held, int from, int index) {
        if (c == '`') {
            return ++ticks == TICKS ? index + 1 : OPEN;
        }
        if (c == '{') {
            at = At.JSON;
            jsonStart = index - from;
            return json(c, held, from, index);
        }
        if (Character.isWhitespace(c) && ticks == 0) {
            return OPEN;
        }
        return jsonRead || ticks > 0 ? index : content(index);
    }

    private int content(int end) {
        return lines.fence(language) ? end : skip();
    }

    private int json(char c, StringBuilder held, int from, int index) {
        if (inString) {
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return isLineEnd(c) ? noJson(c, index) : OPEN;
        }
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {
                if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == 'E' || " \t\r\n:,.+-".indexOf(c) >= 0)) {
                    return noJson(c, index);
                }
            }
        }
        return depth == 0 ? endOfJson(held.substring(from + jsonStart, index + 1), index + 1) : OPEN;
    }

    private int endOfJson(String json, int end) {
        boolean valid = lines.json(json, kind == Kind.FENCE);
        at = At.BETWEEN;
        jsonRead = true;
        return kind == Kind.FENCE ? OPEN : valid ? end : BROKEN;
    }

    private int noJson(char c, int index) {
        if (kind == Kind.JSON) {
            return BROKEN;
        }
        // a line of the report begins, so the block is over although nothing closed it
        return c == '>' && lineStart && !inString ? index : skip();
    }

    private int skip() {
        at = At.SKIPPED;
        lineStart = false;
        ticks = 0;
        return OPEN;
    }

    private int skipped(char c, int index) {
        if (isLineEnd(c)) {
            boolean closed = isClosed();
            ticks = 0;
            return closed ? index + 1 : OPEN;
        }
        ticks += c == '`' ? 1 : 0;
        return OPEN;
    }

    private boolean isClosed() {
        return lineStart && ticks >= TICKS;
    }
}
