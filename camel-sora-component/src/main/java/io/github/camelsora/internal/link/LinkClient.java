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
package io.github.camelsora.internal.link;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.http.HttpEngine;
import io.github.camelsora.internal.http.LazyEngine;
import io.github.camelsora.internal.http.TargetResolver;
import io.github.camelsora.internal.text.Link;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.core5.http.HttpHost;

/**
 * Follows links out of text that a prompt can influence, as far as a {@link LinkTrust} allows. Sends no key, no cookie and
 * nothing else of the user's; reads text, and of a video only the head, unless it is fetched; repeats nothing. Redirects are
 * followed one by one, each checked like the link itself, at most five. Thread-safe; a connection serves one request.
 *
 * <p>Protects against SSRF and DNS rebinding: a host is resolved once per request, its addresses are checked, and one of them
 * is connected to; HttpClient does not resolve the name again. Behind a proxy, which resolves the names itself, only what is
 * written in the link is checked (host, port, a literal address); the proxy must restrict what trusted names may stand for.
 *
 * <p>The log has hosts and statuses at DEBUG. HttpClient's own, {@code org.apache.hc}, would show the links at that level.
 */
public final class LinkClient implements AutoCloseable {

    /**
     * When a link is given up.
     *
     * @param connectTimeout how long each step to a usable connection may take: an address, TLS, the proxy's answer
     * @param timeout for everything: names, connections, redirects, the body
     * @param maxSize of a body that is no video, in bytes
     */
    public record Limits(Duration connectTimeout, Duration timeout, int maxSize) {
    }

    private final TargetResolver names;
    private final Predicate<InetAddress> isPublic;
    private final ScheduledExecutorService timer;
    private final Set<LinkExchange> running = ConcurrentHashMap.newKeySet();
    private final LazyEngine http;
    private volatile boolean closed;

    /**
     * A client with connections and threads of its own, which it has from its first request on.
     *
     * @param timer for deadlines; not shut down here. It should remove what is cancelled
     *        ({@code ScheduledThreadPoolExecutor.setRemoveOnCancelPolicy}): each get leaves a cancelled deadline behind
     */
    public LinkClient(GatewayClientSettings settings, ScheduledExecutorService timer) {
        this(settings, timer, SystemDefaultDnsResolver.INSTANCE, PublicAddresses::contains);
    }

    LinkClient(GatewayClientSettings settings, ScheduledExecutorService timer, DnsResolver names,
            Predicate<InetAddress> isPublic) {
        this.timer = timer;
        this.names = new TargetResolver(names, settings.proxy());
        this.http = new LazyEngine(settings, this.names, running);
        this.isPublic = isPublic;
    }

    /**
     * Gets what is behind a link. Throws nothing about the link or the network: the listener is told, exactly once and perhaps
     * before this returns, by an I/O thread, one that resolves names, the timer's, the one that cancels, or the caller's. It
     * must not wait.
     */
    public GatewayCall get(Link link, LinkTrust trust, Limits limits, Consumer<LinkAnswer> listener) {
        return follow(link, trust, new TextReading(limits), listener);
    }

    /**
     * Fetches a video, or the rest of one. Ends with {@link LinkAnswer.Received} when the whole answer was passed on, with
     * {@link LinkAnswer.Declined} when the taker wants no more, and else as {@link #get}, under the same rules. The taker hears
     * nothing after the end.
     */
    public GatewayCall fetch(Link link, LinkTrust trust, VideoTimes times, VideoTaker taker, Consumer<LinkAnswer> listener) {
        return follow(link, trust, new VideoReading(times, taker), listener);
    }

    private GatewayCall follow(Link link, LinkTrust trust, LinkReading reading, Consumer<LinkAnswer> listener) {
        LinkExchange exchange = new LinkExchange(this, trust, reading, listener);
        running.add(exchange);
        exchange.start(link);
        if (closed) {
            exchange.cancel();
        }
        return exchange;
    }

    boolean isClosed() {
        return closed;
    }

    TargetResolver names() {
        return names;
    }

    /** An address that is not public, if there is one. Then no other is used either: names of public servers do not mix. */
    Optional<InetAddress> notPublic(List<HttpHost> targets) {
        return targets.stream().map(HttpHost::getAddress).filter(Objects::nonNull).filter(isPublic.negate()).findFirst();
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /** @throws IllegalStateException if this is closed */
    HttpEngine http() {
        return http.get();
    }

    void finished(LinkExchange exchange) {
        running.remove(exchange);
    }

    /** Ends the threads for connections if no link is followed; the next one has others. */
    public void closeIfIdle() {
        http.closeIfIdle();
    }

    /** Cancels everything that is under way and closes every connection. */
    @Override
    public void close() {
        closed = true;
        running.forEach(LinkExchange::cancel);
        names.close();
        http.close();
    }
}
