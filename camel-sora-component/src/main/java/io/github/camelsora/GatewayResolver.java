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

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

import io.github.camelsora.internal.http.ApiKey;
import io.github.camelsora.internal.http.ApiKeyException;
import io.github.camelsora.internal.http.RequestHeaders;
import io.github.camelsora.internal.protocol.ChatTarget;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.protocol.TaskSource;
import org.apache.camel.CamelContext;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.util.StringHelper;
import org.jspecify.annotations.Nullable;

/**
 * Resolves which gateway an endpoint talks to, and with which key: a gateway by name, and what the endpoint's own options
 * override.
 */
final class GatewayResolver {

    private static final String SIMULATOR = "simulator";

    private final Map<String, Gateway> gateways;
    private final CamelContext camel;

    /**
     * @param gateways the component's named gateways
     * @param camel in whose registry gateways may be beans
     */
    GatewayResolver(Map<String, Gateway> gateways, CamelContext camel) {
        this.gateways = gateways;
        this.camel = camel;
    }

    /**
     * The gateway of an endpoint, with or without a key: see {@link #requireKey}.
     *
     * @throws IllegalArgumentException if there is no such gateway, or one of its URLs or hosts is unusable
     */
    ResolvedGateway resolve(SoraConfiguration options) {
        String name = options.getGateway();
        checkBaseUrl(name, options.getBaseUrl());
        Gateway gateway = overridden(named(name), options);
        String baseUrl = gateway.getBaseUrl();
        if (baseUrl == null) {
            throw new IllegalArgumentException("Gateway " + name + " has no base URL: set camel.component.sora.gateways." + name
                    + ".baseUrl");
        }
        Optional<ApiKey> key = key(gateway);
        RequestHeaders headers = headers(gateway, key, options);
        boolean authorized = headers.contains(gateway.getApiKeyHeader()) || headers.contains(Gateway.AUTHORIZATION);
        return new ResolvedGateway(name, baseUrl, key.map(ApiKey::fingerprint).orElse(null),
                new ChatTarget(gateway.chatCompletionsUri(),
                        options.isFallbackEnabled() ? gateway.fallbackCompletionsUri() : null, headers, authorized,
                        gateway.getModel()),
                new TaskSource(name, GatewayTrust.of(gateway, options.getTrustedHosts()), gateway.getSourceUrl()));
    }

    /**
     * @param defaults of the component
     * @throws ApiKeyException if the gateway has no key, with why no other key is used, and how to set one
     */
    void requireKey(ResolvedGateway gateway, SoraConfiguration defaults) {
        if (gateway.chat().authorized()) {
            return;
        }
        String name = gateway.name();
        boolean own = name.equals(defaults.getGateway());
        Gateway named = named(name);
        String home = own ? Gateway.first(defaults.getBaseUrl(), named.getBaseUrl()) : named.getBaseUrl();
        String advice;
        if (!Gateway.sameBaseUrl(gateway.baseUrl(), home)) {
            advice = "the key of gateway " + name + " serves only " + home + ". Set apiKey on the endpoint, or give this place "
                    + "a name: camel.component.sora.gateways.NAME.baseUrl and .apiKey, and gateway=NAME on the endpoint";
        } else if (own) {
            advice = "set camel.component.sora.apiKey, or apiKey on the endpoint";
        } else {
            advice = "the component's own key serves only gateway " + defaults.getGateway() + ". Set " + (isBean(name)
                    ? "the apiKey of the Gateway bean " + name : "camel.component.sora.gateways." + name + ".apiKey")
                    + ", or apiKey on the endpoint";
        }
        throw new ApiKeyException("Gateway " + name + " at " + gateway.baseUrl() + " needs an API key: " + advice);
    }

    /**
     * Which property the key comes from, and never the key.
     *
     * @param own what the endpoint's own parameters say
     * @param options with what it has inherited
     */
    String keySource(ResolvedGateway gateway, SoraConfiguration own, SoraConfiguration options) {
        if (own.getApiKey() != null) {
            return "apiKey of the endpoint";
        }
        if (options.getApiKey() != null) {
            return "camel.component.sora.apiKey";
        }
        if (gateway.keyFingerprint() != null) {
            return isBean(gateway.name()) ? "the Gateway bean " + gateway.name()
                    : "camel.component.sora.gateways." + gateway.name() + ".apiKey";
        }
        return gateway.chat().authorized() ? "additionalHeader" : "none";
    }

