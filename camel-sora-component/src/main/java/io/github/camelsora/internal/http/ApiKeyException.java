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

/** A gateway has no key, or one that cannot be a key. A type of its own, by which the starter recognises it. */
public final class ApiKeyException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** @param message says why and how to set the key; does not show it */
    public ApiKeyException(String message) {
        super(message);
    }
}
