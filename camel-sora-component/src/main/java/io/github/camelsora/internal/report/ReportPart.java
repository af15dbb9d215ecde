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

/** A piece of a report that means something only as a whole. Takes characters until it knows what they are. */
abstract class ReportPart {

    /** What a character meant to a part. */
    enum Step {
        /** It belongs to the part, which goes on. */
        MORE,
        /** It was the part's last. */
        DONE,
        /** The part ended before it. */
        BEFORE,
        /** There is no such part: what was taken before this character is plain text. */
        BROKEN,
        /** As {@link #BROKEN}; nor can another part of this kind begin before the line ends. */
        BROKEN_LINE
    }

    /** The kinds of parts; a kind that proved broken is off while its text is read again. */
    enum Kind {
        NUMBER, BARE_LINK, TOKEN, LINK, TAG, JSON, FENCE;

        int bit() {
            return 1 << ordinal();
        }
    }

    final Kind kind;
    final StringBuilder taken = new StringBuilder();

    ReportPart(Kind kind) {
        this.kind = kind;
    }

    abstract Step accept(char c);

    /** The text ends here: {@link Step#DONE} or {@link Step#BROKEN}. */
    abstract Step end();

    /** What was taken but does not belong to the part, after {@link Step#BEFORE}. */
    CharSequence rest() {
        return "";
    }

    final Step take(char c) {
        taken.append(c);
        return Step.MORE;
    }
}
