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

/** The token behind a label and a colon, in backticks or not: {@code `task_x`}, {@code veo3.1-pro:UUID}. */
final class TokenPart extends ReportPart {

    private static final int MAX = 256;

    private final ReportTokens tokens;
    private final StringBuilder token = new StringBuilder();
    private boolean ticked;

    TokenPart(ReportTokens tokens) {
        super(Kind.TOKEN);
        this.tokens = tokens;
    }

    @Override
    Step accept(char c) {
        boolean ornament = " \t`*\"".indexOf(c) >= 0;
        if (ornament && token.isEmpty() && taken.length() < MAX) {
            ticked |= c == '`';
            return take(c);
        }
        if (ornament || c == '\n' || c == '\r' || "|,，<>()[]".indexOf(c) >= 0) {
            return token.isEmpty() || ticked && c != '`' ? Step.BROKEN : ended();
        }
        if (taken.length() == MAX) {
            return Step.BROKEN;
        }
        token.append(c);
        return take(c);
    }

    @Override
    Step end() {
        return token.isEmpty() || ticked ? Step.BROKEN : ended();
    }

    private Step ended() {
        tokens.value(token.toString());
        return Step.BEFORE;
    }
}