    private boolean isBean(String name) {
        return ownGateway(name) == null && CamelContextHelper.lookup(camel, name, Gateway.class) != null;
    }

    private @Nullable Gateway ownGateway(String name) {
        Gateway own = gateways.get(name);
        // Camel reads gateways.our-own.baseUrl as gateways.ourOwn.baseUrl.
        return own != null ? own : gateways.get(StringHelper.dashToCamelCase(name));
    }

    /** Whether a jar on the class path brings this gateway. It brings its base URL and its key, too. Starts nothing. */
    boolean isOnClassPath(String name) {
        Gateway own = ofUser(name);
        return Gateway.builtIn(name) == null && (own == null || !hasBaseUrl(own)) && classPath().bring(name);
    }

    private static boolean hasBaseUrl(Gateway gateway) {
        return Gateway.first(gateway.getBaseUrl(), null) != null;
    }

    private ClassPathGateways classPath() {
        return ClassPathGateways.of(camel);
    }

    private @Nullable Gateway ofUser(String name) {
        Gateway own = ownGateway(name);
        return own != null ? own : CamelContextHelper.lookup(camel, name, Gateway.class);
    }

    private Gateway named(String name) {
        Gateway builtIn = Gateway.builtIn(name);
        Gateway own = ofUser(name);
        Gateway defaults = builtIn != null || own != null && hasBaseUrl(own) ? builtIn : classPath().find(name);
        Gateway gateway = own == null ? defaults : defaults == null ? own.copy() : own.over(defaults);
        if (gateway == null && name.equals(SIMULATOR)) {
            throw new IllegalArgumentException("There is no gateway simulator on the class path: add the dependency "
                    + "camel-sora-test of io.github.camelsora, which brings it");
        }
        if (gateway == null) {
            TreeSet<String> known = new TreeSet<>(Gateway.builtInNames());
            known.addAll(gateways.keySet());
            throw new IllegalArgumentException("There is no gateway " + name + ": use one of " + known
                    + ", set camel.component.sora.gateways." + name + ".baseUrl, or bind a Gateway bean of that name");
        }
        gateway.setName(name);
        return gateway;
    }

    /** Whoever asks for the simulator wants to pay nothing: no other option may lead the request to a real gateway. */
    private void checkBaseUrl(String name, @Nullable String baseUrl) {
        if (Gateway.first(baseUrl, null) != null && isOnClassPath(name)) {
            throw new IllegalArgumentException("Gateway " + name + " has a base URL of its own, and baseUrl=" + baseUrl
                    + " leads elsewhere: remove baseUrl, or name another gateway");
        }
    }

    private static Gateway overridden(Gateway gateway, SoraConfiguration options) {
        String ownUrl = gateway.getBaseUrl();
        if (options.getBaseUrl() != null) {
            gateway.setBaseUrl(options.getBaseUrl());
            // The key of a named gateway stays with its base URL; beside another one it must be named again.
            if (ownUrl != null && !Gateway.sameBaseUrl(options.getBaseUrl(), ownUrl)) {
                gateway.setApiKey(null);
                gateway.setFallbackUrl(null);
            }
        }
        gateway.setApiKey(Gateway.first(options.getApiKey(), gateway.getApiKey()));
        gateway.setApiKeyHeader(Gateway.first(options.getApiKeyHeader(), gateway.getApiKeyHeader()));
        gateway.setModel(Gateway.first(options.getModel(), gateway.getModel()));
        return gateway;
    }

    private static Optional<ApiKey> key(Gateway gateway) {
        try {
            return ApiKey.of(gateway.getApiKey());
        } catch (ApiKeyException e) {
            throw new ApiKeyException("Gateway " + gateway.getName() + ": " + e.getMessage());
        }
    }

    private static RequestHeaders headers(Gateway gateway, Optional<ApiKey> ofGateway, SoraConfiguration options) {
        RequestHeaders.Builder headers = RequestHeaders.builder();
        ofGateway.ifPresent(key -> headers.key(gateway.getApiKeyHeader(), key));
        options.getAdditionalHeader().forEach((name, value) -> headers.header(name, String.valueOf(value)));
        return headers.build();
    }
}
