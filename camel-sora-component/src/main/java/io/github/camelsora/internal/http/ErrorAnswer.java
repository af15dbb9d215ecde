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

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

import io.github.camelsora.internal.sse.PayloadReader;

/**
 * An answer that is not 2xx, as far as it has come in. Its status holds even if its body never ends, and what its body says
 * can decide whether money was spent: so whatever ends the exchange has the bytes that came. Read by an I/O thread, asked by
 * any.
 */
final class ErrorAnswer {

    private static final int MAX_SIZE = 64 * 1024;

    private final ResponseHead head;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
    private final PayloadReader payloads = new PayloadReader(MAX_SIZE, (buffer, offset, length) -> whole = true);
    private boolean readable = true;
    private boolean whole;

    ErrorAnswer(ResponseHead head) {
        this.head = head;
    }

    synchronized void read(ByteBuffer bytes) {
        byte[] some = new byte[Math.min(bytes.remaining(), MAX_SIZE - body.size())];
        bytes.get(some);
        body.writeBytes(some);
        // Some servers leave the connection open behind the JSON.
        readable = readable && payloads.read(ByteBuffer.wrap(some)) == PayloadReader.Result.CONTINUED;
        whole |= body.size() == MAX_SIZE;
    }

    /** Whether nothing more needs to be read. */
    synchronized boolean isWhole() {
        return whole;
    }

    synchronized GatewayEnd.Answered end() {
        return new GatewayEnd.Answered(head.status(), head.retryAfter(), body.toByteArray());
    }
}
