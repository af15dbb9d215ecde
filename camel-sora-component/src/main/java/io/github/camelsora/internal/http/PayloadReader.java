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
import java.util.Objects;

import io.github.camelsora.internal.sse.EventTooLargeException;
import io.github.camelsora.internal.sse.ServerSentEventDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Splits a 2xx body into payloads. The first byte that is not blank decides what it is, because content types lie: JSON
 * values, an HTML page, else an event stream. Does not know what is in a payload. Not thread-safe: one instance per body.
 */
final class PayloadReader {

    static final String NOTHING = "nothing";

    /** Takes one payload; the buffer is valid during the call only. */
    interface Sink {

        void payload(byte[] buffer, int offset, int length);
    }

    private final int maxPayloadSize;
    private final Sink sink;
    private @Nullable ServerSentEventDecoder events;
    private @Nullable JsonSplitter values;

    PayloadReader(int maxPayloadSize, Sink sink) {
        this.maxPayloadSize = maxPayloadSize;
        this.sink = sink;
    }

    /** Takes some bytes; returns how the exchange ends because of them, or null if it goes on. */
    @Nullable GatewayEnd read(ByteBuffer bytes) {
        if (events == null && values == null) {
            skipBlank(bytes);
            if (!bytes.hasRemaining()) {
                return null;
            }
            byte first = bytes.get(bytes.position());
            if (first == '<') {
                return new GatewayEnd.NotAStream("an HTML page");
            }
            if (first == '{') {
                values = new JsonSplitter(maxPayloadSize, sink);
            } else {
                events = new ServerSentEventDecoder(maxPayloadSize, new EventSink());
            }
        }
        if (values != null) {
            return values.push(bytes) ? null : new GatewayEnd.TooLarge(maxPayloadSize);
        }
        try {
            Objects.requireNonNull(events).push(bytes);
            return null;
        } catch (EventTooLargeException e) {
            return new GatewayEnd.TooLarge(e.getLimit());
        }
    }

    /** The body has ended: what is left over is offered as a payload, since it may be whole. */
    GatewayEnd end() {
        if (values != null) {
            values.end();
        } else if (events != null) {
            events.end();
        } else {
            return new GatewayEnd.NotAStream(NOTHING);
        }
        return new GatewayEnd.Closed();
    }

    private static void skipBlank(ByteBuffer bytes) {
        while (bytes.hasRemaining() && isBlank(bytes.get(bytes.position()))) {
            bytes.get();
        }
    }

    static boolean isBlank(byte b) {
        return switch (b) {
            case ' ', '\t', '\r', '\n' -> true;
            // a byte order mark
            case (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> true;
            default -> false;
        };
    }

    private final class EventSink implements ServerSentEventDecoder.Listener {

        @Override
        public void event(String type, byte[] buffer, int offset, int length) {
            // an empty one is a sign of life, as comments are
            if (length > 0) {
                sink.payload(buffer, offset, length);
            }
        }

        @Override
        public void incomplete(byte[] buffer, int offset, int length) {
            sink.payload(buffer, offset, length);
        }
    }
}
