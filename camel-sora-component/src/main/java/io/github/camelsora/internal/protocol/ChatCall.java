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

import io.github.camelsora.internal.http.GatewayRequest;
import io.github.camelsora.internal.http.RequestBody;
import io.github.camelsora.internal.http.RequestHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One paid request to a gateway that streams chat completions.
 *
 * @param uri where it goes
 * @param fallbackUri another host of the same vendor, or {@code null}
 * @param headers all headers, the key included
 * @param body the JSON, until it has been sent
 * @param limits when to give up
 */
public record ChatCall(URI uri, @Nullable URI fallbackUri, RequestHeaders headers, RequestBody body,
        GatewayRequest.Limits limits) {

    /** Shows no key, no prompt. */
    @Override
    public String toString() {
        return "ChatCall[" + uri.getAuthority() + "]";
    }
}
