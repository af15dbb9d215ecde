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

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a request. They are held until they are handed to a connection, which happens once: a request with a picture
 * has megabytes, and its stream is open for minutes. Not copied. Thread-safe.
 */
public final class RequestBody {

    private final int length;
    private byte @Nullable [] bytes;

    public RequestBody(byte[] bytes) {
        this.bytes = bytes;
        this.length = bytes.length;
    }

    int length() {
        return length;
    }

    /** The bytes, which are not held here any more. */
    synchronized ByteBuffer take() {
        byte[] taken = bytes;
        if (taken == null) {
            throw new IllegalStateException("The request has been sent already");
        }
        bytes = null;
        return ByteBuffer.wrap(taken);
    }

    @Override
    public String toString() {
        return length + " bytes";
    }
}
