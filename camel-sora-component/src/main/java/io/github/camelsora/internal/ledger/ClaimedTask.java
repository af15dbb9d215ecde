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

import java.time.Duration;
import java.util.Optional;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.generation.TaskJournal;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import io.github.camelsora.internal.text.TaskReference;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskRepository.Stored;
import io.github.camelsora.task.SoraTaskState;
import org.jspecify.annotations.Nullable;

/**
 * A generation that is paid for once: claims its key before anything is sent, and then sends the request, follows the task that
 * exists, waits for the process that owns it, or answers with what is stored. What becomes known afterwards is written by its
 * {@link TaskWriter}. No thread waits. Thread-safe.
 */
public final class ClaimedTask implements GenerationProtocol, TaskJournal {

    private final TaskLedger ledger;
    private final Order order;
    private final Object lock = new Object();
    private final long since = System.nanoTime();
    @SuppressWarnings("NullAway.Init") // set before anything is claimed
    private Listener listener;
    private @Nullable GenerationProtocol inner;
    private @Nullable TaskWriter writer;
    /** Nothing is begun any more. */
    private boolean over;

    ClaimedTask(TaskLedger ledger, Order order) {
        this.ledger = ledger;
        this.order = order;
    }

    String key() {
        return order.key();
    }

    @Override
    public boolean isPaid() {
        synchronized (lock) {
            return inner == null ? order.ways().isPaid() : inner.isPaid();
        }
    }

    @Override
    public void start(Listener told) {
        listener = told;
        told.started(this::giveUp);
        ledger.run(this::claim);
    }

    @Override
    public boolean withdraw() {
        GenerationProtocol begun;
        synchronized (lock) {
            begun = inner;
            if (begun == null) {
                over = true;
            }
        }
        return begun == null || begun.withdraw();
    }

    private void giveUp() {
        synchronized (lock) {
            over = true;
        }
        ledger.leave(this);
    }

    private boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    /** Claims the key, or finds out why it cannot be claimed. */
    void claim() {
        if (isOver()) {
            return;
        }
        String token = ledger.newToken();
        SoraTask task = order.task(ledger.clock().instant());
        try {
            ledger.lease().renewIfDue();
            if (isClaimed(token, task)) {
                begin(token, task, order.reference());
            } else {
                meet(ledger.repository().find(key()).orElse(null));
            }
        } catch (Throwable e) {
            // Not known whether it is stored. If it is, nobody else could ever have the key.
            new TaskWriter(ledger, token, task).withdraw();
            end(e);
        }
    }

    /** A connection that breaks does not tell whether the claim was stored: once more with the same token, which does. */
    private boolean isClaimed(String token, SoraTask task) {
        SoraTaskRepository repository = ledger.repository();
        try {
            return repository.claim(token, task);
        } catch (RuntimeException e) {
            if (repository.claim(token, task)) {
                return true;
            }
            Optional<Stored> stored = repository.find(task.key());
            return stored.isPresent() && stored.get().token().equals(token);
        }
    }

    /** Decides by what is stored under the key. */
    void meet(@Nullable Stored stored) {
        if (isOver()) {
            return;
        }
        if (stored == null) {
            // Released meanwhile, as it was refused.
            ledger.run(this::claim);
            return;
        }
        try {
            SoraTask task = stored.task();
            if (!order.isSameRequest(task)) {
                throw new IllegalArgumentException("Request key " + key() + " was used for another prompt, at "
                        + task.claimedAt() + "; nothing was sent. Give each order a key of its own");
            }
            switch (task.state()) {
                case COMPLETED -> listener.ended(new ProtocolEnd.Known(task.video(), null));
                case FAILED -> listener.ended(new ProtocolEnd.Known(task.video(), StoredFailure.failed(task)));
                case LOST -> takeOver(stored);
                case CLAIMED, SUBMITTED -> {
                    if (stored.owned()) {
                        waitFor(task);
                    } else {
                        takeOver(stored);
                    }
                }
            }
        } catch (Throwable e) {
            end(e);
        }
    }

    private void waitFor(SoraTask task) {
        Duration waited = Duration.ofNanos(System.nanoTime() - since);
        if (waited.compareTo(order.patience()) > 0) {
            listener.ended(new ProtocolEnd.Known(task.video(), StoredFailure.stillRunning(task, waited)));
            return;
        }
        ledger.await(this);
        if (isOver()) {
            ledger.leave(this);
        }
    }

    private void takeOver(Stored stored) {
        SoraTask task = stored.task();
        TaskReference reference = TaskReference.of(task.taskId(), task.sourceUrl());
        if (reference.isEmpty() && !order.reference().isEmpty()) {
            reference = order.reference();
        }
        SoraTask next;
        if (order.ways().canFollow(reference)) {
            next = task.with(SoraTaskState.SUBMITTED, task.video(), null, ledger.clock().instant());
        } else if (reference.isEmpty() && order.resubmitLost() && order.ways().isPaid()) {
            next = order.task(ledger.clock().instant());
        } else {
            forgo(stored, reference);
            return;
        }
        ledger.lease().renewIfDue();
        String token = ledger.newToken();
        if (ledger.repository().takeOver(token, stored, next)) {
            begin(token, next, reference);
        } else {
            ledger.run(this::claim);
        }
    }

    /** There is nothing to follow, and nothing is bought again. */
    private void forgo(Stored stored, TaskReference reference) {
        SoraTask task = stored.task();
        if (!task.state().isFinished() && reference.isEmpty()) {
            // Nobody need find it again.
            ledger.repository().takeOver(ledger.newToken(), stored, task.with(SoraTaskState.LOST, task.video(),
                    StoredFailure.unanswered(task), ledger.clock().instant()));
        }
        listener.ended(new ProtocolEnd.Known(task.video(), StoredFailure.lost(task)));
    }

    private void begin(String token, SoraTask task, TaskReference reference) {
        TaskWriter own = new TaskWriter(ledger, token, task);
        if (!ledger.lease().isSafe()) {
            // The process has stood still: others may have taken it for dead.
            ledger.lease().renewIfDue();
            if (!ledger.repository().update(token, task)) {
                ledger.run(this::claim);
                return;
            }
        }
        GenerationProtocol protocol;
        try {
            protocol = reference.isEmpty() || !order.ways().canFollow(reference) ? order.ways().begin()
                    : order.ways().follow(reference);
        } catch (RuntimeException e) {
            own.withdraw();
            throw e;
        }
        boolean begins;
        synchronized (lock) {
            begins = !over;
            if (begins) {
                inner = protocol;
                writer = own;
            }
        }
        if (!begins) {
            own.withdraw();
            return;
        }
        own.open();
        if (!protocol.isPaid()) {
            listener.resumes(reference);
        }
        protocol.start(listener);
    }

    private void end(Throwable e) {
        listener.ended(new ProtocolEnd.NotClaimed(e));
    }

    @Override
    public void known(SoraVideo known, Runnable written) {
        TaskWriter own = writer();
        if (own == null) {
            written.run();
        } else {
            own.known(known, written);
        }
    }

    @Override
    public void ended(GenerationResult result, SoraVideo known, Runnable written) {
        TaskWriter own;
        synchronized (lock) {
            over = true;
            own = writer;
        }
        ledger.leave(this);
        if (own == null) {
            written.run();
        } else {
            own.ended(result, known, written);
        }
    }

    private @Nullable TaskWriter writer() {
        synchronized (lock) {
            return writer;
        }
    }
}
