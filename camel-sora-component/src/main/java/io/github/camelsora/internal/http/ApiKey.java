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

import org.jspecify.annotations.Nullable;

/** The key of a gateway. Nothing but {@link #headerValue} gives it away; {@code toString} shows nothing of it. Immutable. */
public final class ApiKey {

    private static final String AUTHORIZATION = "Authorization";

    private final String key;

    private ApiKey(String key) {
        this.key = key;
    }

    /**
     * The key that an option says, without white space around it. This is the one place where a key is checked, so far only
     * for whether there is one.
     *
     * @param text null or blank for none
     */
    public static Optional<ApiKey> of(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(new ApiKey(text.strip()));
    }

    /** What goes into a header: {@code Bearer KEY} into Authorization, and the key as it is into any other. */
    public String headerValue(String headerName) {
        return AUTHORIZATION.equalsIgnoreCase(headerName) ? "Bearer " + key : key;
    }

    @Override
    public String toString() {
        return "ApiKey[***]";
    }
}
