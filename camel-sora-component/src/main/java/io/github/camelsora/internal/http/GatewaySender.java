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
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request over the first connection that can be made: looks the host up, then tries its addresses one after the
 * other, as long as nothing was sent. The look-up and each address have the connect timeout. No thread waits.
 */
final class GatewaySender implements TargetResolver.Listener {

    private final HttpEngine http;
    private final GatewayExchange exchange;
    private final ExchangeLifecycle<GatewayEnd> lifecycle;
    private final GatewayRequest request;
    private final Duration connectTimeout;
    private volatile @Nullable Runnable stopLookUp;
    private volatile @Nullable Future<?> deadline;
    private volatile boolean answered;

    GatewaySender(HttpEngine http, GatewayExchange exchange, GatewayRequest request) {
        this.http = http;
        this.exchange = exchange;
        this.lifecycle = exchange.lifecycle();
        this.request = request;
        this.connectTimeout = request.limits().connectTimeout();
    }

    /** Begins. What it throws has to end the exchange. */
    void start(TargetResolver names, ScheduledExecutorService timer) throws IOException {
        HttpHost host = host(request.uri());
        // The end of the exchange ends the look-up, as it closes a connection later.
        if (!lifecycle.connected(this::stopLookUp)) {
            return;
        }
        stopLookUp = names.resolve(host, this);
        if (!answered) {
            deadline = timer.schedule(() -> unresolved(new SocketTimeoutException("The name " + host.getHostName()
                    + " was not resolved in time")), connectTimeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (answered || lifecycle.isEnded()) {
            stopLookUp();
        }
    }

    private static HttpHost host(URI uri) throws IOException {
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IOException("Requests go to http and https URLs with a host and without user info");
        }
        String host = uri.getHost();
        return new HttpHost(uri.getScheme(), host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
                uri.getPort());
    }

    private void stopLookUp() {
        Runnable stop = stopLookUp;
        if (stop != null) {
            stop.run();
        }
        stopDeadline();
    }

    private void stopDeadline() {
        Future<?> pending = deadline;
        if (pending != null) {
            pending.cancel(false);
            // Not kept for as long as the stream is open.
            deadline = null;
        }
    }

    @Override
    public void resolved(List<HttpHost> targets) {
        answered = true;
        stopDeadline();
        if (lifecycle.enter()) {
            try {
                send(targets);
            } catch (Throwable e) {
                exchange.end(new GatewayEnd.Broken(new IOException("The request could not be started: " + e, e)));
            } finally {
                lifecycle.leave();
            }
        }
    }

    @Override
    public void unresolved(IOException cause) {
        answered = true;
        stopDeadline();
        exchange.end(new GatewayEnd.NotSent(cause));
    }

    /** Tries the first address, and the others if nothing could be sent to it. */
    private void send(List<HttpHost> targets) {
        Runnable others = targets.size() == 1 ? null : () -> send(targets.subList(1, targets.size()));
        Attempt attempt = new Attempt(exchange, others);
        http.sending(request.headers().secrets());
        http.execute(targets.get(0), new GatewayRequestProducer(attempt, request),
                new GatewayResponseReader(exchange, request.limits(), attempt::broken, http.input()), attempt, connectTimeout);
    }

    private enum State {
        UNSENT, HANDED_OVER, FAILED
    }

    /**
     * One address. The request is handed to its connection, or it has failed and the next one is tried: never both. Lives as
     * long as the stream, which may be hours, so it holds nothing that is needed only before the request is sent.
     */
    private static final class Attempt implements ConnectionListener, GatewayRequestProducer.HandOver {

        private final GatewayExchange exchange;
        private final AtomicReference<State> state = new AtomicReference<>(State.UNSENT);
        private volatile @Nullable Runnable others;

        /** @param others tries the other addresses, or is {@code null} if there are none */
        Attempt(GatewayExchange exchange, @Nullable Runnable others) {
            this.exchange = exchange;
            this.others = others;
        }

        @Override
        public boolean connected(Runnable close) {
            return state.get() == State.UNSENT && exchange.lifecycle().connected(close);
        }

        @Override
        public boolean handOver() {
            if (!state.compareAndSet(State.UNSENT, State.HANDED_OVER)) {
                return false;
            }
            others = null;
            return exchange.lifecycle().handOver();
        }

        private void broken(IOException cause) {
            boolean unsent = state.compareAndSet(State.UNSENT, State.FAILED);
            Runnable next = others;
            if (unsent && next != null && !exchange.lifecycle().isEnded()) {
                next.run();
            } else if (state.get() != State.FAILED || next == null) {
                exchange.end(new GatewayEnd.Broken(cause));
            }
        }
    }
}
