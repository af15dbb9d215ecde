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

import java.util.Optional;

import io.github.camelsora.internal.text.Sha256;
import org.jspecify.annotations.Nullable;

/** The key of a gateway. Nothing but {@link #headerValue} gives it away; {@code toString} shows nothing of it. Immutable. */
public final class ApiKey {

    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";

    private final String key;

    private ApiKey(String key) {
        this.key = key;
    }

    /**
     * The key that an option says, without white space around it. This is the one place where a key is checked.
     *
     * @param text null or blank for none
     * @throws ApiKeyException if it cannot be a key; the message says why and does not show it
     */
    public static Optional<ApiKey> of(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        String key = text.strip();
        check(!key.contains("${") && !key.contains("{{"), "holds a placeholder that was not resolved (${…} or {{…}}): set the "
                + "property or environment variable that it names");
        check(!key.regionMatches(true, 0, BEARER, 0, BEARER.length()), "begins with \"Bearer \", which the component adds "
                + "itself: give the key alone");
        check(key.chars().noneMatch(ApiKey::isLineEnd), "holds a line end: give the key alone, on one line");
        check(key.chars().allMatch(character -> character > ' ' && character < 0x7F), "holds white space or a character that "
                + "is not ASCII: copy the key again, without quotes or invisible characters");
        return Optional.of(new ApiKey(key));
    }

    private static boolean isLineEnd(int character) {
        return character == '\r' || character == '\n';
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new ApiKeyException("The API key cannot be one: it " + otherwise);
        }
    }

    /** What goes into a header: {@code Bearer KEY} into Authorization, and the key as it is into any other. */
    public String headerValue(String headerName) {
        return AUTHORIZATION.equalsIgnoreCase(headerName) ? BEARER + key : key;
    }

    /** Tells one key from another without telling either: the first 16 hex digits of its SHA-256. */
    public String fingerprint() {
        return Sha256.hex(key).substring(0, 16);
    }

    @Override
    public String toString() {
        return "ApiKey[***]";
    }
}
