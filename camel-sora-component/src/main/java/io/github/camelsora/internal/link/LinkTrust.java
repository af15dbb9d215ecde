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
import java.util.Optional;
import java.util.Set;

import io.github.camelsora.internal.http.CanonicalHostName;
import io.github.camelsora.internal.text.Link;

/**
 * Which links may be followed: https to a trusted host on any port, and http or https to a host and port that the user named.
 * Only what was named may have an address that is not public. Links come from text that a prompt can influence, and following
 * any of them would be SSRF (server-side request forgery). Looks no name up: the addresses of a name are checked by
 * {@link LinkClient} when it connects. Immutable.
 */
public final class LinkTrust {

    /** Where the gateways that this component knows keep reports and videos. */
    public static final List<String> DEFAULT_HOSTS =
            List.of("asyncdata.net", "pro.asyncdata.net", "filesystem.site", "pro.filesystem.site");

    /** Why text is not followed of which {@link Link} makes no link, and a link with an impossible host. */
    static final String NO_LINK = "A link is not followed, whatever is set, unless it is an absolute http or https URL with a"
            + " valid host, without user info, of at most " + Link.MAX_LENGTH + " characters";

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
        String host = CanonicalHostName.of(colon < 0 ? entry : entry.substring(0, colon));
        if (entry.startsWith("*.")) {
            String domain = CanonicalHostName.of(entry.substring(2));
            if (domain == null || domain.indexOf('.') < 0 || CanonicalHostName.literalAddress(domain).isPresent()) {
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
        if (!Origin.isPort(port)) {
            throw unusable(entry);
        }
        return port;
    }

    private static IllegalArgumentException unusable(String entry) {
        return new IllegalArgumentException("trustedHosts has an entry that is no host: " + shown(entry)
                + "; write a host such as cdn.example.com, *.example.com, or cdn.example.com:8443");
    }

    /** The text without what stands before an @, which may be a password; cut. */
    private static String shown(String text) {
        String shown = text.substring(text.lastIndexOf('@') + 1);
        return shown.length() <= 100 ? shown : shown.substring(0, 100) + "…";
    }

    private void name(String url) {
        // only up to the host, since a template such as {taskId} may follow, which URI does not accept
        String origin = url.replaceFirst("(?i)^(https?://[^/?#]*).*", "$1");
        if (origin.indexOf('{') >= 0) {
            return;
        }
        Optional<Origin> usable = parse(origin).filter(uri -> uri.getRawUserInfo() == null).flatMap(Origin::of);
        named.add(usable.orElseThrow(() -> new IllegalArgumentException(shown(origin) + " is no http or https URL with a host;"
                + " write one such as https://api.goapi.ai, without user name")).hostAndPort());
    }

    private static Optional<URI> parse(String url) {
        try {
            return Optional.of(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether the link may be followed. */
    public boolean allows(Link link) {
        return reasonForRefusal(link).isEmpty();
    }

    /**
     * Why the link may not be followed, as a sentence that says what to set; empty if it may be. It shows host and port of
     * the link, and nothing else of it.
     */
    public Optional<String> reasonForRefusal(Link link) {
        return Origin.of(link.uri()).map(this::reasonForRefusal).orElse(Optional.of(NO_LINK));
    }

    private Optional<String> reasonForRefusal(Origin origin) {
        String where = origin.hostAndPort();
        if (isNamed(origin)) {
            return Optional.empty();
        }
        if (!hosts.contains(origin.host()) && domains.stream().noneMatch(origin.host()::endsWith)) {
            return Optional.of("The link to " + where + " is not followed, because " + origin.host()
                    + " is not trusted; to follow it, add " + origin.host() + " to trustedHosts");
        }
        if (!origin.https()) {
            return Optional.of("The link to " + where + " is not followed, because it is plain http; to follow it, add "
                    + where + " to trustedHosts");
        }
        return origin.literalAddress().filter(address -> !PublicAddresses.contains(address))
                .map(address -> notPublic(origin, address));
    }

    /** Why a link to a trusted host is not followed to this address. */
    static String notPublic(Origin origin, InetAddress address) {
        String where = origin.hostAndPort();
        return "The link to " + where + " is not followed, because its address " + address.getHostAddress()
                + " is not public; to follow it, add " + where + " to trustedHosts";
    }

    /** Whether the user named this host and port, so that it may have any address. */
    boolean isNamed(Origin origin) {
        return named.contains(origin.hostAndPort());
    }
}
