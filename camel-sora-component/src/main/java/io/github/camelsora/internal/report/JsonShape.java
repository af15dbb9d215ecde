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

/** Follows the characters of a JSON object to its end: strings, escapes, depth. Does not check its grammar. */
final class JsonShape {

    enum Step {
        MORE, DONE,
        /** A raw line end within a string: this is no JSON, but what the gateway took for it may go on. */
        BROKEN_STRING,
        /** A character that JSON does not have there. */
        FOREIGN
    }

    private int depth;
    private boolean inString;
    private boolean escaped;

    Step accept(char c) {
        if (inString) {
            if (c == '\n' || c == '\r') {
                return Step.BROKEN_STRING;
            }
            inString = escaped || c != '"';
            escaped = !escaped && c == '\\';
            return Step.MORE;
        }
        switch (c) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> {
                boolean known = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c == 'E' || " \t\r\n:,.+-".indexOf(c) >= 0;
                return known ? Step.MORE : Step.FOREIGN;
            }
        }
        return depth == 0 ? Step.DONE : Step.MORE;
    }
}
