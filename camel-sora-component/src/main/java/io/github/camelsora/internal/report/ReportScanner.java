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

import io.github.camelsora.internal.report.ReportPart.Kind;
import io.github.camelsora.internal.report.ReportPart.Step;

/**
 * Splits the text of a report into tokens, character by character. A piece that turns out not to be what it looked like
 * (a bracket without a link) is read once more as plain text, with that kind of piece switched off, so that every
 * character is looked at a fixed number of times. Knows no word of any language, and not what a token means.
 */
final class ReportScanner {

    private static final int MAX_RUN = 512;
    private static final int MAX_LINE = 4096;

    private final ReportTokens tokens;
    private final boolean blocks;
    private final StringBuilder run = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private final FencePart.Openness fence = new FencePart.Openness();
    private ReportPart part;
    private int offWhileReplaying;
    private int offInLine;
    private boolean started;
    private boolean quoted;
    private int dots;
    private char last;
    private boolean glued;
    private boolean digitInWord;
    private long steps;

    /** @param blocks whether JSON and fenced blocks are expected */
    ReportScanner(ReportTokens tokens, boolean blocks) {
        this.tokens = tokens;
        this.blocks = blocks;
    }

    /** How often a character was looked at. */
    long steps() {
        return steps;
    }

    void accept(char c) {
        steps++;
        if (part == null) {
            plain(c);
            return;
        }
        switch (part.accept(c)) {
            case MORE -> {
            }
            case DONE -> whole();
            case BEFORE -> {
                CharSequence rest = part.rest();
                whole();
                for (int i = 0; i < rest.length(); i++) {
                    accept(rest.charAt(i));
                }
                accept(c);
            }
            case BROKEN -> {
                replay(part);
                accept(c);
            }
            case BROKEN_LINE -> {
                offInLine |= part.kind.bit();
                replay(part);
                accept(c);
            }
        }
    }

    /** The text ends here. */
    void end() {
        while (part != null) {
            offInLine |= part.kind.bit();
            if (part.end() == Step.DONE) {
                whole();
            } else {
                replay(part);
            }
        }
        endLine();
    }

    private void whole() {
        ReportPart done = part;
        part = null;
        if (started) {
            int room = Math.min(done.taken.length(), MAX_LINE - line.length());
            line.append(done.taken, 0, Math.max(0, room));
        }
        if (done instanceof NumberPart number && number.twoDots()) {
            dots = 2;
        }
        last = ' ';
        glued = false;
        digitInWord = false;
    }

    private void replay(ReportPart broken) {
        part = null;
        int before = offWhileReplaying;
        offWhileReplaying |= broken.kind.bit();
        for (int i = 0; i < broken.taken.length(); i++) {
            accept(broken.taken.charAt(i));
        }
        offWhileReplaying = before;
    }

    private void open(ReportPart opened, char c) {
        flush(false);
        endDots();
        part = opened;
        accept(c);
    }

    private boolean on(Kind kind) {
        return ((offWhileReplaying | offInLine) & kind.bit()) == 0;
    }

    private void plain(char c) {
        if (c == '\n' || c == '\r') {
            endLine();
        } else if (started || !beforeLine(c)) {
            inLine(c);
            last = c;
        }
    }

    private boolean beforeLine(char c) {
        if (c == '>') {
            quoted = true;
            return true;
        }
        if (Character.isWhitespace(c) || c == '\uFEFF') {
            return true;
        }
        if (blocks && !quoted && c == '`' && on(Kind.FENCE)) {
            open(new FencePart(tokens, fence), c);
            return true;
        }
        if (blocks && !quoted && c == '{' && on(Kind.JSON)) {
            open(new JsonPart(tokens), c);
            return true;
        }
        started = true;
        tokens.lineStarted(quoted);
        return false;
    }

    private void inLine(char c) {
        if (c >= '0' && c <= '9') {
            digit(c);
        } else if (c == '.' || c == '…') {
            write(c);
            flush(true);
            dots += c == '.' ? 1 : 3;
            glued = digitInWord && last != '.';
        } else if (c == '[' && on(Kind.LINK)) {
            open(new MarkdownLink(tokens, last == '!'), c);
        } else if (c == '<' && on(Kind.TAG)) {
            open(new HtmlTag(tokens), c);
        } else if (c == ':' || c == '：') {
            colon(c);
        } else if (c == '/' && last == '/' && endsWithScheme("/") && on(Kind.BARE_LINK)) {
            bareLink();
        } else {
            text(c);
            glue(c);
        }
    }

    private void digit(char c) {
        if (!glued && on(Kind.NUMBER)) {
            open(new NumberPart(tokens), c);
        } else {
            text(c);
            glued = true;
            digitInWord = true;
        }
    }

    private void colon(char c) {
        boolean inWord = c == ':' && (digitInWord || endsWithScheme(""));
        if (inWord) {
            text(c);
            return;
        }
        write(c);
        flush(false);
        endDots();
        glued = false;
        if (tokens.colon()) {
            part = new TokenPart(tokens);
        }
    }

    /** Whether a digit behind this character belongs to a word, a size, a date, a path or a price. */
    private void glue(char c) {
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
        boolean joint = c == '-' || c == '/' || c == '$' || c == '¥' || c == '=' || c == '&' || c == '%' || c == '#';
        glued = letter || joint || digitInWord && (c == ',' || c == '×');
        digitInWord &= glued;
    }

    /** Whether the run ends with {@code http:} or {@code https:} and what is given; the colon may be still to come. */
    private boolean endsWithScheme(String tail) {
        return runEndsWith("http" + (tail.isEmpty() ? "" : ":") + tail)
                || runEndsWith("https" + (tail.isEmpty() ? "" : ":") + tail);
    }

    private boolean runEndsWith(String tail) {
        int start = run.length() - tail.length();
        for (int i = 0; i < tail.length(); i++) {
            if (start < 0 || Character.toLowerCase(run.charAt(start + i)) != tail.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void bareLink() {
        int start = run.length() - (Character.toLowerCase(run.charAt(run.length() - 3)) == 's' ? 7 : 6);
        String scheme = run.substring(start);
        run.setLength(start);
        line.setLength(Math.max(0, line.length() - scheme.length()));
        flush(false);
        endDots();
        part = new BareLink(tokens);
        for (int i = 0; i < scheme.length(); i++) {
            accept(scheme.charAt(i));
        }
        accept('/');
    }

    private void text(char c) {
        endDots();
        write(c);
        run.append(c);
        if (run.length() == MAX_RUN) {
            flush(false);
        }
    }

    private void write(char c) {
        if (line.length() < MAX_LINE) {
            line.append(c);
        }
    }

    private void flush(boolean beforeDots) {
        if (!run.isEmpty()) {
            tokens.text(run, beforeDots);
            run.setLength(0);
        }
    }

    private void endDots() {
        if (dots > 0) {
            int count = dots;
            dots = 0;
            tokens.dotsEnded(count);
        }
    }

    private void endLine() {
        flush(false);
        endDots();
        tokens.lineEnded(line);
        started = false;
        quoted = false;
        line.setLength(0);
        last = '\n';
        glued = false;
        digitInWord = false;
        offInLine = 0;
    }
}
