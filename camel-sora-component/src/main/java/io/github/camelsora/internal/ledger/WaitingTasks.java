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

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.task.SoraTaskRepository.Stored;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations that wait for the owner of their key, without a thread: all of them are looked up at once, every second, and
 * those of a key when it ends in this process. Where a key has become free, one of them goes on, and the others wait for that
 * one. Thread-safe.
 */
final class WaitingTasks {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingTasks.class);
    private static final long LOOK_MILLIS = 1000;

    private final TaskLedger ledger;
    private final Map<String, Set<ClaimedTask>> tasks = new ConcurrentHashMap<>();
    private @Nullable ScheduledFuture<?> next;
    private boolean looking;
    private long since;

    WaitingTasks(TaskLedger ledger) {
        this.ledger = ledger;
    }

    void add(ClaimedTask task) {
        // In one step: a set that has become empty is removed by others.
        tasks.compute(task.key(), (key, same) -> {
            Set<ClaimedTask> all = same == null ? new LinkedHashSet<>() : same;
            all.add(task);
            return all;
        });
        schedule();
    }

    /** Waits no more. Returns whether it has. */
    boolean leave(ClaimedTask task) {
        boolean[] waited = new boolean[1];
        tasks.computeIfPresent(task.key(), (key, same) -> {
            waited[0] = same.remove(task);
            return same.isEmpty() ? null : same;
        });
        return waited[0];
    }

    int size() {
        return of(tasks.keySet()).size();
    }

    /** The task of a key has ended in this process: whoever waits for it here need not wait for the next look. */
    void ended(String key) {
        if (tasks.containsKey(key)) {
            ledger.run(() -> look(Set.of(key)));
        }
    }

    private Set<ClaimedTask> of(Collection<String> keys) {
        Set<ClaimedTask> found = new LinkedHashSet<>();
        keys.forEach(wanted -> tasks.computeIfPresent(wanted, (key, same) -> {
            found.addAll(same);
            return same;
        }));
        return found;
    }

    private synchronized void schedule() {
        if (next == null && !tasks.isEmpty()) {
            next = ledger.timer().schedule(this::tick, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** On the timer's thread: patience ends also while the repository does not answer. */
    private void tick() {
        boolean looks;
        synchronized (this) {
            next = null;
            // One that never returns does not keep the others from their videos.
            looks = !looking || System.nanoTime() - since > TimeUnit.SECONDS.toNanos(TaskLedger.LIMIT_SECONDS);
            if (looks) {
                looking = true;
                since = System.nanoTime();
            }
        }
        for (ClaimedTask task : of(tasks.keySet())) {
            if (!task.isPatient() && leave(task)) {
                task.stopWaiting();
            }
        }
        if (looks) {
            ledger.run(() -> {
                try {
                    look(List.copyOf(tasks.keySet()));
                } finally {
                    synchronized (this) {
                        looking = false;
                    }
                }
            });
        }
        schedule();
    }

    private void look(Collection<String> keys) {
        Set<ClaimedTask> asking = of(keys);
        if (asking.isEmpty()) {
            return;
        }
        Map<String, Stored> stored = new HashMap<>();
        try {
            ledger.repository().findAll(keys).forEach(each -> stored.put(each.task().key(), each));
            ledger.answered();
        } catch (Throwable e) {
            LOG.warn("The task repository could not be asked for {} keys that wait for another process; it is asked again: {}",
                    keys.size(), e.toString());
            return;
        }
        Set<String> taken = new HashSet<>();
        for (ClaimedTask task : asking) {
            Stored now = stored.get(task.key());
            boolean free = now == null || !now.owned() && !now.task().state().isFinished();
            if ((!free || taken.add(task.key())) && leave(task)) {
                goOn(task, now);
            }
        }
    }

    /** What will ask the repository again does so by itself, so that nobody waits for it. */
    private void goOn(ClaimedTask task, @Nullable Stored stored) {
        if (stored != null && stored.owned() && !stored.task().state().isFinished()) {
            task.seen(stored);
        } else {
            ledger.run(() -> task.seen(stored));
        }
    }

    synchronized void close() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
    }
}
