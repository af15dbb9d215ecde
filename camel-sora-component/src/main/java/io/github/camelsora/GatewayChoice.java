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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.util.StringHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which gateway an endpoint talks to, and with which key. What the component's own options say of a gateway (base URL, key,
 * headers, model) holds for the component's own gateway only: a key never goes to another vendor.
 */
final class GatewayChoice {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayChoice.class);

    private final SoraComponent component;
    private final SoraConfiguration options;

    GatewayChoice(SoraComponent component, SoraConfiguration options) {
        this.component = component;
        this.options = options;
    }

    /** The component's options without those that belong to its own gateway: what an endpoint's parameters are bound onto. */
    static SoraConfiguration withoutGatewayOptions(SoraConfiguration defaults) {
        SoraConfiguration copy = defaults.copy();
        copy.setBaseUrl(null);
        copy.setApiKey(null);
        copy.setApiKeyHeader(null);
        copy.setModel(null);
        copy.setAdditionalHeader(new LinkedHashMap<>());
        return copy;
    }

    /**
     * Fills in what an endpoint inherits of its component's gateway. Decided by what was bound, because Camel binds an option
     * in many spellings: {@code baseUrl}, {@code base-url}, {@code BASEURL}, {@code configuration.baseUrl}.
     */
    static void inherit(SoraConfiguration bound, SoraConfiguration defaults) {
        if (!Objects.equals(bound.getGateway(), defaults.getGateway())) {
            return;
        }
        if (bound.getBaseUrl() == null || sameUrl(bound.getBaseUrl(), defaults.getBaseUrl())) {
            bound.setApiKey(first(bound.getApiKey(), defaults.getApiKey()));
            Map<String, Object> headers = new LinkedHashMap<>(defaults.getAdditionalHeader());
            headers.putAll(bound.getAdditionalHeader());
            bound.setAdditionalHeader(headers);
        }
        bound.setBaseUrl(first(bound.getBaseUrl(), defaults.getBaseUrl()));
        bound.setApiKeyHeader(first(bound.getApiKeyHeader(), defaults.getApiKeyHeader()));
        bound.setModel(first(bound.getModel(), defaults.getModel()));
    }

    private static boolean sameUrl(String own, String inherited) {
        return inherited != null && endpointOf(own).equals(endpointOf(inherited));
    }

    private static URI endpointOf(String baseUrl) {
        Gateway gateway = new Gateway();
        gateway.setBaseUrl(baseUrl);
        return gateway.chatCompletionsUri();
    }

    /**
     * The gateway with all that this endpoint overrides.
     *
     * @throws IllegalArgumentException if there is no such gateway, it has no base URL, or its key is missing
     */
    Gateway resolve() {
        Gateway gateway = resolveWithoutKey();
        checkKey(gateway);
        return gateway;
    }

    /**
     * The same, for what sends no key.
     *
     * @throws IllegalArgumentException if there is no such gateway, or it has no base URL
     */
    Gateway resolveWithoutKey() {
        Gateway gateway = named(options.getGateway());
        String ownUrl = gateway.getBaseUrl();
        if (options.getBaseUrl() != null) {
            // The key of a named gateway stays with its base URL; beside another one it must be named again.
            boolean elsewhere = ownUrl != null && !sameUrl(options.getBaseUrl(), ownUrl);
            gateway.setBaseUrl(options.getBaseUrl());
            if (elsewhere) {
                gateway.setApiKey(null);
                gateway.setFallbackUrl(null);
            }
        }
        gateway.setApiKey(first(options.getApiKey(), gateway.getApiKey()));
        gateway.setApiKeyHeader(first(options.getApiKeyHeader(), gateway.getApiKeyHeader()));
        gateway.setModel(first(options.getModel(), gateway.getModel()));
        if (gateway.getBaseUrl() == null) {
            throw new IllegalArgumentException("Gateway " + gateway.getName() + " has no base URL: set camel.component.sora"
                    + ".gateways." + gateway.getName() + ".baseUrl");
        }
        gateway.chatCompletionsUri();
        return gateway;
    }

    /** Says at start that a key will travel in clear. */
    static void warnOfPlainHttp(Gateway gateway) {
        URI uri = gateway.chatCompletionsUri();
        String host = uri.getHost();
        boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        if (uri.getScheme().equalsIgnoreCase("http") && !loopback) {
            LOG.warn("Gateway {} is reached over plain http at {}: key and prompts travel in clear; use https",
                    gateway.getName(), uri.getAuthority());
        }
    }

    private Gateway named(String name) {
        Gateway builtIn = Gateway.builtIn(name);
        Gateway own = component.getGateways().get(name);
        if (own == null) {
            // Camel reads gateways.our-own.baseUrl as gateways.ourOwn.baseUrl.
            own = component.getGateways().get(StringHelper.dashToCamelCase(name));
        }
        if (own == null) {
            own = CamelContextHelper.lookup(component.getCamelContext(), name, Gateway.class);
        }
        if (own == null && builtIn == null) {
            TreeSet<String> known = new TreeSet<>(Gateway.builtInNames());
            known.addAll(component.getGateways().keySet());
            throw new IllegalArgumentException("There is no gateway " + name + ": use one of " + known
                    + ", set camel.component.sora.gateways." + name + ".baseUrl, or bind a Gateway bean of that name");
        }
        Gateway gateway = own == null ? builtIn : builtIn == null ? own.copy() : own.over(builtIn);
        gateway.setName(name);
        return gateway;
    }

    private void checkKey(Gateway gateway) {
        String name = gateway.getName();
        boolean keyAsHeader = options.getAdditionalHeader().keySet().stream().anyMatch(header -> header
                .equalsIgnoreCase(gateway.getApiKeyHeader()) || header.equalsIgnoreCase("Authorization"));
        if (gateway.getApiKey() == null && !keyAsHeader) {
            throw new IllegalArgumentException("Gateway " + name + " at " + gateway.getBaseUrl() + " needs an API key: set "
                    + "camel.component.sora.apiKey for the component's own gateway and base URL, camel.component.sora.gateways."
                    + name + ".apiKey for this one, or apiKey on the endpoint");
        }
    }

    private static String first(String own, String inherited) {
        return own == null || own.isBlank() ? inherited : own;
    }
}
