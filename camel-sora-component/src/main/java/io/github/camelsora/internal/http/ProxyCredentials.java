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

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Base64;
import java.util.List;

import org.apache.hc.client5.http.auth.AuthChallenge;
import org.apache.hc.client5.http.auth.AuthScheme;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * User name and password for a proxy, sent as Basic (RFC 7617) with the first request, so that nothing has to be repeated after
 * a 407. HttpClient asks for them where it talks to the proxy itself, and never inside a tunnel. {@code toString} shows
 * neither; {@code equals} compares both.
 */
final class ProxyCredentials {

    private final String username;
    private final String password;

    /** @throws IllegalArgumentException if they cannot be sent; the message does not show them */
    ProxyCredentials(String username, String password) {
        check(!username.isEmpty() && username.indexOf(':') < 0, "proxyAuthUsername is empty or holds a colon, which Basic "
                + "authentication does not permit");
        check((username + password).chars().noneMatch(Character::isISOControl), "proxyAuthUsername or proxyAuthPassword holds "
                + "a line end or another control character");
        this.username = username;
        this.password = password;
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private String encoded() {
        return Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /** What a proxy that echoes them would show. */
    List<String> secrets() {
        return List.of(password, encoded());
    }

    /** A scheme for one request: HttpClient keeps its state in it. */
    AuthScheme scheme() {
        return new Basic("Basic " + encoded());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProxyCredentials those && username.equals(those.username) && password.equals(those.password);
    }

    @Override
    public int hashCode() {
        return 31 * username.hashCode() + password.hashCode();
    }

    @Override
    public String toString() {
        return "ProxyCredentials[***]";
    }

    /** HttpClient's own scheme has the header made by HttpClient, which would log it. */
    private record Basic(String value) implements AuthScheme {

        @Override
        public String getName() {
            return "Basic";
        }

        @Override
        public boolean isConnectionBased() {
            return false;
        }

        @Override
        public void processChallenge(AuthChallenge challenge, HttpContext context) {
            // Nothing is tried again.
        }

        @Override
        public boolean isChallengeComplete() {
            return true;
        }

        @Override
        public @Nullable String getRealm() {
            return null;
        }

        @Override
        public boolean isResponseReady(HttpHost host, CredentialsProvider credentials, HttpContext context) {
            return true;
        }

        @Override
        public @Nullable Principal getPrincipal() {
            return null;
        }

        /** Adds the header itself; with {@code null} HttpClient adds none. */
        @Override
        @SuppressWarnings("NullAway") // HttpClient permits it
        public String generateAuthResponse(HttpHost host, HttpRequest request, HttpContext context) {
            request.setHeader(new SecretHeader(HttpHeaders.PROXY_AUTHORIZATION, value));
            return null;
        }

        @Override
        public String toString() {
            return "Basic[***]";
        }
    }
}
