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

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.generation.TaskJournal;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import io.github.camelsora.internal.text.TaskReference;
import io.github.camelsora.task.SoraTask;
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
    private final AnswerLimit limit;
    @SuppressWarnings("NullAway.Init") // set before anything is claimed
    private Listener listener;
    private @Nullable GenerationProtocol inner;
    private @Nullable TaskWriter writer;
    /** Nothing is begun any more. */
    private boolean over;
    private volatile @Nullable SoraTask waitsFor;
    /** By one thread at a time. */
    private volatile int races;

    ClaimedTask(TaskLedger ledger, Order order) {
        this.ledger = ledger;
        this.order = order;
        this.limit = new AnswerLimit(ledger, this::refuseLate);
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
        claimSoon();
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
        limit.answered();
        ledger.waiting().leave(this);
    }

    private boolean isOver() {
        synchronized (lock) {
            return over;
        }
    }

    private void claimSoon() {
        limit.queued();
        ledger.run(this::claim);
    }

    /** Claims the key, or finds out why it cannot be claimed. */
    private void claim() {
        if (isOver()) {
            return;
        }
        limit.asked();
        try {
            Claim claim = new Claim(ledger, order.task(ledger.clock().instant()), null);
            if (claim.isNew()) {
                begin(claim, order.reference());
            } else {
                meet(ledger.repository().find(key()).orElse(null));
            }
        } catch (Throwable e) {
            end(e);
        }
    }

    /** Goes on by what a look at all waiting keys has found. */
    void seen(@Nullable Stored stored) {
        races = 0;
        meet(stored);
    }

    /** Decides by what is stored under the key. */
    private void meet(@Nullable Stored stored) {
        if (isOver()) {
            return;
        }
        if (stored == null) {
            // Released meanwhile, as it was refused.
            claimAgain();
            return;
        }
        try {
            SoraTask task = stored.task();
            if (!order.isSameRequest(task)) {
                throw new IllegalArgumentException("Request key " + key() + " was used for another prompt, at "
                        + task.claimedAt() + "; nothing was sent. Give each order, and each step of its route, a key "
                        + "of its own");
            }
            switch (task.state()) {
                case COMPLETED -> end(new ProtocolEnd.Known(task.video(), null));
                case FAILED -> end(new ProtocolEnd.Known(task.video(), StoredFailure.failed(task)));
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

    /** Somebody was faster. At once; but a store that goes on contradicting itself is not asked without a pause. */
    private void claimAgain() {
        if (races++ == 0) {
            claimSoon();
        } else {
            waitInLine();
        }
    }

    private void waitFor(SoraTask task) {
        waitsFor = task;
        if (isPatient()) {
            waitInLine();
        } else {
            stopWaiting();
        }
    }

    private void waitInLine() {
        limit.answered();
        ledger.waiting().add(this);
        if (isOver()) {
            ledger.waiting().leave(this);
        }
    }

    /** Whether it goes on waiting for another process. */
    boolean isPatient() {
        return System.nanoTime() - since <= order.patience().toNanos();
    }

    /** The other process takes too long. */
    void stopWaiting() {
        SoraTask task = waitsFor;
        if (task != null) {
            end(new ProtocolEnd.Known(task.video(), StoredFailure.stillRunning(task,
                    Duration.ofNanos(System.nanoTime() - since))));
        } else {
            end(new TimeoutException("it neither grants the key nor names its owner"));
        }
    }

    private void takeOver(Stored stored) {
        SoraTask task = stored.task();
        TaskReference reference = TaskReference.of(task.taskId(), task.sourceUrl());
        if (reference.isEmpty() && !order.reference().isEmpty()) {
            reference = order.reference();
        }
        Claim claim = Claim.over(ledger, order, task, reference);
        if (claim == null) {
            forgo(stored, reference);
            return;
        }
        limit.asked();
        if (claim.isTakenOver(stored)) {
            begin(claim, reference);
        } else {
            claimAgain();
        }
    }

    /** There is nothing to follow, and nothing is bought again. */
    private void forgo(Stored stored, TaskReference reference) {
        SoraTask task = stored.task();
        if (!task.state().isFinished() && reference.isEmpty()) {
            limit.asked();
            // Nobody need find it again.
            ledger.repository().takeOver(ledger.newToken(), stored, StoredFailure.lostTask(task, ledger.clock().instant()));
        }
        end(new ProtocolEnd.Known(task.video(), StoredFailure.lost(task)));
    }

    private void begin(Claim claim, TaskReference reference) {
        TaskWriter own = claim.writer();
        if (!claim.isHeld()) {
            claimAgain();
            return;
        }
        GenerationProtocol protocol;
        try {
            protocol = reference.isEmpty() || !order.ways().canFollow(reference) ? order.ways().begin()
                    : order.ways().follow(reference);
        } catch (Throwable e) {
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
        limit.answered();
        try {
            own.open();
            if (!protocol.isPaid()) {
                listener.resumes(reference);
            }
            protocol.start(listener);
        } catch (Throwable e) {
            // The claim is kept if something may have been sent.
            IOException cause = new IOException(e.toString(), e);
            listener.ended(protocol.withdraw() ? new ProtocolEnd.NotSent(order.origin(), cause, null)
                    : new ProtocolEnd.Broken(cause));
        }
    }

    private void end(Throwable e) {
        end(new ProtocolEnd.NotClaimed(e));
    }

    private void end(ProtocolEnd end) {
        limit.answered();
        listener.ended(end);
    }

    /** Refuses what nobody answers. A claim that turns out to be stored after all is given back by {@link #begin}. */
    private void refuseLate() {
        synchronized (lock) {
            if (over || inner != null) {
                return;
            }
            over = true;
        }
        end(new TimeoutException("no answer within " + TaskLedger.LIMIT_SECONDS + " s"));
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
        limit.close();
        ledger.waiting().leave(this);
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
