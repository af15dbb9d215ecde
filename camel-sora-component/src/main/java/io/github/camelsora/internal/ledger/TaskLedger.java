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

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

import io.github.camelsora.internal.generation.TaskJournal;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTaskRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task repository as the generations of this process use it: on threads that may block, with one lease for all of them, and
 * one look in a while for all that wait for another process. Has no timer while nothing is claimed and nothing waits.
 * Thread-safe.
 */
public final class TaskLedger implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskLedger.class);
    /** Far beyond a statement's own timeout. */
    static final int LIMIT_SECONDS = 60;
    private static final int CLOSE_SECONDS = 5;

    private final SoraTaskRepository repository;
    private final Executor threads;
    private final LedgerTimer timer;
    private final Clock clock;
    private final Lease lease;
    private final String tokens = UUID.randomUUID() + "-";
    private final AtomicLong claims = new AtomicLong();
    private final WaitingTasks waiting = new WaitingTasks(this);
    private volatile long answeredAt = System.nanoTime();

    /**
     * @param threads for calls of the repository, which may block
     * @param leaseThread for those that renew the lease, so that they are in time while all others are slow
     * @param timer must not be held up: nothing blocks on it
     */
    public TaskLedger(SoraTaskRepository repository, Executor threads, Executor leaseThread, ScheduledExecutorService timer,
            Clock clock) {
        this.repository = repository;
        this.threads = threads;
        this.timer = new LedgerTimer(timer);
        this.clock = clock;
        this.lease = new Lease(repository, leaseThread, this.timer);
    }

    /** An order that is not claimed yet: it is when the protocol starts. */
    public ClaimedTask order(Order order) {
        return new ClaimedTask(this, order);
    }

    /**
     * Remembers generations that have no request key, without claiming their ids.
     *
     * @param origin of the gateway
     * @param keyFingerprint of the API key, or {@code null}
     * @return {@code null} if other processes use the repository too
     */
    public @Nullable TaskJournal withoutClaims(String origin, @Nullable String keyFingerprint) {
        return repository instanceof MemoryTaskRepository ? new RememberedAtEnd(this, origin, keyFingerprint) : null;
    }

    /**
     * Looks a task up.
     *
     * @param found called on a thread of the ledger with what is stored, or with what was thrown
     */
    public void find(Function<SoraTaskRepository, Optional<SoraTaskRepository.Stored>> question,
            BiConsumer<Optional<SoraTaskRepository.Stored>, @Nullable Throwable> found) {
        AtomicBoolean told = new AtomicBoolean();
        BiConsumer<Optional<SoraTaskRepository.Stored>, @Nullable Throwable> once = (stored, failure) -> {
            if (told.compareAndSet(false, true)) {
                found.accept(stored, failure);
            }
        };
        ScheduledFuture<?> limit = limit(() -> once.accept(Optional.empty(), new TimeoutException("The task repository has "
                + "not answered within " + LIMIT_SECONDS + " s")));
        run(() -> {
            Optional<SoraTaskRepository.Stored> stored = Optional.empty();
            Throwable failure = null;
            try {
                stored = question.apply(repository);
            } catch (Throwable e) {
                failure = e;
            }
            if (limit != null) {
                limit.cancel(false);
            }
            once.accept(stored, failure);
        });
    }

    /** The token of a new claim, unlike all others in the world. */
    String newToken() {
        return tokens + claims.incrementAndGet();
    }

    SoraTaskRepository repository() {
        return repository;
    }

    LedgerTimer timer() {
        return timer;
    }

    Clock clock() {
        return clock;
    }

    Lease lease() {
        return lease;
    }

    /** Runs what may block; on this thread once the threads are gone, so that nothing that was paid for is forgotten. */
    void run(Runnable call) {
        try {
            threads.execute(() -> {
                call.run();
                answered();
            });
        } catch (RejectedExecutionException e) {
            call.run();
        }
    }

    /** Repeats what has failed, after a pause. */
    @Nullable ScheduledFuture<?> later(Runnable call, long millis) {
        return timer.schedule(() -> run(call), millis, TimeUnit.MILLISECONDS);
    }

    /** Ends what the repository does not answer; {@code null} if it always answers at once. */
    @Nullable ScheduledFuture<?> limit(Runnable late) {
        return repository instanceof MemoryTaskRepository ? null : timer.schedule(late, LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** The repository has answered. */
    void answered() {
        answeredAt = System.nanoTime();
    }

    /** Whether the repository has answered nobody for long. */
    boolean isSilent() {
        return System.nanoTime() - answeredAt > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    }

    WaitingTasks waiting() {
        return waiting;
    }

    /** The task of a key has ended in this process. */
    void ended(String key) {
        waiting.ended(key);
    }

    /** Claims that are open, and generations that wait for another process: none while nothing is in flight. */
    public int pending() {
        return lease.open() + waiting.size();
    }

    /** Tries once more to store what could not be stored, for {@value #CLOSE_SECONDS} seconds at most. */
    @Override
    public void close() {
        waiting.close();
        CountDownLatch done = new CountDownLatch(1);
        run(() -> {
            try {
                lease.close();
            } finally {
                done.countDown();
            }
        });
        try {
            if (!done.await(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The task repository does not answer: {} claims are given up as they are", lease.open());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
