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
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

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
    private static final long LOOK_MILLIS = 1000;

    private final SoraTaskRepository repository;
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final Clock clock;
    private final Lease lease;
    private final String tokens = UUID.randomUUID() + "-";
    private final AtomicLong claims = new AtomicLong();
    private final Map<String, Set<ClaimedTask>> waiting = new ConcurrentHashMap<>();
    private @Nullable ScheduledFuture<?> look;

    /**
     * @param threads for calls of the repository, which may block
     * @param leaseThread for those that renew the lease, so that they are in time while all others are slow
     * @param timer must not be held up: nothing blocks on it
     */
    public TaskLedger(SoraTaskRepository repository, Executor threads, Executor leaseThread, ScheduledExecutorService timer,
            Clock clock) {
        this.repository = repository;
        this.threads = threads;
        this.timer = timer;
        this.clock = clock;
        this.lease = new Lease(repository, leaseThread, timer);
    }

    /** An order that is not claimed yet: it is when the protocol starts. */
    public ClaimedTask order(Order order) {
        return new ClaimedTask(this, order);
    }

    /**
     * Looks a task up.
     *
     * @param found called on a thread of the ledger with what is stored, or with what was thrown
     */
    public void find(Function<SoraTaskRepository, Optional<SoraTaskRepository.Stored>> question,
            BiConsumer<Optional<SoraTaskRepository.Stored>, @Nullable Throwable> found) {
        run(() -> {
            Optional<SoraTaskRepository.Stored> stored;
            try {
                stored = question.apply(repository);
            } catch (Throwable e) {
                found.accept(Optional.empty(), e);
                return;
            }
            found.accept(stored, null);
        });
    }

    /** The token of a new claim, unlike all others in the world. */
    String newToken() {
        return tokens + claims.incrementAndGet();
    }

    SoraTaskRepository repository() {
        return repository;
    }

    ScheduledExecutorService timer() {
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
            threads.execute(call);
        } catch (RejectedExecutionException e) {
            call.run();
        }
    }

    /** Repeats what has failed, after a pause. */
    @Nullable ScheduledFuture<?> later(Runnable call, long millis) {
        try {
            return timer.schedule(() -> run(call), millis, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing is repeated any more", e);
            return null;
        }
    }

    /** Tells a task when its key may have become free, or finished. */
    void await(ClaimedTask task) {
        waiting.computeIfAbsent(task.key(), key -> ConcurrentHashMap.newKeySet()).add(task);
        synchronized (this) {
            if (look == null) {
                look = timer.schedule(() -> run(this::look), LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Waits no more. */
    void leave(ClaimedTask task) {
        waiting.computeIfPresent(task.key(), (key, tasks) -> {
            tasks.remove(task);
            return tasks.isEmpty() ? null : tasks;
        });
    }

    /** The task of a key has ended in this process: whoever waits for it here need not wait for the next look. */
    void ended(String key) {
        Set<ClaimedTask> tasks = waiting.remove(key);
        if (tasks != null) {
            tasks.forEach(task -> run(task::claim));
        }
    }

    private void look() {
        synchronized (this) {
            look = null;
        }
        // One by one: what comes meanwhile is for the next look.
        Set<ClaimedTask> tasks = waiting.keySet().stream().map(waiting::remove).filter(Objects::nonNull)
                .flatMap(Collection::stream).collect(Collectors.toSet());
        if (tasks.isEmpty()) {
            return;
        }
        try {
            Map<String, SoraTaskRepository.Stored> stored = repository
                    .findAll(tasks.stream().map(ClaimedTask::key).collect(Collectors.toSet())).stream()
                    .collect(Collectors.toMap(each -> each.task().key(), Function.identity()));
            tasks.forEach(task -> task.meet(stored.get(task.key())));
        } catch (RuntimeException e) {
            LOG.warn("The task repository could not be asked for {} keys that wait for another process; it is asked again: {}",
                    tasks.size(), e.toString());
            tasks.forEach(this::await);
        }
    }

    /** Claims that are open, and generations that wait for another process: none while nothing is in flight. */
    public int pending() {
        return lease.open() + waiting.values().stream().mapToInt(Set::size).sum();
    }

    /** Tries once more to store what could not be stored. May block. */
    @Override
    public void close() {
        lease.close();
        synchronized (this) {
            if (look != null) {
                look.cancel(false);
                look = null;
            }
        }
    }
}
