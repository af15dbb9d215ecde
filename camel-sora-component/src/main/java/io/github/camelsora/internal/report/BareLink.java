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

/** A link that just stands there: whole at white space, at a character that no link holds, or at the end of the text. */
final class BareLink extends ReportPart {

    private final ReportTokens tokens;
    private boolean tooLong;

    BareLink(ReportTokens tokens) {
        super(Kind.BARE_LINK);
        this.tokens = tokens;
    }

    @Override
    Step accept(char c) {
        if (c <= ' ' || c > '~' || c == '<' || c == '>' || c == '"' || c == '`' || c == '|') {
            tell();
            return Step.BEFORE;
        }
        tooLong |= taken.length() > SoraLink.MAX_LENGTH;
        return tooLong ? Step.MORE : take(c);
    }

    @Override
    Step end() {
        tell();
        return Step.DONE;
    }

    private void tell() {
        String url = withoutPunctuation();
        if (!tooLong && SoraLink.isLink(url)) {
            tokens.link(null, url, false);
        }
    }

    private String withoutPunctuation() {
        int end = taken.length();
        String punctuation = taken.indexOf("(") < 0 ? ".,;:!?'*]~)" : ".,;:!?'*]~";
        while (end > 0 && punctuation.indexOf(taken.charAt(end - 1)) >= 0) {
            end--;
        }
        return taken.substring(0, end);
    }
}
