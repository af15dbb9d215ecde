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

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.github.camelsora.event.SoraEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one generation, one at a time and in order, on worker threads. Events that were queued meanwhile are
 * sent by the same worker task. Synchronous listeners are called in a loop, so the stack does not grow. The queue needs no
 * bound: a generation has about a hundred events at most.
 *
 * <p>{@link #add}, {@link #end} and {@link #hold} only queue, so that they may be called under a lock; {@link #deliver}
 * calls out, and must not be. Thread-safe; holds no lock while it calls out, and at most one task in the executor.
 *
 * <p>A listener that does not call back holds up the end only for a while ({@link ReplyLimit}): then its event counts as
 * failed, and the later ones are sent without waiting for their callbacks.
 */
public final class EventDelivery {

    private final EventListener listener;
    private final Executor workers;
    private final BiConsumer<SoraEvent, Throwable> onFailure;
    private final Queue<SoraEvent> queue = new ArrayDeque<>(2);
    private final ReplyDeadline deadline;
    private boolean busy;
    private int held;
    private boolean hurries;
    private @Nullable Runnable atEnd;
    private @Nullable Sending current;
    private @Nullable Sending seen;
    private volatile boolean waits = true;

    /**
     * @param onFailure told of an event that its listener failed on, before the next one is sent
     * @param limit how long the end waits for listeners
     */
    public EventDelivery(EventListener listener, Executor workers, BiConsumer<SoraEvent, Throwable> onFailure,
            ReplyLimit limit) {
        this.listener = listener;
        this.workers = workers;
        this.onFailure = onFailure;
        this.deadline = new ReplyDeadline(limit, this::look);
    }

    /** Queues an event behind those before it. */
    public synchronized void add(SoraEvent event) {
        queue.add(event);
    }

    /** Drops what has not been sent. */
    public synchronized void clear() {
        queue.clear();
    }

    /** Queues what is to run on a worker when all events have been sent. */
    public synchronized void end(Runnable action) {
        atEnd = action;
    }

    /** Sends nothing more until {@link #release}, which comes once for each call. */
    public synchronized void hold() {
        held += hurries ? 0 : 1;
    }

    /** Goes on with sending. */
    public void release() {
        synchronized (this) {
            held -= held > 0 ? 1 : 0;
        }
        deliver();
    }

    /** Sends what is queued, unless that is under way already, or held back. */
    public void deliver() {
        boolean starts;
        boolean ends;
        synchronized (this) {
            ends = atEnd != null;
            starts = !busy && held == 0 && (!queue.isEmpty() || ends);
            busy |= starts;
        }
        if (starts) {
            hop();
        }
        if (ends) {
            deadline.begin();
        }
    }

    /** The generation is stopped: its end waits for listeners no longer than a stop may take, and nothing is held back. */
    public void hurry() {
        synchronized (this) {
            hurries = true;
            held = 0;
        }
        deadline.hurry();
    }

    private void look(Duration first, Duration later) {
        Sending stuck;
        synchronized (this) {
            stuck = current;
            // Twice, so that a pause of the garbage collector makes no reply a late one.
            boolean again = stuck == seen;
            seen = stuck;
            if (atEnd == null || stuck == null || !again || !stuck.isLate(waits ? first : later)) {
                return;
            }
            waits = false;
        }
        stuck.giveUp();
    }

    private void hop() {
        HandOff.run(workers, this::drain);
    }

    private void drain() {
        while (true) {
            Sending sending;
            Runnable end = null;
            synchronized (this) {
                if (held > 0) {
                    busy = false;
                    return;
                }
                SoraEvent event = queue.poll();
                sending = event == null ? null : new Sending(event);
                current = sending;
                if (sending == null) {
                    busy = false;
                    end = atEnd;
                    atEnd = null;
                }
            }
            if (sending == null) {
                if (end != null) {
                    deadline.end();
                    end.run();
                }
                return;
            }
            sending.send();
            if (!sending.returned()) {
                return;
            }
        }
    }

    /** One event on its way. Distinguishes listeners that complete synchronously from those that complete later. */
    private final class Sending {

        private final SoraEvent event;
        private final long began = System.nanoTime();
        private final AtomicBoolean answered = new AtomicBoolean();
        private boolean done;
        private boolean returned;
        private boolean abandoned;

        Sending(SoraEvent event) {
            this.event = event;
        }

        void send() {
            try {
                listener.onEvent(event, this::done);
            } catch (Throwable e) {
                // Without this, an Error would leave the exchange uncompleted.
                done(e);
            }
            if (!waits) {
                done(notInTime());
            }
        }

        /** Whether the loop goes on on this thread. If not, it is restarted by the listener's callback, or was by giving up. */
        synchronized boolean returned() {
            returned = true;
            return done && !abandoned;
        }

        private void done(@Nullable Throwable failure) {
            complete(failure, false);
        }

        boolean isLate(Duration limit) {
            return !answered.get() && System.nanoTime() - began >= limit.toNanos();
        }

        /** The loop goes on without a listener that has not called back, and without the thread that it may hold. */
        void giveUp() {
            complete(notInTime(), true);
        }

        private static TimeoutException notInTime() {
            return new TimeoutException("it did not return in time");
        }

        private void complete(@Nullable Throwable failure, boolean givesUp) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            if (failure != null) {
                onFailure.accept(event, failure);
            }
            synchronized (this) {
                done = true;
                abandoned = givesUp && !returned;
                if (!returned && !abandoned) {
                    return;
                }
            }
            // Continue on a worker: the calling thread may be another component's I/O thread, with a deep stack.
            hop();
        }
    }
}
