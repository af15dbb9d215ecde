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

import java.util.List;

/** How far a report has come. How it goes on is all in one table. */
enum Phase {

    /** Nothing but links was read: one may be the whole report. */
    OPENING,
    /** The gateway speaks of the task, or of other things: only what is plainly a video is the result. */
    RUNNING,
    /** The task is said to be complete: its links follow. */
    COMPLETE,
    /** A link of the result was read: more may follow, until there is other text. */
    DELIVERED,
    /** A failure was told: nothing counts until the task goes on. */
    FAILED,
    /** Complete was said behind a failure: its links count, and the first one disproves the failure. */
    DOUBTFUL;

    /** What takes a report to another phase. */
    enum Turn {
        /** Text that tells of nothing in particular. */
        TEXT,
        /** The task is said to be complete. */
        COMPLETION,
        /** A link of the result. */
        RESULT,
        /** A failure is told. */
        FAILURE,
        /** The task goes on: a stage, a percentage, another try. */
        GOES_ON
    }

    /** A row for each phase, in their order. */
    private static final List<List<Phase>> AFTER = List.of(
            //      TEXT      COMPLETION RESULT     FAILURE GOES_ON
            List.of(RUNNING,  COMPLETE,  OPENING,   FAILED, OPENING),
            List.of(RUNNING,  COMPLETE,  DELIVERED, FAILED, RUNNING),
            List.of(COMPLETE, COMPLETE,  DELIVERED, FAILED, COMPLETE),
            List.of(RUNNING,  COMPLETE,  DELIVERED, FAILED, DELIVERED),
            List.of(FAILED,   DOUBTFUL,  DELIVERED, FAILED, RUNNING),
            List.of(DOUBTFUL, DOUBTFUL,  DELIVERED, FAILED, COMPLETE));

    Phase after(Turn turn) {
        return AFTER.get(ordinal()).get(turn.ordinal());
    }

    /** Whether the links of the result may come now. */
    boolean expectsResult() {
        return this == COMPLETE || this == DELIVERED || this == DOUBTFUL;
    }

    /** Whether a failure was told, and nothing has disproved it. */
    boolean hasFailed() {
        return this == FAILED || this == DOUBTFUL;
    }
}
