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
import java.util.List;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Finds out to which addresses to connect for a host. HttpClient is given these addresses and looks nothing up: it would do so
 * in the thread that sends, and a second look-up could give other addresses than were checked (DNS rebinding). Behind a proxy,
 * which resolves the names of hosts itself, the proxy's own name is looked up. Thread-safe.
 */
public final class TargetResolver implements AutoCloseable {

    /** Hears the result, once. On a thread of the look-up, or in {@link #resolve} itself. Must not wait. */
    public interface Listener {

        /** Where to connect to, at least one, in the order in which to try them; without an address behind a proxy. */
        void resolved(List<HttpHost> targets);

        /** There is no address. */
        void unresolved(IOException cause);
    }

    private final HostNames names;
    private final GatewayClientSettings.@Nullable Proxy proxy;
    private volatile InetAddress @Nullable [] proxyAddresses;
    private volatile @Nullable Resolved last;

    /** Where to connect to for a host. */
    private record Resolved(HttpHost host, List<InetAddress> addresses, List<HttpHost> targets) {
    }

    /** @param proxy null for none */
    public TargetResolver(DnsResolver names, GatewayClientSettings.@Nullable Proxy proxy) {
        this.names = new HostNames(names);
        this.proxy = proxy;
    }

    /**
     * Resolves a host, in the spelling of {@link HttpHost}.
     *
     * @return stops waiting
     */
    public Runnable resolve(HttpHost host, Listener listener) {
        String through = proxy == null || !proxy.isFor(host.getHostName()) ? null : proxy.host();
        return names.lookUp(through == null ? host.getHostName() : through, new HostNames.Listener() {

            @Override
            public void found(List<InetAddress> addresses) {
                if (through == null) {
                    listener.resolved(targets(host, addresses));
                } else {
                    proxyAddresses = addresses.toArray(InetAddress[]::new);
                    listener.resolved(List.of(host));
                }
            }

            @Override
            public void notFound(IOException cause) {
                listener.unresolved(cause);
            }
        });
    }

    /** Streams hold on to their target: those to one address share it. */
    private List<HttpHost> targets(HttpHost host, List<InetAddress> addresses) {
        Resolved known = last;
        if (known == null || !known.host.equals(host) || !known.addresses.equals(addresses)) {
            known = new Resolved(host, addresses, addresses.stream().map(address -> new HttpHost(host.getSchemeName(),
                    address, host.getHostName(), host.getPort())).toList());
            last = known;
        }
        return known.targets;
    }

    /** What HttpClient may resolve: the proxy's name, with the addresses that were found last. */
    DnsResolver forEngine() {
        return new DnsResolver() {

            @Override
            public InetAddress[] resolve(String host) throws UnknownHostException {
                InetAddress[] known = proxyAddresses;
                if (known == null || proxy == null || !host.equalsIgnoreCase(proxy.host())) {
                    throw notChecked(host);
                }
                return known.clone();
            }

            @Override
            public String resolveCanonicalHostname(String host) throws UnknownHostException {
                throw notChecked(host);
            }
        };
    }

    private static UnknownHostException notChecked(String host) {
        return new UnknownHostException("The address of " + host + " was not checked");
    }

    /** Looks nothing up any more. */
    @Override
    public void close() {
        names.close();
    }
}
