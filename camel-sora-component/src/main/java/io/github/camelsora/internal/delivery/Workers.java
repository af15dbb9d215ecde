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
package io.github.camelsora.internal.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on threads of a cached pool, a limited number at a time, and queues the rest. A task that is blocked does not
 * count: while it waits, another one runs in its place. So routes that block, or that wait for each other, delay nobody else,
 * and fast tasks need few threads. Never runs a task in the calling thread.
 *
 * <p>{@link WorkerState} says when a task counts as blocked. A task that comes while all threads are busy looks for such ones,
 * so it is held up by none that waits; while tasks are queued, the timer looks every {@value #TICK_MILLIS} ms. Thread-safe.
 */
public final class Workers implements Executor, AutoCloseable {

    static final int TICK_MILLIS = 10;
    /** Far beyond what a machine runs well. More tasks than this, all blocked, wait in the queue. */
    static final int MAX_THREADS = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final long IDLE_MILLIS = 1000;
    private static final long CORE_IDLE_MILLIS = 60_000;

    private final int core;
    private final int max;
    private final int limit;
    private final Executor threads;
    private final ScheduledExecutorService timer;
    private final long coreIdleMillis;
    /** Tests hold it, to stop the workers. */
    final ReentrantLock lock = new ReentrantLock();
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final Set<Worker> workers = new LinkedHashSet<>();
    /** Workers that will take a task at once: they wait for one, or their thread is about to start. */
    private int ready;
    /** Those of the ready ones that wait. The last one is woken first: so those that are not needed are idle, and end. */
    private final Deque<Worker> waiting = new ArrayDeque<>();
    /** Whether a worker has been woken that does not run yet. */
    private boolean waking;
    private int blocked;
    private boolean watching;
    private long looked = System.nanoTime();
    /** Whether a task has ended since the last look, and how many looks in a row found none. */
    private boolean ended;
    private int standstill;
    private boolean closed;

    /**
     * @param core threads that are kept for a minute when there is nothing to do; others for a second
     * @param max tasks that run at the same time, without those that are blocked
     * @param threads runs each task that it is given on a thread of its own
     * @param timer looks for blocked tasks
     * @throws IllegalArgumentException if the sizes are not 1 ≤ core ≤ max
     */
    public Workers(int core, int max, Executor threads, ScheduledExecutorService timer) {
        this(core, max, MAX_THREADS, threads, timer, CORE_IDLE_MILLIS);
    }

    /** @param limit threads in all, with those that are blocked: what comes when all are waits in the queue */
    Workers(int core, int max, int limit, Executor threads, ScheduledExecutorService timer, long coreIdleMillis) {
        if (core < 1 || max < core) {
            throw new IllegalArgumentException("workerPoolCoreSize=" + core + " and workerPoolMaxSize=" + max
                    + " do not fit: 1 ≤ workerPoolCoreSize ≤ workerPoolMaxSize");
        }
        this.core = core;
        this.max = max;
        this.limit = limit;
        this.threads = threads;
        this.timer = timer;
        this.coreIdleMillis = coreIdleMillis;
    }

    /**
     * Workers for calls that may block, such as those of a database: one thread is enough while they are fast.
     *
     * @param limit threads in all, with those that are blocked, such as a database has connections for one process
     */
    public static Workers forBlockingCalls(int limit, Executor threads, ScheduledExecutorService timer) {
        return new Workers(1, Math.min(2, limit), limit, threads, timer, IDLE_MILLIS);
    }

    /** @throws RejectedExecutionException if this is closed, or no thread can be had and none is there */
    @Override
    public void execute(Runnable task) {
        List<Worker> added;
        lock.lock();
        try {
            if (closed) {
                throw new RejectedExecutionException("The component is stopped");
            }
            queue.add(task);
            if (isFull()) {
                lookForWaits();
            }
            added = add(max - running());
            wake();
            watch();
        } finally {
            lock.unlock();
        }
        added.forEach(worker -> start(worker, task));
    }

    /**
     * Wakes one worker, unless one is on its way: that one wakes the next if it leaves something in the queue. So a worker that
     * is still awake often takes what came meanwhile, and no thread wakes up in vain.
     */
    private void wake() {
        Worker last = waking || queue.isEmpty() ? null : waiting.pollLast();
        if (last != null) {
            waking = true;
            last.wake.signal();
        }
    }

    /** Those that are not blocked. */
    private int running() {
        return workers.size() - blocked;
    }

    /** Adds a worker for each queued task that no ready one will take, but not more than there is room for. */
    private List<Worker> add(int room) {
        int wanted = Math.min(Math.min(room, queue.size() - ready), limit - workers.size());
        if (wanted <= 0) {
            return List.of();
        }
        List<Worker> added = new ArrayList<>(wanted);
        for (int i = 0; i < wanted; i++) {
            added.add(new Worker());
        }
        workers.addAll(added);
        ready += wanted;
        return added;
    }

    private void start(Worker worker, @Nullable Runnable task) {
        try {
            threads.execute(worker);
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            LOG.debug("There is no thread for one more worker", e);
            lock.lock();
            try {
                workers.remove(worker);
                ready--;
                if (workers.isEmpty() && task != null && queue.remove(task)) {
                    throw new RejectedExecutionException("There is no thread for a worker", e);
                }
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whether a task is queued that no worker will take at once. */
    private boolean isFull() {
        return queue.size() > ready && running() >= max;
    }

    /** Finds the tasks that wait, but not for each of a thousand tasks that come together. */
    private void lookForWaits() {
        long now = System.nanoTime();
        if (now - looked >= WorkerState.SHORT_WAIT_NANOS) {
            looked = now;
            workers.forEach(worker -> worker.lookForWait(now));
        }
    }

    private void watch() {
        if (!watching && isFull()) {
            watching = true;
            try {
                timer.schedule(this::look, TICK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The timer is shut down with the component: what is queued runs when a worker is free.
                LOG.trace("No timer to look for blocked tasks", e);
            }
        }
    }

    /** Replaces blocked workers by new ones. */
    private void look() {
        List<Worker> added;
        lock.lock();
        try {
            watching = false;
            long now = System.nanoTime();
            standstill = ended ? 0 : standstill + 1;
            ended = false;
            workers.forEach(worker -> worker.look(now));
            // If all are blocked, their number doubles: hundreds of blocked tasks hold up the next one only briefly.
            added = add(running() == 0 ? Math.max(max, workers.size()) : max - running());
            watch();
        } finally {
            lock.unlock();
        }
        added.forEach(worker -> start(worker, null));
    }

    private @Nullable Runnable next(Worker worker) {
        lock.lock();
        try {
            boolean first = worker.finished();
            boolean mayWait = true;
            long began = System.nanoTime();
            while (true) {
                // A worker whose replacement has come ends, as soon as it is through with what it was blocked in.
                boolean surplus = running() > max && !first;
                Runnable task = surplus ? null : queue.poll();
                long idle = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
                long left = (workers.size() <= core ? coreIdleMillis : IDLE_MILLIS) - idle;
                if (task != null) {
                    worker.state.begins();
                    wake();
                } else if (closed || surplus || !mayWait || left <= 0) {
                    workers.remove(worker);
                } else {
                    mayWait = await(worker, left);
                    continue;
                }
                watch();
                return task;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Returns false if the pool is shut down at once, which interrupts its threads. */
    private boolean await(Worker worker, long millis) {
        ready++;
        waiting.addLast(worker);
        try {
            // The queue tells whether it was woken for a task, or its time is over.
            worker.wake.await(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            return false;
        } finally {
            ready--;
            waking &= waiting.removeLastOccurrence(worker);
        }
    }

    /** Tasks that wait or run. */
    public int pending() {
        lock.lock();
        try {
            return queue.size() + (int) workers.stream().filter(worker -> worker.state.isBusy()).count();
        } finally {
            lock.unlock();
        }
    }

    /** Threads that run, wait for a task, or are blocked in one. */
    int size() {
        lock.lock();
        try {
            return workers.size();
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more tasks. What is queued still runs. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            waiting.forEach(worker -> worker.wake.signal());
        } finally {
            lock.unlock();
        }
    }

    /** One thread. All but {@link #run} is called under the lock. */
    private final class Worker implements Runnable {

        private final Condition wake = lock.newCondition();
        private final WorkerState state = new WorkerState();

        @Override
        public void run() {
            for (Runnable task = next(this); task != null; task = next(this)) {
                try {
                    task.run();
                } catch (Throwable e) {
                    LOG.error("A task of a worker failed", e);
                }
                state.returned();
                // An interrupt was meant for this task, not for the next one.
                Thread.interrupted();
            }
        }

        /** Returns whether this is the beginning, before the first task. */
        boolean finished() {
            boolean first = state.starts();
            if (first) {
                ready--;
            } else {
                ended = true;
            }
            blocked -= state.finished() ? 1 : 0;
            return first;
        }

        void look(long now) {
            blocked += state.tick(now, standstill) ? 1 : 0;
        }

        void lookForWait(long now) {
            blocked += state.waits(now) ? 1 : 0;
        }
    }
}
