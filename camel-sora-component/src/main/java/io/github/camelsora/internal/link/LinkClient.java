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
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.camelsora.internal.http.ExchangeContext;
import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.http.HttpEngine;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;

/**
 * Follows links out of text that a prompt can influence, as far as a {@link LinkTrust} allows. Sends no key, no cookie and
 * nothing else of the user's; reads text, and of a video only the head; repeats nothing. Redirects are followed one by one,
 * each judged like the link itself, at most five. Thread-safe; a connection serves one request.
 *
 * <p>The address that was judged is the one that is connected to: a host is resolved once per request, here, and HttpClient
 * does not resolve it again. Behind a proxy that cannot be, since the proxy resolves names: only hosts, ports and addresses
 * that are written in the link are judged then, and what a trusted name stands for is the proxy's to restrict.
 *
 * <p>The log has hosts and statuses at DEBUG. HttpClient's own, {@code org.apache.hc}, would show the links at that level.
 */
public final class LinkClient implements AutoCloseable {

    private final CloseableHttpAsyncClient http;
    private final LinkResolver resolver;
    private final ScheduledExecutorService timer;
    private final Set<LinkExchange> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * A client with connections and threads of its own.
     *
     * @param timer for deadlines; not shut down here. It should remove what is cancelled
     *        ({@code ScheduledThreadPoolExecutor.setRemoveOnCancelPolicy}): each get leaves a cancelled deadline behind
     */
    public LinkClient(GatewayClientSettings settings, ScheduledExecutorService timer) {
        this(settings, timer, SystemDefaultDnsResolver.INSTANCE, PublicAddress::isPublic);
    }

    LinkClient(GatewayClientSettings settings, ScheduledExecutorService timer, DnsResolver names,
            Predicate<InetAddress> isPublic) {
        boolean proxied = settings.proxyHost() != null;
        this.timer = timer;
        this.resolver = new LinkResolver(names, isPublic, proxied);
        this.http = HttpEngine.start(settings, proxied ? names : new ResolvedOnly());
    }

    /**
     * Gets what is behind a link. Throws nothing about the link or the network: the listener is told, exactly once and perhaps
     * before this returns, by an I/O thread, one that resolves names, the timer's, the one that cancels, or the caller's. It
     * must not wait.
     *
     * @param timeout for everything: names, connections, redirects, the body
     * @param maxSize of a body that is no video, in bytes
     */
    public GatewayCall get(URI link, LinkTrust trust, Duration timeout, int maxSize, Consumer<LinkAnswer> listener) {
        LinkExchange exchange = new LinkExchange(this, trust, timeout, maxSize, listener);
        running.add(exchange);
        exchange.start(link, timer);
        if (closed) {
            exchange.cancel();
        }
        return exchange;
    }

    LinkResolver resolver() {
        return resolver;
    }

    /** Sends one request to an address that was judged, or to the proxy if that is null. */
    void send(URI link, InetAddress address, LinkHop hop) {
        String name = LinkTrust.host(link);
        boolean usual = LinkTrust.port(link) == LinkTrust.usualPort(link);
        HttpHost target = new HttpHost(link.getScheme().toLowerCase(Locale.ROOT), address,
                name.startsWith("[") ? name.substring(1, name.length() - 1) : name, usual ? -1 : link.getPort());
        URI ascii = URI.create(link.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
        BasicHttpRequest request = new BasicHttpRequest(Method.GET, target, path + query);
        request.setHeader("Accept", "application/json, text/*, */*;q=0.5");
        request.setHeader("Accept-Encoding", "identity");
        http.execute(target, new BasicRequestProducer(request, null), hop, null, new ExchangeContext(hop), hop);
    }

    void finished(LinkExchange exchange) {
        running.remove(exchange);
    }

    /** Cancels everything that is under way and closes every connection. */
    @Override
    public void close() {
        closed = true;
        running.forEach(LinkExchange::cancel);
        resolver.close();
        http.close(CloseMode.IMMEDIATE);
    }
}
