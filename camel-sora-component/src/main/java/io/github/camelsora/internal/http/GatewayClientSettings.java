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

import java.util.List;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * How connections are made. Clients that agree in this are one client: it has threads of its own. Timeouts are each request's.
 *
 * @param sslContext for https; null for the one of the JVM. The host name is verified in any case
 * @param proxy null for none
 */
public record GatewayClientSettings(@Nullable SSLContext sslContext, @Nullable Proxy proxy) {

    /** What of them is to be cut out of foreign text: a proxy may echo its password. */
    public List<String> secrets() {
        ProxyCredentials credentials = proxy == null ? null : proxy.credentials();
        return credentials == null ? List.of() : credentials.secrets();
    }

    /**
     * An HTTP proxy. An https gateway is reached through a tunnel (CONNECT), so that the proxy sees no key, and the gateway no
     * password.
     *
     * @param credentials null if the proxy asks for none
     * @param direct hosts that are reached without it
     */
    public record Proxy(String host, int port, @Nullable ProxyCredentials credentials, NonProxyHosts direct) {

        public Proxy(String host, int port) {
            this(host, port, null, NonProxyHosts.NONE);
        }

        /**
         * The proxy that two options say.
         *
         * @param host null for none
         * @throws IllegalArgumentException if there is a host without a port, or the port is out of range
         */
        public static @Nullable Proxy of(@Nullable String host, @Nullable Integer port) {
            if (host == null) {
                return null;
            }
            if (port == null || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("proxyHost " + host + " needs a proxyPort from 1 to 65535, not " + port);
            }
            return new Proxy(host, port);
        }

        /**
         * This proxy, with a user that it knows.
         *
         * @param username null for none
         * @throws IllegalArgumentException if user name and password cannot be sent
         */
        public Proxy as(@Nullable String username, @Nullable String password) {
            return username == null || password == null ? this
                    : new Proxy(host, port, new ProxyCredentials(username, password), direct);
        }

        /** @param hosts names that are reached without it, {@code *} for any characters, separated by commas; null for none */
        public Proxy exceptFor(@Nullable String hosts) {
            return new Proxy(host, port, credentials, NonProxyHosts.of(hosts));
        }

        /** Whether a host is reached through it. */
        boolean isFor(String target) {
            return !direct.contains(target);
        }
    }
}
