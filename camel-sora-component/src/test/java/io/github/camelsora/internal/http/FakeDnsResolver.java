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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.apache.hc.client5.http.DnsResolver;

/** A name server that knows what a test has told it, answers each look-up in turn, and keeps what it was asked. */
public final class FakeDnsResolver implements DnsResolver {

    private final Map<String, Deque<InetAddress[]>> answers = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private final Set<String> slow = ConcurrentHashMap.newKeySet();

    /** The next look-up gives these addresses; the last ones that were told are given ever after. */
    public FakeDnsResolver then(String host, String... addresses) {
        answers.computeIfAbsent(host, name -> new ArrayDeque<>()).add(Stream.of(addresses).map(FakeDnsResolver::address)
                .toArray(InetAddress[]::new));
        return this;
    }

    /** This host is not answered until {@link #release}. */
    public void hold(String host) {
        slow.add(host);
    }

    public void release() {
        open.countDown();
    }

    public List<String> asked() {
        return asked;
    }

    public static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        asked.add(host);
        if (slow.contains(host)) {
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
        }
        Deque<InetAddress[]> known = answers.get(host);
        if (known == null) {
            throw new UnknownHostException(host);
        }
        return known.size() > 1 ? known.poll() : known.peek();
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
