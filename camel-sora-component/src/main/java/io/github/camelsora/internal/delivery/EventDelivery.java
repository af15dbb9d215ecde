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
import java.util.function.BiConsumer;

import io.github.camelsora.event.SoraEvent;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one generation, one at a time and in order, on worker threads. What has queued up while an event was
 * on its way goes out in the same hop; synchronous listeners make it a loop, not a recursion. The queue needs no bound: a
 * generation has about a hundred events at most.
 *
 * <p>{@link #add} and {@link #end} only queue, so that they may be called under a lock; {@link #deliver} calls out, and must
 * not be. Thread-safe; holds no lock while it calls out, and at most one task in the executor.
 */
public final class EventDelivery {

    private final EventListener listener;
    private final Executor workers;
    private final BiConsumer<SoraEvent, Exception> onFailure;
    private final Queue<SoraEvent> queue = new ArrayDeque<>();
    private boolean busy;
    private @Nullable Runnable atEnd;

    /** @param onFailure told of an event that its listener failed on, before the next one is sent */
    public EventDelivery(EventListener listener, Executor workers, BiConsumer<SoraEvent, Exception> onFailure) {
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
            // The pool is closed, so no route runs any more: what is left is to complete the exchange, here.
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
            listener.onEvent(event, sending::done);
            if (!sending.returned()) {
                return;
            }
        }
    }

    /** One event on its way: tells a listener that was done at once from one that answers later, on a thread of its own. */
    private final class Sending {

        private final SoraEvent event;
        private boolean done;
        private boolean returned;

        Sending(SoraEvent event) {
            this.event = event;
        }

        /** Whether the loop goes on; if not, the listener's answer starts it again. */
        synchronized boolean returned() {
            returned = true;
            return done;
        }

        void done(@Nullable Exception failure) {
            if (failure != null) {
                onFailure.accept(event, failure);
            }
            synchronized (this) {
                done = true;
                if (!returned) {
                    return;
                }
            }
            // A fresh hop: the answering thread may be another component's I/O thread, and its stack may be deep.
            hop();
        }
    }
}
