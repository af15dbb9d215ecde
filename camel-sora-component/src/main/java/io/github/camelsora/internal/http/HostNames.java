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
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks host names up. A look-up takes as long as a name server likes, so it has threads of its own, which end when they are
 * idle: neither a route nor an I/O thread nor a timer waits for it. Whoever asks for a host that is being looked up gets the
 * same answer. The names of one domain share a name server, so they get a few threads, and the others go on when it does not
 * answer. Knows no timeout: whoever has waited long enough cancels. Remembers no answer; the JVM does. Thread-safe.
 */
final class HostNames implements AutoCloseable {

    /** Hears the result of a look-up, once. On a thread of the look-up, or in {@link #lookUp} itself. Must not wait. */
    interface Listener {

        /** There are addresses: at least one, in the order in which to try them. */
        void found(List<InetAddress> addresses);

        /** There is none. */
        void notFound(IOException cause);
    }

    static final int THREADS = 32;
    static final int THREADS_PER_DOMAIN = 4;

    private static final Logger LOG = LoggerFactory.getLogger(HostNames.class);
    private static final Runnable NOTHING = () -> { };

    private final DnsResolver names;
    /** Unbounded in itself: a thread that has finished a look-up, and is not idle yet, starts the next one on another. */
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS,
            new SynchronousQueue<>(), new DefaultThreadFactory("sora-names", true));
    /** All guarded by this. Waiting look-ups run in the order in which they were asked for. */
    private final Map<String, LookUp> byHost = new HashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private final Queue<LookUp> waiting = new ArrayDeque<>();
    private int busy;
    private boolean closed;
    private volatile @Nullable Kind last;

    /** What the spelling of a host says. */
    private record Kind(String host, Optional<InetAddress> literal) {

        private static Kind of(String host) {
            String canonical = CanonicalHostName.of(host.indexOf(':') < 0 ? host : "[" + host + "]");
            return new Kind(host, canonical == null ? Optional.empty() : CanonicalHostName.literalAddress(canonical));
        }
    }

    HostNames(DnsResolver names) {
        this.names = names;
    }

    /**
     * Looks a host up; a literal address at once.
     *
     * @return stops waiting: the listener is not told any more, unless it is being told
     */
    Runnable lookUp(String host, Listener listener) {
        Optional<InetAddress> literal = literal(host);
        if (literal.isPresent()) {
            listener.found(List.of(literal.get()));
            return NOTHING;
        }
        LookUp lookUp;
        synchronized (this) {
            lookUp = closed ? null : byHost.get(host);
            if (lookUp == null && !closed) {
                lookUp = new LookUp(host);
                byHost.put(host, lookUp);
                waiting.add(lookUp);
            }
            if (lookUp != null) {
                lookUp.listeners.add(listener);
                startWaiting();
            }
        }
        if (lookUp == null) {
            listener.notFound(new IOException("The client is closed"));
            return NOTHING;
        }
        LookUp asked = lookUp;
        return () -> cancel(asked, listener);
    }

    /** Most requests go to the same host as the one before. */
    private Optional<InetAddress> literal(String host) {
        Kind known = last;
        if (known == null || !known.host.equals(host)) {
            known = Kind.of(host);
            last = known;
        }
        return known.literal;
    }

    private synchronized void cancel(LookUp lookUp, Listener listener) {
        lookUp.listeners.remove(listener);
        // Nobody waits for it, and it has not begun: it need not begin.
        if (lookUp.listeners.isEmpty() && waiting.remove(lookUp)) {
            byHost.remove(lookUp.host, lookUp);
        }
    }

    private synchronized void startWaiting() {
        for (var next = waiting.iterator(); next.hasNext() && busy < THREADS && !closed;) {
            LookUp lookUp = next.next();
            if (running.getOrDefault(lookUp.domain, 0) < THREADS_PER_DOMAIN) {
                next.remove();
                start(lookUp);
            }
        }
    }

    private void start(LookUp lookUp) {
        busy++;
        running.merge(lookUp.domain, 1, Integer::sum);
        boolean started = false;
        try {
            threads.execute(lookUp);
            started = true;
        } finally {
            if (!started) {
                // No thread could be made. The next one who asks for this host must not wait for it for ever.
                forget(lookUp);
            }
        }
    }

    private void forget(LookUp lookUp) {
        busy--;
        running.computeIfPresent(lookUp.domain, (domain, count) -> count == 1 ? null : count - 1);
        byHost.remove(lookUp.host, lookUp);
    }

    private synchronized List<Listener> finished(LookUp lookUp) {
        forget(lookUp);
        startWaiting();
        return List.copyOf(lookUp.listeners);
    }

    /** Starts no further look-up. What runs ends by itself; those who wait for it are told. */
    @Override
    public void close() {
        List<LookUp> dropped;
        synchronized (this) {
            closed = true;
            dropped = new ArrayList<>(waiting);
            waiting.clear();
            dropped.forEach(lookUp -> byHost.remove(lookUp.host, lookUp));
        }
        threads.shutdown();
        dropped.forEach(lookUp -> lookUp.tell(List.copyOf(lookUp.listeners), null,
                new IOException("The client is closed")));
    }

    /** The last two labels, which may be less than a domain: then it shares threads that it need not share. */
    private static String domain(String host) {
        int last = host.lastIndexOf('.');
        return last < 0 ? host : host.substring(host.lastIndexOf('.', last - 1) + 1);
    }

    private final class LookUp implements Runnable {

        private final String host;
        private final String domain;
        private final List<Listener> listeners = new ArrayList<>(1);

        LookUp(String host) {
            this.host = host;
            this.domain = domain(host);
        }

        @Override
        public void run() {
            InetAddress[] found = null;
            IOException failure = null;
            try {
                found = names.resolve(host);
                if (found == null || found.length == 0) {
                    failure = new UnknownHostException(host);
                }
            } catch (IOException e) {
                failure = e;
            } catch (Throwable e) {
                // Whoever waits must be told, whatever a resolver throws.
                failure = new IOException("The name " + host + " could not be looked up: " + e, e);
            }
            tell(finished(this), failure == null ? found : null, failure);
        }

        private void tell(List<Listener> told, InetAddress @Nullable [] found, @Nullable IOException failure) {
            for (Listener listener : told) {
                try {
                    if (found != null) {
                        listener.found(Arrays.asList(found));
                    } else if (failure != null) {
                        listener.notFound(failure);
                    }
                } catch (Throwable e) {
                    LOG.warn("Who has asked for the address of {} failed", host, e);
                }
            }
        }
    }
}
