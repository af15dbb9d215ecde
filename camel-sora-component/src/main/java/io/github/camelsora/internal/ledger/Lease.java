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

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.task.SoraTaskRepository;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that this process is alive, for all of its claims at once: right before the first one, and every third of the lease
 * while there are open ones. Measured by a clock that never jumps. Thread-safe.
 */
final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);
    /** After a failure: there are many tries before the lease is over. */
    private static final int SOON = 30;

    private final SoraTaskRepository repository;
    private final Executor thread;
    private final LedgerTimer timer;
    private final long nanos;
    private final Set<TaskWriter> open = ConcurrentHashMap.newKeySet();
    private final Object renewing = new Object();
    private volatile long renewedAt;
    private volatile boolean renewed;
    private @Nullable ScheduledFuture<?> next;
    /** It is being renewed: the next time is known after that. */
    private boolean keeping;
    private volatile int failures;
    private boolean closed;

    Lease(SoraTaskRepository repository, Executor thread, LedgerTimer timer) {
        this.repository = repository;
        this.thread = thread;
        this.timer = timer;
        this.nanos = repository.lease().toNanos();
    }

    /** Before a claim: renews the lease if a third of it is over. May block. */
    void renewIfDue() {
        if (isFresh()) {
            return;
        }
        synchronized (renewing) {
            if (!isFresh()) {
                renew();
            }
        }
    }

    private void renew() {
        // From before the call: the repository's clock cannot have been earlier.
        long now = System.nanoTime();
        repository.renewLease();
        renewedAt = now;
        renewed = true;
    }

    /** Whether less than a third of the lease is over. */
    private boolean isFresh() {
        return renewed && System.nanoTime() - renewedAt < nanos / 3;
    }

    /** Whether nobody else can think that this process is dead, for a third of the lease at least. */
    boolean isSafe() {
        return renewed && System.nanoTime() - renewedAt < nanos / 3 * 2;
    }

    /** Keeps the lease for as long as a claim is open. */
    void open(TaskWriter claim) {
        open.add(claim);
        schedule();
    }

    synchronized void close(TaskWriter claim) {
        open.remove(claim);
        if (open.isEmpty() && next != null) {
            next.cancel(false);
            next = null;
        }
    }

    int open() {
        return open.size();
    }

    private synchronized void schedule() {
        if (next != null || keeping || closed || open.isEmpty()) {
            return;
        }
        next = timer.schedule(this::tick, nanos / (failures == 0 ? 3 : SOON), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        synchronized (this) {
            next = null;
            keeping = true;
        }
        try {
            thread.execute(this::keep);
        } catch (RejectedExecutionException e) {
            LOG.debug("The lease is not renewed any more", e);
        }
    }

    private void keep() {
        boolean kept = false;
        try {
            renew();
            kept = true;
        } catch (Throwable e) {
            if (failures == 0) {
                LOG.warn("The lease of {} claims in the task repository could not be renewed; it is tried again every {} ms. "
                        + "Without it other processes take them over: {}", open.size(),
                        TimeUnit.NANOSECONDS.toMillis(nanos / SOON), e.toString());
            }
            LOG.debug("The lease could not be renewed", e);
        } finally {
            synchronized (this) {
                keeping = false;
                failures = kept ? 0 : failures + 1;
            }
            schedule();
        }
    }

    /** Tries once more to store what is open, until that fails. May block. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (next != null) {
                next.cancel(false);
            }
        }
        for (TaskWriter claim : open) {
            if (!claim.lastTry()) {
                return;
            }
        }
    }
}
