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
import java.util.Optional;

import io.github.camelsora.internal.http.CanonicalHostName;
import org.apache.hc.core5.http.HttpHost;

/**
 * Scheme, host and port of a URL, in the one spelling in which they are compared and connected to.
 *
 * @param host see {@link CanonicalHostName}
 */
record Origin(boolean https, String host, int port) {

    private static final int MAX_PORT = 65_535;

    /** The origin of a URI, if it is http or https and has a valid host and port. */
    static Optional<Origin> of(URI uri) {
        boolean https = "https".equalsIgnoreCase(uri.getScheme());
        String host = CanonicalHostName.of(uri.getHost());
        int port = uri.getPort() >= 0 ? uri.getPort() : defaultPort(https);
        boolean http = https || "http".equalsIgnoreCase(uri.getScheme());
        return http && host != null && isPort(port) ? Optional.of(new Origin(https, host, port)) : Optional.empty();
    }

    static boolean isPort(int port) {
        return port >= 1 && port <= MAX_PORT;
    }

    private static int defaultPort(boolean https) {
        return https ? 443 : 80;
    }

    /** As {@code trustedHosts} has it. */
    String hostAndPort() {
        return host + ":" + port;
    }

    /** The address, if the host is one and not a name. */
    Optional<InetAddress> literalAddress() {
        return CanonicalHostName.literalAddress(host);
    }

    /** Where to connect to, by name. */
    HttpHost unresolved() {
        String name = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        return new HttpHost(https ? "https" : "http", name, port == defaultPort(https) ? -1 : port);
    }
}
