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
package io.github.camelsora.examples.studio;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers only requests of the studio's own page. The studio knows no users: without this filter, a page of another site could
 * order videos with the browser of somebody who runs the studio (cross-site request forgery). It could also read the list,
 * under a name that it points to this machine (DNS rebinding). A page cannot set {@code Host} or {@code Origin}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
class HostAndOrigin extends OncePerRequestFilter {

    private static final List<String> THIS_MACHINE = List.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> names = new HashSet<>(THIS_MACHINE);
    private final Set<String> hosts = new HashSet<>();

    /**
     * @param address the address that the server listens on, or an empty text
     * @param hosts other names of the studio, with a port if it is not the server's own
     */
    HostAndOrigin(@Value("${server.address:}") String address, @Value("${studio.hosts}") Collection<String> hosts) {
        if (!address.isEmpty()) {
            names.add((address.contains(":") ? "[" + address + "]" : address).toLowerCase(Locale.ROOT));
        }
        hosts.forEach(host -> this.hosts.add(host.strip().toLowerCase(Locale.ROOT)));
        names.addAll(this.hosts);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain next)
            throws ServletException, IOException {
        String host = request.getHeader("Host") == null ? "" : request.getHeader("Host").toLowerCase(Locale.ROOT);
        if (!isOwn(host, request)) {
            Sentence.send(response, HttpServletResponse.SC_FORBIDDEN, "The studio does not answer as " + host
                    + ". If that is its name, start it with --studio.hosts=" + host);
        } else if (!isAllowed(request, host)) {
            Sentence.send(response, HttpServletResponse.SC_FORBIDDEN, "Only the studio's own page may do this.");
        } else {
            next.doFilter(request, response);
        }
    }

    private boolean isOwn(String host, HttpServletRequest request) {
        int defaultPort = request.isSecure() ? 443 : 80;
        String port = request.getLocalPort() == defaultPort ? "" : ":" + request.getLocalPort();
        return hosts.contains(host)
                || host.endsWith(port) && names.contains(host.substring(0, host.length() - port.length()));
    }

    private static boolean isAllowed(HttpServletRequest request, String host) {
        String origin = request.getHeader("Origin");
        if (origin != null) {
            return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host);
        }
        String site = request.getHeader("Sec-Fetch-Site");
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        // Other sites may link to the page. Nobody but the page needs the rest.
        boolean needsNoSite = reads && (site == null || site.equals("none") || !request.getServletPath().startsWith("/api/"));
        return needsNoSite || "same-origin".equals(site);
    }
}
