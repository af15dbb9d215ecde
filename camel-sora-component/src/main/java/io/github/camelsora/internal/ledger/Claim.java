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
import java.util.function.BooleanSupplier;

import io.github.camelsora.internal.text.TaskReference;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository.Stored;
import io.github.camelsora.task.SoraTaskState;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to own a key. A connection that breaks does not tell whether the claim was stored, but its token does. Where it
 * is not known in the end, the claim is given back: as this process lives, nobody else could ever have the key.
 */
final class Claim {

    private final TaskLedger ledger;
    private final String token;
    private final SoraTask task;
    private final TaskWriter writer;

    /** @param before what is stored again if nothing comes of the claim; {@code null}: the key is free then */
    Claim(TaskLedger ledger, SoraTask task, @Nullable SoraTask before) {
        this.ledger = ledger;
        this.token = ledger.newToken();
        this.task = task;
        this.writer = new TaskWriter(ledger, token, task, before);
    }

    /** Of a task that is known, to follow it or, knowingly, to buy it again; {@code null} if neither can be done. */
    static @Nullable Claim over(TaskLedger ledger, Order order, SoraTask task, TaskReference reference) {
        Instant now = ledger.clock().instant();
        if (order.ways().canFollow(reference)) {
            return new Claim(ledger, task.with(SoraTaskState.SUBMITTED, task.video(), null, now), null);
        }
        // A second request that is refused leaves what is known of the first one.
        return reference.isEmpty() && order.resubmitLost() && order.ways().isPaid()
                ? new Claim(ledger, order.task(now), StoredFailure.lostTask(task, now)) : null;
    }

    TaskWriter writer() {
        return writer;
    }

    /** Claims a key that nobody has. May block. */
    boolean isNew() {
        ledger.lease().renewIfDue();
        return isStored(() -> ledger.repository().claim(token, task));
    }

    /** Takes a key over. May block. */
    boolean isTakenOver(Stored seen) {
        ledger.lease().renewIfDue();
        return isStored(() -> ledger.repository().takeOver(token, seen, task));
    }

    /**
     * Whether the key still is ours, right before the request is sent: if the process has stood still for long, others may have
     * taken it for dead. May block.
     */
    boolean isHeld() {
        if (ledger.lease().isSafe()) {
            return true;
        }
        try {
            ledger.lease().renewIfDue();
            return ledger.repository().update(token, task);
        } catch (Throwable e) {
            writer.withdraw();
            throw e;
        }
    }

    private boolean isStored(BooleanSupplier call) {
        try {
            return call.getAsBoolean();
        } catch (RuntimeException e) {
            return isStoredAnyway(call);
        } catch (Error e) {
            writer.withdraw();
            throw e;
        }
    }

    private boolean isStoredAnyway(BooleanSupplier call) {
        try {
            return call.getAsBoolean() || ledger.repository().find(task.key()).map(Stored::token).filter(token::equals)
                    .isPresent();
        } catch (Throwable e) {
            writer.withdraw();
            throw e;
        }
    }
}
