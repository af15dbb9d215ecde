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

import org.jspecify.annotations.Nullable;

/**
 * One gateway as one endpoint uses it: all that was set, inherited and built in, resolved once. Immutable; {@code toString}
 * shows no key.
 *
 * @param name the name that options and headers use
 * @param baseUrl its base URL, as it was given
 * @param keyFingerprint tells its key from another one; {@code null} where it has none
 * @param chat where paid requests go; has the key
 * @param tasks where its tasks are looked up; has no key
 */
public record ResolvedGateway(String name, String baseUrl, @Nullable String keyFingerprint, ChatTarget chat, TaskSource tasks) {

    /** Scheme, host and port of where paid requests go. */
    public String origin() {
        URI uri = chat.uri();
        return uri.getScheme() + "://" + uri.getAuthority();
    }
}
