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
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.HttpHost;

/**
 * Looks up and checks the addresses that links are followed to: with {@link RefusingDnsResolver} the protection against SSRF
 * and DNS rebinding. A look-up takes as long as a name server likes, so it has threads of its own, which end when they are
 * idle: neither the I/O threads nor the timer wait for it. Thread-safe.
 */
final class LinkResolver implements AutoCloseable {

    private static final int THREADS = 4;

    private final DnsResolver names;
    private final Predicate<InetAddress> isPublic;
    private final boolean proxied;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), new DefaultThreadFactory("sora-names", true));

    /** @param proxied whether a proxy resolves the names, so that there are no addresses to look up and check */
    LinkResolver(DnsResolver names, Predicate<InetAddress> isPublic, boolean proxied) {
        this.names = names;
        this.isPublic = isPublic;
        this.proxied = proxied;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs what is going to look up a name; throws {@code RejectedExecutionException} after {@link #close}. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** Where to connect to, at least one, in the order in which to try them; without an address behind a proxy. Blocks. */
    List<HttpHost> targets(Origin origin) throws UnknownHostException {
        if (proxied) {
            return List.of(origin.unresolved());
        }
        Optional<InetAddress> literal = origin.literalAddress();
        InetAddress[] addresses = literal.isPresent() ? new InetAddress[] {literal.get()} : names.resolve(origin.host());
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(origin.host());
        }
        return Stream.of(addresses).map(origin::at).toList();
    }

    /** An address that is not public, if there is one. Then no other is used either: names of public servers do not mix. */
    Optional<InetAddress> notPublic(List<HttpHost> targets) {
        return targets.stream().map(HttpHost::getAddress).filter(Objects::nonNull).filter(isPublic.negate()).findFirst();
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
