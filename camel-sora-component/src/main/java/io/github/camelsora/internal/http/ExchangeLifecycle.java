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
package io.github.camelsora.internal.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The states of one exchange: unsent, handed over, ended, delivered, only ever in this direction. The I/O thread, the timer
 * and whoever cancels race for the end. The first one decides it, and stops the clock and closes the connection at once; the
 * last one to leave a callback delivers it. So it is delivered once, and nothing is heard after it. Knows no HTTP. Thread-safe
 * and without locks.
 *
 * @param <E> the kinds of end
 */
public final class ExchangeLifecycle<E> implements ConnectionListener {

    /**
     * The exchange itself. Its {@code toString} is for log lines.
     *
     * @param <E> the kinds of end
     */
    public interface Owner<E> {

        /**
         * The end to deliver for what has happened. Called by every thread that races for the end: without side effects.
         *
         * @param handedOver whether anything of the request may have been sent
         */
        default E endFor(E happened, boolean handedOver) {
            return happened;
        }

        /** Stops the clock and lets go of the rest. Once, when the end is decided, perhaps while a callback is under way. */
        void release();

        /** Once, and last. What it throws is logged. */
        void deliver(E end);
    }

    private sealed interface State<E> {

        /** Nothing of the request was handed to a connection. */
        record Unsent<E>() implements State<E> {
        }

        /** The request may have been sent, in part or whole. */
        record HandedOver<E>() implements State<E> {
        }

        /** The end is decided; a callback may be under way. */
        record Ended<E>(E end, boolean wasHandedOver) implements State<E> {
        }

        /** The end was delivered. */
        record Delivered<E>(boolean wasHandedOver) implements State<E> {
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeLifecycle.class);

    private final Owner<E> owner;
    private final AtomicReference<State<E>> state = new AtomicReference<>(new State.Unsent<>());
    /** How many threads are in a callback or about to end the exchange; the thread that starts it is the first one. */
    private final AtomicInteger inside = new AtomicInteger(1);
    private volatile @Nullable Runnable connection;

    /** Whoever makes this is inside, and calls {@link #leave} when the exchange is under way: no end is delivered before. */
    public ExchangeLifecycle(Owner<E> owner) {
        this.owner = owner;
    }

    /** The request is about to be written. False if the exchange has ended: then nothing of it may be. */
    public boolean handOver() {
        State<E> now = state.get();
        return now instanceof State.Unsent && state.compareAndSet(now, new State.HandedOver<>());
    }

    @Override
    public boolean connected(Runnable close) {
        connection = close;
        return !isEnded();
    }

    /** Begins a callback; {@link #leave} ends it. False if the exchange has ended: then nothing may be called back. */
    public boolean enter() {
        inside.incrementAndGet();
        if (isEnded()) {
            leave();
            return false;
        }
        return true;
    }

    /** Ends a callback. Whoever leaves last delivers the end, if it is decided. */
    public void leave() {
        if (inside.decrementAndGet() == 0 && state.get() instanceof State.Ended<E> ended
                && state.compareAndSet(ended, new State.Delivered<>(ended.wasHandedOver()))) {
            deliver(ended.end());
        }
    }

    /** Ends the exchange, unless it has ended. From any thread. */
    public void end(E happened) {
        inside.incrementAndGet();
        try {
            if (decide(happened)) {
                owner.release();
                close();
            }
        } finally {
            leave();
        }
    }

    /**
     * Ends the exchange if nothing of the request was handed over. From any thread.
     *
     * @return whether nothing was, and nothing will be
     */
    public boolean endUnsent(E happened) {
        inside.incrementAndGet();
        try {
            State<E> now = state.get();
            if (now instanceof State.Unsent && state.compareAndSet(now, new State.Ended<>(happened, false))) {
                owner.release();
                close();
                return true;
            }
            now = state.get();
            return now instanceof State.Ended<E> ended && !ended.wasHandedOver()
                    || now instanceof State.Delivered<E> delivered && !delivered.wasHandedOver();
        } finally {
            leave();
        }
    }

    /** Whether the end is decided. */
    public boolean isEnded() {
        return !isOpen(state.get());
    }

    /** Whether the request may have been sent and the exchange has not ended. */
    public boolean isHandedOver() {
        return state.get() instanceof State.HandedOver;
    }

    private static boolean isOpen(@Nullable State<?> state) {
        return state instanceof State.Unsent || state instanceof State.HandedOver;
    }

    private boolean decide(E happened) {
        for (State<E> now = state.get(); isOpen(now); now = state.get()) {
            boolean handedOver = now instanceof State.HandedOver;
            E end = owner.endFor(happened, handedOver);
            if (state.compareAndSet(now, new State.Ended<>(end, handedOver))) {
                return true;
            }
        }
        return false;
    }

    private void close() {
        Runnable close = connection;
        if (close != null) {
            try {
                close.run();
            } catch (RuntimeException e) {
                LOG.debug("The connection of {} could not be closed: {}", owner, e.toString());
            }
        }
    }

    private void deliver(E end) {
        try {
            owner.deliver(end);
        } catch (Throwable e) {
            // An error that got past here could end the I/O thread, and every other exchange with it.
            LOG.warn("The listener of {} failed at its end", owner, e);
        }
    }
}
