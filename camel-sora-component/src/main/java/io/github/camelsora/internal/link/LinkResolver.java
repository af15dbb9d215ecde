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
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;

/**
 * Finds and judges the addresses that links are followed to. Looking up a name takes as long as its owner's server likes, so it
 * has threads of its own, which end when they are idle: neither the I/O threads nor the timer wait for it. Thread-safe.
 */
final class LinkResolver implements AutoCloseable {

    private static final int THREADS = 4;

    private final DnsResolver names;
    private final Predicate<InetAddress> isPublic;
    private final boolean proxied;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 5, TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(), new DefaultThreadFactory("sora-names", true));

    /** @param proxied whether it is a proxy that resolves names, so that there is nothing to do here */
    LinkResolver(DnsResolver names, Predicate<InetAddress> isPublic, boolean proxied) {
        this.names = names;
        this.isPublic = isPublic;
        this.proxied = proxied;
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs what is going to ask for addresses; throws {@code RejectedExecutionException} after {@link #close}. */
    void execute(Runnable task) {
        threads.execute(task);
    }

    /** All addresses of the link's host, at least one, in the order in which to try them. Waits. Null stands for the proxy. */
    List<InetAddress> addresses(URI link) throws UnknownHostException {
        if (proxied) {
            return Collections.singletonList(null);
        }
        String host = LinkTrust.host(link);
        InetAddress literal = HostName.address(host);
        InetAddress[] addresses = literal != null ? new InetAddress[] {literal} : names.resolve(host);
        if (addresses == null || addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        return List.of(addresses);
    }

    /** As {@link LinkTrust#refusal(URI)}, for addresses. One that is not public spoils the others: honest names do not mix. */
    String refusal(URI link, LinkTrust trust, List<InetAddress> addresses) {
        if (proxied || trust.isNamed(link)) {
            return null;
        }
        return addresses.stream().filter(isPublic.negate()).findFirst().map(address -> LinkTrust.refusal(link, address))
                .orElse(null);
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
