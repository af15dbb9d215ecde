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
package io.github.camelsora.internal.ledger;

import java.util.concurrent.ScheduledFuture;

import org.jspecify.annotations.Nullable;

/** Ends what waits for an answer of the repository that does not come. Thread-safe. */
final class AnswerLimit {

    private final TaskLedger ledger;
    private final Runnable late;
    private boolean asked;
    private boolean closed;
    private @Nullable ScheduledFuture<?> limit;

    /** @param late called on the ledger's timer; must not block */
    AnswerLimit(TaskLedger ledger, Runnable late) {
        this.ledger = ledger;
        this.late = late;
    }

    /** A question waits for its turn. */
    synchronized void queued() {
        asked = false;
        arm();
    }

    /** The repository is asked. */
    synchronized void asked() {
        asked = true;
        arm();
    }

    private void arm() {
        if (limit == null && !closed) {
            limit = ledger.limit(this::expired);
        }
    }

    synchronized void answered() {
        if (limit != null) {
            limit.cancel(false);
            limit = null;
        }
    }

    /** There are no further questions. */
    synchronized void close() {
        closed = true;
        answered();
    }

    private void expired() {
        synchronized (this) {
            limit = null;
            if (closed) {
                return;
            }
            if (!asked && !ledger.isSilent()) {
                // Many were before it, and they get their answers.
                arm();
                return;
            }
        }
        late.run();
    }
}
