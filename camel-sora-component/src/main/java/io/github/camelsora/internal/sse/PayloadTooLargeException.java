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
package io.github.camelsora.internal.sse;

/** An event or a JSON value is larger than may be held of it. Nothing more is read behind it. */
public final class PayloadTooLargeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int limit;

    PayloadTooLargeException(int limit) {
        super("A payload is larger than the limit of " + limit + " bytes");
        this.limit = limit;
    }

    /** The limit that was passed, in bytes. */
    public int getLimit() {
        return limit;
    }
}
