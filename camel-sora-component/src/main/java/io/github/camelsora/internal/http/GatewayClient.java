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
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Posts requests that cost money, each once and over a connection of its own, and passes on what comes back while it comes
 * back. Does not know what is in a request or an answer, and repeats nothing. Ten thousand calls may be open at once: they
 * share two I/O threads and the timer. Thread-safe.
 */
public final class GatewayClient implements AutoCloseable {

    private final LazyEngine http;
    private final TargetResolver names;
    private final ScheduledExecutorService timer;
    private final Set<GatewayExchange> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param timer for silence and deadlines; not shut down here. It should remove what is cancelled
     *        ({@code ScheduledThreadPoolExecutor.setRemoveOnCancelPolicy}): each call leaves a cancelled check behind
     */
    public GatewayClient(GatewayClientSettings settings, ScheduledExecutorService timer) {
        this(settings, timer, SystemDefaultDnsResolver.INSTANCE);
    }

    /** A client that looks names up with this resolver, on threads of its own. */
    public GatewayClient(GatewayClientSettings settings, ScheduledExecutorService timer, DnsResolver names) {
        this.timer = timer;
        this.names = new TargetResolver(names, settings.proxy());
        this.http = new LazyEngine(settings, this.names, running);
    }

    /**
     * Posts a request. Throws nothing about the network: the listener's {@code ended} tells, which may be before this
     * returns. Waits for nothing, not for a name server either.
     */
    public GatewayCall post(GatewayRequest request, GatewayListener listener) {
        GatewayExchange exchange = new GatewayExchange(request, listener, timer, running::remove);
        running.add(exchange);
        exchange.start(() -> send(exchange, request));
        return exchange;
    }

    private void send(GatewayExchange exchange, GatewayRequest request) {
        if (closed) {
            exchange.end(new GatewayEnd.NotSent(new IOException("The gateway client is closed")));
            return;
        }
        try {
            new GatewaySender(http.get(), exchange, request).start(names, timer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the threads for connections if no call is under way; the next one has others. */
    public void closeIfIdle() {
        http.closeIfIdle();
    }

    /** Cancels every call that is under way and closes every connection. */
    @Override
    public void close() {
        closed = true;
        running.forEach(GatewayExchange::cancel);
        names.close();
        http.close();
    }
}
