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

import java.time.Instant;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.generation.TaskJournal;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskState;
import org.jspecify.annotations.Nullable;

/**
 * Remembers generations without a request key in the memory of this process. Nobody else can ask for their ids, which are new,
 * so that nothing is claimed; and nothing of one that runs could be found by anybody else, so that nothing is written before
 * the end. Costs an open generation no memory: one for all generations of a gateway. Thread-safe.
 */
final class RememberedAtEnd implements TaskJournal {

    private final TaskLedger ledger;
    private final String origin;
    private final @Nullable String keyFingerprint;

    RememberedAtEnd(TaskLedger ledger, String origin, @Nullable String keyFingerprint) {
        this.ledger = ledger;
        this.origin = origin;
        this.keyFingerprint = keyFingerprint;
    }

    @Override
    public boolean isToldBeforeEnd() {
        return false;
    }

    @Override
    public void known(SoraVideo known, Runnable written) {
        written.run();
    }

    @Override
    public void ended(GenerationResult result, SoraVideo known, Runnable written) {
        SoraException why = result.exception();
        String key = known.generationId();
        try {
            if (key != null && (why == null || why.getOutcome() != SoraOutcome.REFUSED)) {
                store(key, result, known);
            }
        } finally {
            written.run();
        }
    }

    private void store(String key, GenerationResult result, SoraVideo known) {
        Instant now = ledger.clock().instant();
        SoraTask begun = new SoraTask(key, "", Order.CHAT, origin, keyFingerprint, SoraTaskState.SUBMITTED, known, null, now,
                now);
        SoraTask ended = TaskEnd.of(begun, result, known, now);
        String token = ledger.newToken();
        if (ended != null && ledger.repository().claim(token, ended) && !ended.state().isFinished()) {
            ledger.repository().relinquish(token, ended);
        }
    }
}
