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

import io.github.camelsora.internal.text.SoraLink;

/**
 * {@code [label](url)} or, behind an exclamation mark, an image. A link within the label, as in
 * {@code [![picture](…)](video)}, is told first. Whole at the closing parenthesis, on one line.
 */
final class MarkdownLink extends ReportPart {

    private static final int MAX = 2 * SoraLink.MAX_LENGTH;

    private final ReportTokens tokens;
    private final boolean image;
    private final boolean outer;
    private final StringBuilder label = new StringBuilder();
    private final StringBuilder url = new StringBuilder();
    private int brackets;
    private int parentheses;
    private boolean labelEnded;
    private boolean titled;
    private MarkdownLink inner;

    MarkdownLink(ReportTokens tokens, boolean image) {
        this(tokens, image, true);
    }

    private MarkdownLink(ReportTokens tokens, boolean image, boolean outer) {
        super(Kind.LINK);
        this.tokens = tokens;
        this.image = image;
        this.outer = outer;
    }

    @Override
    Step accept(char c) {
        if (c == '\n' || c == '\r' || taken.length() > MAX) {
            return Step.BROKEN_LINE;
        }
        take(c);
        return inner != null ? inner(c) : labelEnded ? address(c) : label(c);
    }

    @Override
    Step end() {
        return Step.BROKEN;
    }

    private Step label(char c) {
        if (c == '[' && brackets == 1 && outer) {
            inner = new MarkdownLink(tokens, taken.charAt(taken.length() - 2) == '!', false);
            return inner(c);
        }
        if (c == '[') {
            brackets++;
        } else if (c == ']' && --brackets == 0) {
            labelEnded = true;
        }
        label.append(c);
        return Step.MORE;
    }

    private Step inner(char c) {
        Step step = inner.accept(c);
        switch (step) {
            case MORE -> {
            }
            case DONE -> {
                taken.setLength(taken.length() - inner.taken.length());
                inner = null;
            }
            default -> {
                label.append(inner.taken);
                inner = null;
                return label(c);
            }
        }
        return Step.MORE;
    }

    private Step address(char c) {
        if (parentheses == 0 && c != '(') {
            taken.setLength(taken.length() - 1);
            return Step.BROKEN;
        }
        if (c == '(' && parentheses++ == 0) {
            return Step.MORE;
        }
        if (c == ')' && --parentheses == 0) {
            return whole();
        }
        titled |= Character.isWhitespace(c) && !url.isEmpty();
        if (!titled && !Character.isWhitespace(c)) {
            url.append(c);
        }
        return Step.MORE;
    }

    private Step whole() {
        int length = url.length();
        boolean pointed = length > 1 && url.charAt(0) == '<' && url.charAt(length - 1) == '>';
        String address = pointed ? url.substring(1, length - 1) : url.toString();
        if (SoraLink.isLink(address)) {
            tokens.link(label.substring(1, label.length() - 1), address, image);
        }
        return Step.DONE;
    }
}
