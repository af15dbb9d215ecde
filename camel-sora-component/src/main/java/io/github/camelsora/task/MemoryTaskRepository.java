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
package io.github.camelsora.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Remembers the generations of this process, until it ends. What is finished is kept for a time, and as far as there is room:
 * the oldest of it goes first. What is not finished is always kept.
 *
 * <p>Every call is a few operations on maps under one lock. There is no timer: what has expired goes when something is stored.
 * As there is one process, its owner never dies.
 */
public final class MemoryTaskRepository implements SoraTaskRepository {

    private static final Comparator<Entry> OLDEST_FIRST = Comparator.comparing(entry -> entry.task.claimedAt());

    private final LongSupplier nanoTime;
    private final Object lock = new Object();
    private final Map<String, Entry> entries = new HashMap<>();
    /** Nearly always one for each id: different gateways could use the same. */
    private final Map<String, List<Entry>> byTaskId = new HashMap<>();
    /** In the order in which they finished. */
    private final Map<String, Entry> finished = new LinkedHashMap<>();
    private long finishedCharacters;

    private int maxFinished = 1_000;
    private long maxFinishedCharacters = 32L * 1024 * 1024;
    private Duration finishedExpiry = Duration.ofHours(24);

    /** Keeps at most 1,000 finished tasks, of 32 Mi characters in all, for 24 hours. */
    public MemoryTaskRepository() {
        this(System::nanoTime);
    }

    /** The clock is not that of the day, which may jump. */
    MemoryTaskRepository(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How many finished tasks are kept at most: 1,000 if not set, at least 1. */
    public void setMaxFinished(int maxFinished) {
        if (maxFinished < 1) {
            throw new IllegalArgumentException("maxFinished is at least 1, not " + maxFinished);
        }
        this.maxFinished = maxFinished;
    }

    /** How many characters their prompts, pictures, reports and links have at most: 32 Mi if not set. One is always kept. */
    public void setMaxFinishedCharacters(long maxFinishedCharacters) {
        this.maxFinishedCharacters = maxFinishedCharacters;
    }

    /** How long finished tasks are kept: 24 hours if not set. */
    public void setFinishedExpiry(Duration finishedExpiry) {
        this.finishedExpiry = finishedExpiry;
    }

    @Override
    public boolean claim(String token, SoraTask task) {
        synchronized (lock) {
            Entry stored = entries.get(task.key());
            if (stored != null) {
                return stored.token.equals(token);
            }
            store(new Entry(token, task));
            return true;
        }
    }

    @Override
    public boolean takeOver(String token, Stored seen, SoraTask next) {
        synchronized (lock) {
            Entry stored = entries.get(next.key());
            if (stored != null && stored.token.equals(token)) {
                return true;
            }
            if (stored == null || !stored.token.equals(seen.token()) || !stored.task.equals(seen.task())
                    || stored.owned && !stored.task.state().isFinished()) {
                return false;
            }
            store(new Entry(token, next));
            return true;
        }
    }

    @Override
    public boolean update(String token, SoraTask task) {
        return update(token, task, true);
    }

    @Override
    public boolean relinquish(String token, SoraTask task) {
        return update(token, task, false);
    }

    private boolean update(String token, SoraTask task, boolean owned) {
        synchronized (lock) {
            if (isForeign(token, entries.get(task.key()))) {
                return false;
            }
            Entry entry = new Entry(token, task);
            entry.owned = owned;
            store(entry);
            return true;
        }
    }

    @Override
    public boolean release(String token, String key) {
        synchronized (lock) {
            return !isForeign(token, entries.get(key)) && forget(key);
        }
    }

    @Override
    public Optional<Stored> find(String key) {
        synchronized (lock) {
            return Optional.ofNullable(entries.get(key)).map(Entry::seen);
        }
    }

    @Override
    public List<Stored> findAll(Collection<String> keys) {
        synchronized (lock) {
            return keys.stream().distinct().map(entries::get).filter(Objects::nonNull).map(Entry::seen).toList();
        }
    }

    @Override
    public Optional<Stored> findByTaskId(String taskId) {
        synchronized (lock) {
            return byTaskId.getOrDefault(taskId, List.of()).stream().max(OLDEST_FIRST).map(Entry::seen);
        }
    }

    @Override
    public List<SoraTask> unfinished(int max) {
        synchronized (lock) {
            return entries.values().stream().filter(entry -> !entry.owned && !entry.task.state().isFinished())
                    .sorted(OLDEST_FIRST).limit(max).map(entry -> entry.task).toList();
        }
    }

    @Override
    public boolean remove(String key) {
        synchronized (lock) {
            return forget(key);
        }
    }

    @Override
    public int removeFinished(Instant before) {
        synchronized (lock) {
            List<String> old = finished.values().stream().map(entry -> entry.task)
                    .filter(task -> task.updatedAt().isBefore(before)).map(SoraTask::key).toList();
            old.forEach(this::forget);
            return old.size();
        }
    }

    /** Does nothing: as long as this repository exists, its process lives. */
    @Override
    public void renewLease() {
    }

    @Override
    public Duration lease() {
        return Duration.ofDays(1);
    }

    private static boolean isForeign(String token, @Nullable Entry stored) {
        return stored == null || !stored.token.equals(token);
    }

    private void store(Entry entry) {
        String key = entry.task.key();
        forget(key);
        entries.put(key, entry);
        String taskId = entry.task.taskId();
        if (taskId != null) {
            byTaskId.computeIfAbsent(taskId, id -> new ArrayList<>(1)).add(entry);
        }
        if (entry.task.state().isFinished()) {
            entry.finishedNanos = nanoTime.getAsLong();
            entry.characters = TaskWeight.characters(entry.task);
            finished.put(key, entry);
            finishedCharacters += entry.characters;
        }
        makeRoom();
    }

    /** The youngest stays even if it is too large: a redelivery of its message would buy it again. */
    private void makeRoom() {
        long now = nanoTime.getAsLong();
        while (!finished.isEmpty()) {
            Iterator<Entry> oldestFirst = finished.values().iterator();
            Entry oldest = oldestFirst.next();
            boolean tooMany = finished.size() > maxFinished || finishedCharacters > maxFinishedCharacters;
            boolean expired = now - oldest.finishedNanos > finishedExpiry.toNanos();
            if (!expired && !(tooMany && oldestFirst.hasNext())) {
                return;
            }
            forget(oldest.task.key());
        }
    }

    private boolean forget(String key) {
        Entry entry = entries.remove(key);
        if (entry == null) {
            return false;
        }
        if (finished.remove(key) != null) {
            finishedCharacters -= entry.characters;
        }
        String taskId = entry.task.taskId();
        if (taskId != null) {
            byTaskId.computeIfPresent(taskId, (id, same) -> same.remove(entry) && same.isEmpty() ? null : same);
        }
        return true;
    }

    private static final class Entry {

        private final String token;
        private final SoraTask task;
        private boolean owned = true;
        private long finishedNanos;
        private long characters;

        Entry(String token, SoraTask task) {
            this.token = token;
            this.task = task;
        }

        Stored seen() {
            return new Stored(task, token, owned);
        }
    }
}
