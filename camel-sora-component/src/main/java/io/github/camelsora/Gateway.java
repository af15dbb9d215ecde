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
import java.net.URISyntaxException;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Where and how one vendor is asked: base URL, key and the header it goes into, default model. A bean, so that it can be
 * bound from properties ({@code gateways.<name>.*}) or registered. Knows no request and opens no connection; whether a key is
 * needed is for its user to decide. Not thread-safe while it is being set up. Its {@code toString} shows no key.
 */
public final class Gateway {

    /** The header that a key goes into unless {@link #setApiKeyHeader} says otherwise. */
    public static final String AUTHORIZATION = "Authorization";

    private static final String ASYNCDATA_SOURCE = "https://asyncdata.net/source/{taskId}";

    private @Nullable String name;
    private @Nullable String baseUrl;
    private @Nullable String apiKey;
    private @Nullable String apiKeyHeader;
    private @Nullable String model;
    private @Nullable String fallbackUrl;
    private @Nullable String sourceUrl;

    /** A gateway of which nothing is known yet. */
    public Gateway() {
    }

    private Gateway(@Nullable String name, @Nullable String baseUrl, @Nullable String apiKeyHeader, @Nullable String model,
            @Nullable String fallbackUrl) {
        this.name = name;
        this.baseUrl = baseUrl;
        this.apiKeyHeader = apiKeyHeader;
        this.model = model;
        this.fallbackUrl = fallbackUrl;
        this.sourceUrl = ASYNCDATA_SOURCE;
    }

    /**
     * A gateway whose documentation this component was built from, without a key.
     *
     * @param name one of {@link #builtInNames()}
     * @return a copy of its own, or null if there is none of that name
     */
    public static @Nullable Gateway builtIn(@Nullable String name) {
        return BuiltIn.ALL.stream().filter(gateway -> Objects.equals(gateway.name, name)).findFirst().map(Gateway::copy)
                .orElse(null);
    }

    /** The names that {@link #builtIn} knows, the default gateway first. */
    public static List<String> builtInNames() {
        return BuiltIn.ALL.stream().map(Gateway::getName).toList();
    }

    /**
     * This gateway, and what it leaves open from another: how a named gateway overrides a built-in one. A fallback host belongs
     * to its base URL and is taken only with it. So is a key, which built-in gateways do not have.
     */
    Gateway over(Gateway defaults) {
        Gateway both = copy();
        both.baseUrl = first(baseUrl, defaults.baseUrl);
        both.apiKeyHeader = first(apiKeyHeader, defaults.apiKeyHeader);
        both.model = first(model, defaults.model);
        both.sourceUrl = first(sourceUrl, defaults.sourceUrl);
        both.fallbackUrl = baseUrl == null ? first(fallbackUrl, defaults.fallbackUrl) : fallbackUrl;
        both.apiKey = baseUrl == null ? first(apiKey, defaults.apiKey) : apiKey;
        return both;
    }

    /** What is set, else what is inherited. A blank option is not set. */
    static @Nullable String first(@Nullable String own, @Nullable String inherited) {
        return own == null || own.isBlank() ? inherited : own;
    }

    /** Whether two base URLs mean the same place. */
    static boolean sameBaseUrl(@Nullable String own, @Nullable String other) {
        return own != null && other != null && chatCompletionsUri(own).equals(chatCompletionsUri(other));
    }

    private static URI chatCompletionsUri(String baseUrl) {
        Gateway gateway = new Gateway();
        gateway.setBaseUrl(baseUrl);
        return gateway.chatCompletionsUri();
    }

    /** A gateway that can be changed without changing this one. */
    Gateway copy() {
        Gateway copy = new Gateway(name, baseUrl, apiKeyHeader, model, fallbackUrl);
        copy.apiKey = apiKey;
        copy.sourceUrl = sourceUrl;
        return copy;
    }

