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
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.camelsora.internal.text.SoraLink;

/**
 * Which links may be followed: https to a trusted host on any port, and http or https to a host and port that the user named.
 * Only what was named may have an address that is not public. Links come from text that a prompt can influence, so what is not
 * allowed here is not done. Looks no name up: what a name stands for is checked by {@link LinkClient} when it connects.
 * Immutable.
 */
public final class LinkTrust {

    /** Where the gateways that this component knows keep reports and videos. */
    public static final List<String> DEFAULT_HOSTS =
            List.of("asyncdata.net", "pro.asyncdata.net", "filesystem.site", "pro.filesystem.site");

    private static final int MAX_PORT = 65_535;

    private final Set<String> hosts = new HashSet<>();
    private final Set<String> domains = new HashSet<>();
    private final Set<String> named = new HashSet<>();

    private LinkTrust() {
    }

    /**
     * The rule for these hosts.
     *
     * @param hosts exact names, or {@code *.example.com} for every name below example.com, but not itself; {@code host:port} is
     *        trusted on that port only, where it counts as named. An IPv6 address stands in brackets. Blank ones are ignored
     * @param named http or https URLs whose host and port the user named himself; what follows the host may be a template. Null
     *        and blank ones, and those with a template for a host, are ignored
     * @throws IllegalArgumentException if one of them is neither; the message names it and what to write instead
     */
    public static LinkTrust of(Collection<String> hosts, Collection<String> named) {
        LinkTrust trust = new LinkTrust();
        hosts.stream().map(String::strip).filter(entry -> !entry.isEmpty()).forEach(trust::trust);
        named.stream().filter(url -> url != null && !url.isBlank()).map(String::strip).forEach(trust::name);
        return trust;
    }

    private void trust(String entry) {
        int colon = entry.indexOf(':', entry.indexOf(']') + 1);
        String host = HostName.canonical(colon < 0 ? entry : entry.substring(0, colon));
        if (entry.startsWith("*.")) {
            String domain = HostName.canonical(entry.substring(2));
            if (domain == null || domain.indexOf('.') < 0 || HostName.address(domain) != null) {
                throw unusable(entry);
            }
            domains.add("." + domain);
        } else if (host == null) {
            throw unusable(entry);
        } else if (colon < 0) {
            hosts.add(host);
        } else {
            named.add(host + ":" + port(entry, entry.substring(colon + 1)));
        }
    }

    private static int port(String entry, String text) {
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > MAX_PORT) {
            throw unusable(entry);
        }
        return port;
    }

    private static IllegalArgumentException unusable(String entry) {
        return new IllegalArgumentException("trustedHosts has no use for " + shown(entry)
                + "; write a host such as cdn.example.com, *.example.com, or cdn.example.com:8443");
    }

    /** Whatever stands before an @ may be a password. */
    private static String shown(String text) {
        String shown = text.substring(text.lastIndexOf('@') + 1);
        return shown.length() <= 100 ? shown : shown.substring(0, 100) + "…";
    }

    private void name(String url) {
        // what follows the host can be a template, which a URI cannot
        String origin = url.replaceFirst("(?i)^(https?://[^/?#]*).*", "$1");
        if (origin.indexOf('{') >= 0) {
            return;
        }
        try {
            URI uri = new URI(origin);
            String host = HostName.canonical(uri.getHost());
            if (host != null && isHttp(uri) && uri.getRawUserInfo() == null && isPort(port(uri))) {
                named.add(host + ":" + port(uri));
                return;
            }
        } catch (URISyntaxException e) {
            // as any other that is not of use
        }
        throw new IllegalArgumentException(shown(origin) + " is no http or https URL with a host;"
                + " write one such as https://api.goapi.ai, without user name");
    }

    /**
     * Null if the link may be followed, else a sentence that says why not and what to set. It shows host and port of the link,
     * and nothing else of it.
     */
    public String refusal(URI link) {
        String host = host(link);
        if (host == null || !SoraLink.isLink(link.toString()) || !isPort(port(link))) {
            return "A link is not followed, whatever is set, unless it is an absolute http or https URL with a valid host,"
                    + " without user info, of at most " + SoraLink.MAX_LENGTH + " characters";
        }
        if (isNamed(link)) {
            return null;
        }
        if (!hosts.contains(host) && domains.stream().noneMatch(host::endsWith)) {
            return "The link to " + host + ":" + port(link) + " is not followed, because " + host
                    + " is not trusted; to follow it, add " + host + " to trustedHosts";
        }
        if (!"https".equalsIgnoreCase(link.getScheme())) {
            return "The link to " + host + ":" + port(link) + " is not followed, because it is plain http; to follow it, add "
                    + host + ":" + port(link) + " to trustedHosts";
        }
        InetAddress address = HostName.address(host);
        return address == null || PublicAddress.isPublic(address) ? null : refusal(link, address);
    }

    /** Why a link is not followed to an address that is not public, although its host is trusted. */
    static String refusal(URI link, InetAddress address) {
        String where = host(link) + ":" + port(link);
        return "The link to " + where + " is not followed, because its address " + address.getHostAddress()
                + " is not public; to follow it, add " + where + " to trustedHosts";
    }

    /** Whether the user named host and port of this link, so that any address will do. */
    boolean isNamed(URI link) {
        return named.contains(host(link) + ":" + port(link));
    }

    /** The canonical host, or null. */
    static String host(URI link) {
        return HostName.canonical(link.getHost());
    }

    static int port(URI link) {
        return link.getPort() >= 0 ? link.getPort() : usualPort(link);
    }

    static int usualPort(URI link) {
        return "https".equalsIgnoreCase(link.getScheme()) ? 443 : 80;
    }

    private static boolean isPort(int port) {
        return port >= 1 && port <= MAX_PORT;
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
    }
}
