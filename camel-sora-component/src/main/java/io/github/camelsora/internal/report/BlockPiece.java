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
        TICKS, LANGUAGE, BEFORE_JSON, JSON, BEHIND_JSON, SKIPPED
    }

    private static final int TICKS = 3;

    private final LineReader lines;
    private At at;
    private int ticks;
    private int jsonStart;
    private int depth;
    private boolean inString;
    private boolean escaped;
    private boolean lineStart;
    private boolean onlyTicks;

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
            case BEFORE_JSON -> beforeJson(c, held, from, index);
            case JSON -> json(c, held, from, index);
            case BEHIND_JSON -> behindJson(c, held, from, index);
            case SKIPPED -> skipped(c, index);
        };
        lineStart = isLineEnd(c) || lineStart && Character.isWhitespace(c);
        return end;
    }

    /** What is cut within JSON is not text: a prompt in it would be read as the report. */
    @Override
    int end(StringBuilder held, int from) {
        boolean closed = onlyTicks && ticks >= TICKS;
        return at == At.SKIPPED && !closed ? BROKEN : held.length();
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
        String named = named(held, from, index);
        if (lines.closesFence(named)) {
            return isLineEnd(c) ? index + 1 : index;
        }
        if (named.startsWith("json") || named.isEmpty() && c != '<') {
            at = At.BEFORE_JSON;
            jsonStart = index - from;
            return beforeJson(c, held, from, index);
        }
        return content(named, isLineEnd(c) ? index + 1 : index);
    }

    private String named(StringBuilder held, int from, int to) {
        return held.substring(from + ticks, to).strip().toLowerCase(Locale.ROOT);
    }

    private int beforeJson(char c, StringBuilder held, int from, int index) {
        if (c == '{') {
            return beginJson(c, held, from, index);
        }
        if (c == '`') {
            at = At.BEHIND_JSON;
            ticks = 1;
            return OPEN;
        }
        return Character.isWhitespace(c) ? OPEN : content(named(held, from, from + jsonStart), index);
    }

    private int content(String language, int end) {
        return lines.fence(language) ? end : skip(false);
    }

    private int beginJson(char c, StringBuilder held, int from, int index) {
        at = At.JSON;
        jsonStart = index - from;
        return json(c, held, from, index);
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
        at = At.BEHIND_JSON;
        ticks = 0;
        return kind == Kind.FENCE ? OPEN : valid ? end : BROKEN;
    }

    private int noJson(char c, int index) {
        if (kind == Kind.JSON) {
            return BROKEN;
        }
        // a line of the report begins, so the block is over although nothing closed it
        return c == '>' && lineStart && !inString ? index : skip(isLineEnd(c));
    }

    private int behindJson(char c, StringBuilder held, int from, int index) {
        if (c == '`') {
            return ++ticks == TICKS ? index + 1 : OPEN;
        }
        if (c == '{') {
            return beginJson(c, held, from, index);
        }
        return Character.isWhitespace(c) && ticks == 0 ? OPEN : index;
    }

    private int skip(boolean lineStarts) {
        at = At.SKIPPED;
        onlyTicks = lineStarts;
        ticks = 0;
        return OPEN;
    }

    private int skipped(char c, int index) {
        if (isLineEnd(c)) {
            if (onlyTicks && ticks >= TICKS) {
                return index + 1;
            }
            onlyTicks = true;
            ticks = 0;
        } else if (c == '`') {
            ticks++;
        } else {
            onlyTicks &= Character.isWhitespace(c);
        }
        return OPEN;
    }
}
