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

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The state of one call: not handed over, handed over, ended, delivered. Knows neither HTTP nor framing. The I/O thread, the
 * timer and whoever cancels race for the end: the first decides it, closes the connection and lets go of everything; the last
 * one to leave delivers it, so that it is the last thing a listener hears.
 */
final class GatewayExchange implements GatewayCall, ConnectionOwner {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayExchange.class);
    private static final Object HANDED_OVER = new Object();
    private static final Object DELIVERED = new Object();

    private final String host;
    private final GatewayListener listener;
    private final Consumer<GatewayExchange> finished;
    private final ExchangeWatch watch;
    /** Null, HANDED_OVER, the GatewayEnd that was decided, DELIVERED: only ever in this direction. */
    private final AtomicReference<Object> state = new AtomicReference<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile Runnable connection;
    private volatile GatewayEnd.Answered answer;

    GatewayExchange(GatewayRequest request, GatewayListener listener, ScheduledExecutorService timer,
            Consumer<GatewayExchange> finished) {
        this.host = request.uri().getHost();
        this.listener = listener;
        this.finished = finished;
        this.watch = new ExchangeWatch(this, request.readTimeout(), request.requestTimeout(), timer);
    }

    /** Starts the clock, then sends; whatever that throws ends the call. */
    void start(Runnable send) {
        inside.incrementAndGet();
        try {
            listener.started(this);
            watch.start();
            if (!isEnded()) {
                send.run();
            }
        } catch (RuntimeException e) {
            end(new GatewayEnd.Broken(new IOException("The request to " + host + " could not be started: " + e, e)));
        } finally {
            leave();
        }
    }

    /** The request is about to be written. False if the call has ended: then nothing of it may be. */
    boolean handOver() {
        return state.compareAndSet(null, HANDED_OVER);
    }

    @Override
    public boolean connected(Runnable close) {
        connection = close;
        return !isEnded();
    }

    /** Opens a stretch in which the listener may be called, unless the call has ended; {@link #leave} closes it. */
    boolean enter() {
        inside.incrementAndGet();
        if (isEnded()) {
            leave();
            return false;
        }
        return true;
    }

    void leave() {
        if (inside.decrementAndGet() == 0 && state.get() instanceof GatewayEnd end && state.compareAndSet(end, DELIVERED)) {
            deliver(end);
        }
    }

    void accepted() {
        try {
            listener.accepted();
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** An answer that is not 2xx is coming in: its status holds, even if its body never ends. */
    void answered(GatewayEnd.Answered head) {
        answer = head;
    }

    void payload(byte[] buffer, int offset, int length) {
        if (isEnded()) {
            return;
        }
        watch.payload();
        try {
            listener.payload(buffer, offset, length);
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** An error that got past here could end the I/O thread, and every other stream with it. */
    private void failed(Throwable e) {
        end(new GatewayEnd.Broken(new IOException("The listener of the call to " + host + " failed: " + e, e)));
    }

    /** Ends the call, unless it has ended. From any thread. */
    void end(GatewayEnd end) {
        inside.incrementAndGet();
        try {
            if (decide(end)) {
                watch.stop();
                finished.accept(this);
                close();
            }
        } finally {
            leave();
        }
    }

    private boolean decide(GatewayEnd end) {
        Object now = state.get();
        while (now == null || now == HANDED_OVER) {
            if (state.compareAndSet(now, now == null ? unsent(end) : sent(end))) {
                return true;
            }
            now = state.get();
        }
        return false;
    }

    private GatewayEnd unsent(GatewayEnd end) {
        if (end instanceof GatewayEnd.Cancelled || end instanceof GatewayEnd.NotSent) {
            return end;
        }
        if (end instanceof GatewayEnd.Broken broken) {
            return new GatewayEnd.NotSent(broken.cause());
        }
        if (end instanceof GatewayEnd.Answered refusal) {
            return new GatewayEnd.NotSent(new IOException("The proxy answered " + refusal.status() + " to CONNECT " + host));
        }
        return new GatewayEnd.NotSent(new SocketTimeoutException("There was no connection to " + host + " in time: " + end));
    }

    private GatewayEnd sent(GatewayEnd end) {
        boolean stalled = end instanceof GatewayEnd.Silent || end instanceof GatewayEnd.Expired;
        return stalled && answer != null ? answer : end;
    }

    private void close() {
        Runnable close = connection;
        if (close != null) {
            try {
                close.run();
            } catch (RuntimeException e) {
                LOG.debug("The connection to {} could not be closed: {}", host, e.toString());
            }
        }
    }

    private void deliver(GatewayEnd end) {
        LOG.debug("Call to {} ended: {}", host, end);
        try {
            listener.ended(end);
        } catch (Throwable e) {
            LOG.warn("The listener of the call to {} failed at its end", host, e);
        }
    }

    boolean isEnded() {
        Object now = state.get();
        return now != null && now != HANDED_OVER;
    }

    @Override
    public void cancel() {
        end(new GatewayEnd.Cancelled());
    }
}
