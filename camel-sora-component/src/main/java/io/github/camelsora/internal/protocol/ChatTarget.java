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
package io.github.camelsora.internal.protocol;

import java.net.URI;

import io.github.camelsora.internal.http.RequestHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Where paid requests of one gateway go, and with which headers. Immutable; {@code toString} shows no header value.
 *
 * @param uri where chat completions are posted to
 * @param fallbackUri the same on another host of the vendor, or {@code null}
 * @param headers the key included
 * @param authorized whether one of the headers carries a key
 * @param model the model of a request that names none, or {@code null}
 */
public record ChatTarget(URI uri, @Nullable URI fallbackUri, RequestHeaders headers, boolean authorized,
        @Nullable String model) {

    @Override
    public String toString() {
        return "ChatTarget[" + uri.getAuthority() + ", model " + model + ", " + headers + "]";
    }
}
