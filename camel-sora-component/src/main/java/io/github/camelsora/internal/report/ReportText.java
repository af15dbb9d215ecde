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

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a report. It comes in pieces, is asked for once, and one icon in a string builder would double the size of all
 * of it: long pieces are kept as they are, short ones joined, so that there are few.
 */
final class ReportText {

    private static final int MAX_JOINED = 128;

    private final List<String> pieces = new ArrayList<>();
    private final StringBuilder joined = new StringBuilder(MAX_JOINED);
    private int length;

    int length() {
        return length;
    }

    void append(CharSequence piece) {
        length += piece.length();
        if (joined.length() + piece.length() > MAX_JOINED) {
            keepJoined();
        }
        if (piece.length() > MAX_JOINED) {
            pieces.add(piece.toString());
        } else {
            joined.append(piece);
        }
    }

    private void keepJoined() {
        if (!joined.isEmpty()) {
            pieces.add(joined.toString());
            joined.setLength(0);
        }
    }

    @Override
    public String toString() {
        keepJoined();
        return String.join("", pieces);
    }
}
