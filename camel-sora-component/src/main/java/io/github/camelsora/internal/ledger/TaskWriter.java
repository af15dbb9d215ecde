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

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskRepository.Stored;
import io.github.camelsora.task.SoraTaskState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what becomes known of one claimed task: in order, only the newest, and again until it is stored. What waits for a
 * write goes on when it is stored, when it has failed once, or after {@value Waiter#PATIENCE_SECONDS} seconds: trouble of the
 * repository does not keep a video from its route. Thread-safe.
 */
final class TaskWriter {

    private static final Logger LOG = LoggerFactory.getLogger(TaskWriter.class);
    private static final long[] PAUSES_MILLIS = { 1000, 2000, 5000, 10_000, 30_000 };

    private final TaskLedger ledger;
    private final String token;
    private final @Nullable SoraTask before;
    private SoraTask task;
    private @Nullable Write next;
    private List<Waiter> waiting = new ArrayList<>(1);
    private boolean busy;
    private int failures;
    private @Nullable ScheduledFuture<?> retry;

    private enum Kind { UPDATE, RELINQUISH, RELEASE }

    /** @param last whether the generation is over, and nothing comes after it */
    private record Write(Kind kind, SoraTask task, boolean last) {
    }

    /** @param before what is stored again if nothing comes of the claim; {@code null}: the key is free then */
    TaskWriter(TaskLedger ledger, String token, SoraTask task, @Nullable SoraTask before) {
        this.before = before;
        this.ledger = ledger;
        this.token = token;
        this.task = task;
    }

    /** From now on the claim is kept alive, until its end is written. */
    void open() {
        ledger.lease().open(this);
    }

    /** Gives back a claim for which nothing was sent, also one of which it is not known whether it was stored. */
    void withdraw() {
        SoraTask unused = current();
        write(unused.state() == SoraTaskState.CLAIMED ? nothingBought(unused) : new Write(Kind.RELINQUISH, unused, true),
                () -> { });
    }

    private Write nothingBought(SoraTask unused) {
        return before == null ? new Write(Kind.RELEASE, unused, true) : new Write(Kind.RELINQUISH, before, true);
    }

    void known(SoraVideo known, Runnable written) {
        write(new Write(Kind.UPDATE, current().with(SoraTaskState.SUBMITTED, known, null, ledger.clock().instant()), false),
                written);
    }

    void ended(GenerationResult result, SoraVideo known, Runnable written) {
        SoraTask earlier = current();
        SoraTask last = TaskEnd.of(earlier, result, known, ledger.clock().instant());
        write(last == null ? nothingBought(earlier)
                : new Write(last.state().isFinished() ? Kind.UPDATE : Kind.RELINQUISH, last, true), written);
    }

    private synchronized SoraTask current() {
        return task;
    }

    private void write(Write write, Runnable written) {
        Waiter waiter = new Waiter(written);
        boolean flushes;
        synchronized (this) {
            task = write.task();
            next = write;
            waiting.add(waiter);
            flushes = !busy || retry != null && retry.cancel(false);
            if (flushes) {
                retry = null;
                busy = true;
            }
        }
        if (flushes) {
            ledger.run(this::flush);
        }
        // Also behind a write that never returns.
        waiter.limit(ledger.timer());
    }

    /** @return whether nothing is left to write */
    boolean lastTry() {
        synchronized (this) {
            if (next == null || retry == null || !retry.cancel(false)) {
                return true;
            }
            retry = null;
        }
        flush();
        synchronized (this) {
            return next == null;
        }
    }

    private void flush() {
        while (true) {
            Write write;
            List<Waiter> told;
            synchronized (this) {
                write = next;
                next = null;
                told = waiting;
                waiting = new ArrayList<>(1);
                if (write == null) {
                    busy = false;
                    return;
                }
            }
            boolean stored = store(write);
            told.forEach(Waiter::goOn);
            if (!stored && repeatLater(write)) {
                return;
            }
        }
    }

    /** @return whether the repository could be reached */
    private boolean store(Write write) {
        try {
            if (!apply(write)) {
                LOG.warn("{} was taken over by another process, which took this one for dead; it is not stored", write.task());
            }
            failures = 0;
        } catch (Throwable e) {
            failures++;
            LOG.warn("{} could not be stored (attempt {}); it is tried again: {}", write.task(), failures, e.toString());
            return false;
        }
        if (write.last()) {
            ledger.lease().close(this);
            ledger.ended(write.task().key());
        }
        return true;
    }

    private boolean apply(Write write) {
        SoraTaskRepository repository = ledger.repository();
        return switch (write.kind()) {
            case UPDATE -> repository.update(token, write.task()) || isStoredAnyway(repository, write.task());
            case RELINQUISH -> repository.relinquish(token, write.task());
            case RELEASE -> {
                // Whether or not it was there: the claim itself may have failed.
                repository.release(token, write.task().key());
                yield true;
            }
        };
    }

    /** A video is a video, whoever owns the key by now; unless another one is there, or is being waited for. */
    private boolean isStoredAnyway(SoraTaskRepository repository, SoraTask task) {
        Stored stored = task.state() == SoraTaskState.COMPLETED ? repository.find(task.key()).orElse(null) : null;
        return stored != null && stored.task().state() != SoraTaskState.COMPLETED
                && repository.takeOver(ledger.newToken(), stored, task);
    }

    /** @return whether there is nothing newer to write at once */
    private synchronized boolean repeatLater(Write write) {
        if (next != null) {
            return false;
        }
        next = write;
        long pause = PAUSES_MILLIS[Math.min(failures, PAUSES_MILLIS.length) - 1];
        retry = ledger.later(this::flush, pause);
        return true;
    }

    /** Goes on once: when it is told to, or when it has waited for too long. */
    private static final class Waiter {

        static final int PATIENCE_SECONDS = 10;

        private @Nullable Runnable action;
        private @Nullable ScheduledFuture<?> limit;

        Waiter(Runnable action) {
            this.action = action;
        }

        synchronized void limit(LedgerTimer timer) {
            if (action != null) {
                limit = timer.schedule(this::goOn, PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }

        void goOn() {
            Runnable now;
            synchronized (this) {
                now = action;
                action = null;
                if (limit != null) {
                    limit.cancel(false);
                }
            }
            if (now == null) {
                return;
            }
            try {
                now.run();
            } catch (Throwable e) {
                LOG.error("A generation could not go on", e);
            }
        }
    }
}