    /**
     * Where chat completions are posted to. A base URL that ends in {@code /} or {@code /v1} is taken as meant.
     *
     * @throws IllegalArgumentException if the base URL is missing or is not an absolute http or https URL with a host, or has
     *         a user name, query or fragment in it
     */
    URI chatCompletionsUri() {
        URI base = base();
        String path = withoutEnd(base.getRawPath(), "/");
        path = withoutEnd(withoutEnd(path, "/v1"), "/");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + path + "/v1/chat/completions");
    }

    /**
     * The same on the fallback host, or {@code null} if there is none.
     *
     * @throws IllegalArgumentException as {@link #chatCompletionsUri}
     */
    @Nullable URI fallbackCompletionsUri() {
        if (fallbackUrl == null || fallbackUrl.isBlank()) {
            return null;
        }
        Gateway fallback = copy();
        fallback.setBaseUrl(fallbackUrl);
        return fallback.chatCompletionsUri();
    }

    private URI base() {
        if (baseUrl == null || baseUrl.isBlank()) {
            throw unusable("is missing");
        }
        URI base;
        try {
            base = new URI(baseUrl.strip());
        } catch (URISyntaxException e) {
            throw unusable("is no URL");
        }
        if (!"https".equalsIgnoreCase(base.getScheme()) && !"http".equalsIgnoreCase(base.getScheme())) {
            throw unusable("is no http or https URL");
        }
        if (base.getRawAuthority() != null && base.getRawAuthority().contains("@")) {
            throw unusable("has a user name in it");
        }
        if (base.getHost() == null) {
            throw unusable("has no valid host name");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw unusable("has a query or a fragment");
        }
        return base;
    }

    private IllegalArgumentException unusable(String why) {
        // Whatever stands before an @ may be a password.
        String shown = baseUrl == null ? "" : " " + baseUrl.substring(baseUrl.lastIndexOf('@') + 1);
        return new IllegalArgumentException("The base URL" + shown + (name == null ? "" : " of gateway " + name) + " " + why
                + "; set baseUrl to one like https://api.goapi.ai, and the key as apiKey");
    }

    private static String withoutEnd(String path, String end) {
        return path.endsWith(end) ? path.substring(0, path.length() - end.length()) : path;
    }

    /** The name that the option {@code gateway} and the header {@code CamelSoraGateway} use. */
    public @Nullable String getName() {
        return name;
    }

    public void setName(@Nullable String name) {
        this.name = name;
    }

    /** An absolute http or https URL. One that ends in {@code /} or {@code /v1} is taken as meant. */
    public @Nullable String getBaseUrl() {
        return baseUrl;
    }

    public void setBaseUrl(@Nullable String baseUrl) {
        this.baseUrl = baseUrl;
    }

    /** The key, which is a secret. */
    public @Nullable String getApiKey() {
        return apiKey;
    }

    public void setApiKey(@Nullable String apiKey) {
        this.apiKey = apiKey;
    }

    /** The header that the key goes into; Authorization by default. */
    public String getApiKeyHeader() {
        return apiKeyHeader == null ? AUTHORIZATION : apiKeyHeader;
    }

    /** @param apiKeyHeader null or blank for the default, Authorization */
    public void setApiKeyHeader(@Nullable String apiKeyHeader) {
        this.apiKeyHeader = apiKeyHeader == null || apiKeyHeader.isBlank() ? null : apiKeyHeader.strip();
    }

    /** The model of a request that names none. */
    public @Nullable String getModel() {
        return model;
    }

    public void setModel(@Nullable String model) {
        this.model = model;
    }

    /** Another base URL of the same vendor, for when this one is not reached; null if there is none. */
    public @Nullable String getFallbackUrl() {
        return fallbackUrl;
    }

    public void setFallbackUrl(@Nullable String fallbackUrl) {
        this.fallbackUrl = fallbackUrl;
    }

    /** Where the state of a task can be read without a key, with {@code {taskId}} in it; null if there is no such place. */
    public @Nullable String getSourceUrl() {
        return sourceUrl;
    }

    public void setSourceUrl(@Nullable String sourceUrl) {
        this.sourceUrl = sourceUrl;
    }

    @Override
    public String toString() {
        return "Gateway[" + name + "]";
    }

    private static final class BuiltIn {

        static final List<Gateway> ALL = List.of(
                new Gateway("goapi", "https://api.goapi.ai", AUTHORIZATION, "sora-2-preview", "https://proxy.goapi.ai"),
                new Gateway("piapi", "https://api.piapi.ai", "X-API-Key", "sora-2-preview", null),
                new Gateway("chainhub", "https://api.chainhub.tech", AUTHORIZATION, "sora-2", null),
                new Gateway("22codex", "https://new.22codex.xyz", AUTHORIZATION, "sora-2", null));
    }
}
