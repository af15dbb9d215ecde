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
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

import io.github.camelsora.event.SoraEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one generation, one at a time and in order, on worker threads. Events that were queued meanwhile are
 * sent by the same worker task. Synchronous listeners are called in a loop, so the stack does not grow. The queue needs no
 * bound: a generation has about a hundred events at most.
 *
 * <p>{@link #add} and {@link #end} only queue, so that they may be called under a lock; {@link #deliver} calls out, and must
 * not be. Thread-safe; holds no lock while it calls out, and at most one task in the executor.
 */
public final class EventDelivery {

    private final EventListener listener;
    private final Executor workers;
    private final BiConsumer<SoraEvent, Throwable> onFailure;
    private final Queue<SoraEvent> queue = new ArrayDeque<>(2);
    private boolean busy;
    private @Nullable Runnable atEnd;

    /** @param onFailure told of an event that its listener failed on, before the next one is sent */
    public EventDelivery(EventListener listener, Executor workers, BiConsumer<SoraEvent, Throwable> onFailure) {
        this.listener = listener;
        this.workers = workers;
        this.onFailure = onFailure;
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

    /** Sends what is queued, unless that is under way already. */
    public void deliver() {
        synchronized (this) {
            if (busy || queue.isEmpty() && atEnd == null) {
                return;
            }
            busy = true;
        }
        hop();
    }

    private void hop() {
        try {
            workers.execute(this::drain);
        } catch (RejectedExecutionException e) {
            // The pool is shut down. Deliver on this thread, so that the exchange still completes.
            drain();
        }
    }

    private void drain() {
        while (true) {
            SoraEvent event;
            Runnable end = null;
            synchronized (this) {
                event = queue.poll();
                if (event == null) {
                    busy = false;
                    end = atEnd;
                    atEnd = null;
                }
            }
            if (event == null) {
                if (end != null) {
                    end.run();
                }
                return;
            }
            Sending sending = new Sending(event);
            try {
                listener.onEvent(event, sending::done);
            } catch (Throwable e) {
                // Without this, an Error would leave the exchange uncompleted.
                sending.done(e);
            }
            if (!sending.returned()) {
                return;
            }
        }
    }

    /** One event on its way. Distinguishes listeners that complete synchronously from those that complete later. */
    private final class Sending {

        private final SoraEvent event;
        private final AtomicBoolean answered = new AtomicBoolean();
        private boolean done;
        private boolean returned;

        Sending(SoraEvent event) {
            this.event = event;
        }

        /** Whether the listener completed synchronously. If not, its callback restarts the loop. */
        synchronized boolean returned() {
            returned = true;
            return done;
        }

        void done(@Nullable Throwable failure) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            if (failure != null) {
                onFailure.accept(event, failure);
            }
            synchronized (this) {
                done = true;
                if (!returned) {
                    return;
                }
            }
            // Continue on a worker: the calling thread may be another component's I/O thread, with a deep stack.
            hop();
        }
    }
}
