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

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What an endpoint inherits of its component's gateway options (base URL, key, headers, model). They hold for the component's
 * own gateway only: a key never goes to another vendor.
 */
final class GatewayInheritance {

    private GatewayInheritance() {
    }

    /** The component's options without those that belong to its own gateway: what an endpoint's parameters are bound onto. */
    static SoraConfiguration withoutGatewayOptions(SoraConfiguration defaults) {
        SoraConfiguration copy = defaults.copy();
        copy.setGateway("");
        copy.setBaseUrl(null);
        copy.setApiKey(null);
        copy.setApiKeyHeader(null);
        copy.setModel(null);
        copy.setAdditionalHeader(new LinkedHashMap<>());
        return copy;
    }

    /** Whether an endpoint's own options say where it sends, and not only its component's. */
    static boolean namesGateway(SoraConfiguration bound) {
        return !bound.getGateway().isBlank() || bound.getBaseUrl() != null || bound.getApiKey() != null;
    }

    /** The options of an endpoint that names no gateway, for another gateway than its component's. No key goes along. */
    static SoraConfiguration forGateway(String name, SoraConfiguration bound) {
        SoraConfiguration other = bound.copy();
        other.setGateway(name);
        other.setAdditionalHeader(new LinkedHashMap<>());
        return other;
    }

    /**
     * Fills in what an endpoint inherits of its component's gateway. Decided by what was bound, because Camel binds an option
     * in many spellings: {@code baseUrl}, {@code base-url}, {@code BASEURL}, {@code configuration.baseUrl}.
     *
     * @param bringsItsKey which gateways come with a key of their own, so that the component's key and headers, which may be
     *        those of a real gateway, do not go there
     */
    static void inherit(SoraConfiguration bound, SoraConfiguration defaults, Predicate<String> bringsItsKey) {
        if (bound.getGateway().isBlank()) {
            bound.setGateway(defaults.getGateway());
        }
        if (!Objects.equals(bound.getGateway(), defaults.getGateway())) {
            return;
        }
        if (bringsItsKey.test(bound.getGateway())) {
            bound.setBaseUrl(Gateway.first(bound.getBaseUrl(), defaults.getBaseUrl()));
            return;
        }
        if (bound.getBaseUrl() == null || Gateway.sameBaseUrl(bound.getBaseUrl(), defaults.getBaseUrl())) {
            bound.setApiKey(Gateway.first(bound.getApiKey(), defaults.getApiKey()));
            Map<String, Object> headers = new LinkedHashMap<>(defaults.getAdditionalHeader());
            headers.putAll(bound.getAdditionalHeader());
            bound.setAdditionalHeader(headers);
        }
        bound.setBaseUrl(Gateway.first(bound.getBaseUrl(), defaults.getBaseUrl()));
        bound.setApiKeyHeader(Gateway.first(bound.getApiKeyHeader(), defaults.getApiKeyHeader()));
        bound.setModel(Gateway.first(bound.getModel(), defaults.getModel()));
    }
}
