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
 * A block between lines of three backticks. JSON in it ends where the JSON ends, so that backticks within its strings mean
 * nothing. What turns out not to be JSON is skipped up to a line of nothing but backticks. If that never comes, the block
 * is read as text at the end: late is better than lost.
 */
final class FencePart extends ReportPart {

    /** Whether a block is open whose content is being read, so that the next line of backticks closes it. */
    static final class Openness {
        private boolean open;
    }

    private enum At {
        TICKS, LANGUAGE, BEFORE_JSON, JSON, BEHIND_JSON, SKIPPED
    }

    private static final int TICKS = 3;

    private final ReportTokens tokens;
    private final Openness openness;
    private final StringBuilder language = new StringBuilder();
    private final StringBuilder json = new StringBuilder();
    private JsonShape shape = new JsonShape();
    private At at = At.TICKS;
    private int ticks;
    private boolean onlyTicks;
    private boolean onlySpace;

    FencePart(ReportTokens tokens, Openness openness) {
        super(Kind.FENCE);
        this.tokens = tokens;
        this.openness = openness;
    }

    @Override
    Step accept(char c) {
        Step step = switch (at) {
            case TICKS -> ticks(c);
            case LANGUAGE -> language(c);
            case BEFORE_JSON -> beforeJson(c);
            case JSON -> json(c);
            case BEHIND_JSON -> behindJson(c);
            case SKIPPED -> skipped(c);
        };
        onlySpace = c == '\n' || c == '\r' || onlySpace && Character.isWhitespace(c);
        return step == Step.MORE || step == Step.DONE ? kept(step, c) : step;
    }

    @Override
    Step end() {
        boolean closed = at == At.SKIPPED && onlyTicks && ticks >= TICKS;
        return at == At.SKIPPED && !closed ? Step.BROKEN : Step.DONE;
    }

    private Step kept(Step step, char c) {
        take(c);
        return step;
    }

    private Step ticks(char c) {
        if (c == '`') {
            ticks++;
            return Step.MORE;
        }
        if (ticks < TICKS) {
            return Step.BROKEN;
        }
        at = At.LANGUAGE;
        return language(c);
    }

    private Step language(char c) {
        if (c == '`') {
            return Step.BROKEN;
        }
        boolean lineEnds = c == '\n' || c == '\r';
        if (!lineEnds && c != '{' && c != '<') {
            language.append(c);
            return Step.MORE;
        }
        String named = language.toString().strip().toLowerCase(Locale.ROOT);
        if (openness.open && named.isEmpty()) {
            openness.open = false;
            return c == '<' ? Step.BEFORE : Step.DONE;
        }
        if (named.startsWith("json") || named.isEmpty() && c != '<') {
            at = At.BEFORE_JSON;
            return beforeJson(c);
        }
        return content(named, lineEnds ? Step.DONE : Step.BEFORE);
    }

    private Step beforeJson(char c) {
        if (c == '{') {
            at = At.JSON;
            return json(c);
        }
        if (Character.isWhitespace(c)) {
            return Step.MORE;
        }
        if (c == '`') {
            at = At.BEHIND_JSON;
            return behindJson(c);
        }
        return content(language.toString().strip(), Step.BEFORE);
    }

    private Step content(String named, Step ifRead) {
        if (tokens.fence(named)) {
            openness.open = true;
            return ifRead;
        }
        return skip(' ');
    }

    private Step json(char c) {
        json.append(c);
        return switch (shape.accept(c)) {
            case MORE -> Step.MORE;
            case DONE -> {
                tokens.json(json.toString(), true);
                json.setLength(0);
                shape = new JsonShape();
                ticks = 0;
                at = At.BEHIND_JSON;
                yield Step.MORE;
            }
            case BROKEN_STRING -> skip(c);
            // a line of the report begins, so the block is over although nothing closed it
            case FOREIGN -> c == '>' && onlySpace ? Step.BEFORE : skip(c);
        };
    }

    private Step behindJson(char c) {
        if (c == '`') {
            return ++ticks == TICKS ? Step.DONE : Step.MORE;
        }
        if (c == '{') {
            at = At.JSON;
            return json(c);
        }
        return Character.isWhitespace(c) && ticks == 0 ? Step.MORE : Step.BEFORE;
    }

    private Step skip(char c) {
        at = At.SKIPPED;
        onlyTicks = c == '\n' || c == '\r';
        ticks = 0;
        return Step.MORE;
    }

    private Step skipped(char c) {
        if (c == '\n' || c == '\r') {
            if (onlyTicks && ticks >= TICKS) {
                return Step.DONE;
            }
            onlyTicks = true;
            ticks = 0;
        } else if (c == '`') {
            ticks++;
        } else if (!Character.isWhitespace(c)) {
            onlyTicks = false;
        }
        return Step.MORE;
    }
}
