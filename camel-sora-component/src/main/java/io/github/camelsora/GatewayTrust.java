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
package io.github.camelsora;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.camelsora.internal.link.LinkTrust;
import org.jspecify.annotations.Nullable;

/**
 * To which hosts the links of a gateway's reports are followed, against SSRF (server-side request forgery): where the known
 * gateways keep videos, the gateway's own hosts, and what the user adds. Hosts that the user has configured (a base URL, a
 * source link template) may also be reached over plain http and at a private address; built-in ones may not.
 */
final class GatewayTrust {

    private GatewayTrust() {
    }

    /**
     * @param trustedHosts what the user adds: host names, separated by commas; or {@code null}
     * @throws IllegalArgumentException if an entry of {@code trustedHosts} is no host
     */
    static LinkTrust of(Gateway gateway, @Nullable String trustedHosts) {
        List<String> hosts = new ArrayList<>(LinkTrust.DEFAULT_HOSTS);
        if (trustedHosts != null) {
            hosts.addAll(Arrays.asList(trustedHosts.split(",")));
        }
        Gateway builtIn = Gateway.builtIn(gateway.getName());
        Gateway defaults = builtIn == null ? new Gateway() : builtIn;
        List<String> named = new ArrayList<>();
        add(gateway.getBaseUrl(), defaults.getBaseUrl(), hosts, named);
        add(gateway.getFallbackUrl(), defaults.getFallbackUrl(), hosts, named);
        add(gateway.getSourceUrl(), defaults.getSourceUrl(), hosts, named);
        return LinkTrust.of(hosts, named);
    }

    private static void add(@Nullable String url, @Nullable String builtIn, List<String> hosts, List<String> named) {
        if (url != null && !url.equals(builtIn)) {
            named.add(url);
        } else {
            Stream.ofNullable(url).map(link -> URI.create(link.replace("{taskId}", "task")).getHost())
                    .filter(Objects::nonNull).forEach(hosts::add);
        }
    }
}
