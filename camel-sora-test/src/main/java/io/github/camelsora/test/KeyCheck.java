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
package io.github.camelsora.test;

import java.util.HashSet;
import java.util.Set;

import io.vertx.core.MultiMap;

/** Checks the key as the gateways do, each in its own header. */
final class KeyCheck {

    private enum Form {
        BEARER, BARE, X_API_KEY
    }

    private record Accepted(Form form, String key) {
    }

    private final Set<Accepted> accepted = new HashSet<>();

    void accept(String key) {
        for (Form form : Form.values()) {
            accepted.add(new Accepted(form, key));
        }
    }

    void accept(String gateway, String key) {
        accepted.add(new Accepted(switch (gateway) {
            case "goapi", "chainhub", "22codex" -> Form.BEARER;
            case "piapi" -> Form.X_API_KEY;
            default -> Form.BARE;
        }, key));
    }

    /** The error message for the client, or {@code null} if the key is right. */
    String complaint(MultiMap headers) {
        Accepted given = given(headers);
        if (given == null || given.key().isBlank()) {
            return "You didn't provide an API key.";
        }
        return accepted.isEmpty() || accepted.contains(given) ? null : "Incorrect API key provided.";
    }

    private static Accepted given(MultiMap headers) {
        String own = headers.get("X-API-Key");
        if (own != null) {
            return new Accepted(Form.X_API_KEY, own);
        }
        String authorization = headers.get("Authorization");
        if (authorization == null) {
            return null;
        }
        return authorization.regionMatches(true, 0, "Bearer", 0, 6)
                ? new Accepted(Form.BEARER, authorization.substring(6).strip())
                : new Accepted(Form.BARE, authorization.strip());
    }
}
