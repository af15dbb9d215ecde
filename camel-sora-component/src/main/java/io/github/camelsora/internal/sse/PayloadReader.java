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

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

/**
 * Splits the body of an answer into payloads. The first byte that is not blank decides what it is, because content types
 * lie: JSON values, an HTML page, else an event stream. Does not know what is in a payload. Not thread-safe: one instance
 * per body.
 */
public final class PayloadReader {

    /** Takes one payload; the buffer is valid during the call only. */
    public interface Sink {

        void payload(byte[] buffer, int offset, int length);
    }

    /** How it goes on behind the bytes that have been read. */
    public enum Result {
        /** With more bytes. */
        CONTINUED,
        /** Not at all: it is an HTML page. */
        HTML_PAGE,
        /** Not at all: a payload is larger than the limit. */
        TOO_LARGE,
        /** The body has ended, and was a stream of payloads, perhaps of none. */
        ENDED,
        /** The body has ended, and nothing or only white space was in it. */
        NOTHING
    }

    /** Splits what the first byte has shown to be one kind of body. */
    interface Splitter {

        /**
         * Reads on in the bytes, which have an array. The payload is valid until the next call.
         *
         * @return whether a payload is whole; if not, all bytes have been read
         * @throws PayloadTooLargeException if a payload is larger than the limit; there will be no more
         */
        boolean next(ByteBuffer bytes);

        /** The body has ended. Returns whether a part of a payload is left. */
        boolean end();

        /**
         * What has the payload in it: an array of its own, or that of the bytes that were read last. It keeps no reference to
         * these: to write one for each payload is work for the garbage collector.
         *
         * @param read the array of the bytes that were read last
         */
        byte[] buffer(byte[] read);

        /** Where the payload begins. */
        int offset();

        /** How many bytes the payload has. */
        int length();
    }

    private static final byte[] NOTHING = {};

    private final int maxPayloadSize;
    private final Sink sink;
    private @Nullable Splitter splitter;

    /** @param maxPayloadSize how many bytes one payload may have */
    public PayloadReader(int maxPayloadSize, Sink sink) {
        this.maxPayloadSize = maxPayloadSize;
        this.sink = sink;
    }

    /** Takes some bytes. After another result than {@link Result#CONTINUED} this reader is of no further use. */
    public Result read(ByteBuffer bytes) {
        Splitter open = splitter;
        if (open == null) {
            skipBlank(bytes);
            if (!bytes.hasRemaining()) {
                return Result.CONTINUED;
            }
            byte first = bytes.get(bytes.position());
            if (first == '<') {
                return Result.HTML_PAGE;
            }
            open = first == '{' ? new JsonSplitter(maxPayloadSize) : new ServerSentEventDecoder(maxPayloadSize);
            splitter = open;
        }
        return split(open, bytes.hasArray() ? bytes : ByteBuffer.allocate(bytes.remaining()).put(bytes).flip());
    }

    private Result split(Splitter open, ByteBuffer bytes) {
        try {
            while (open.next(bytes)) {
                tell(open, bytes.array());
            }
            return Result.CONTINUED;
        } catch (PayloadTooLargeException e) {
            bytes.position(bytes.limit());
            return Result.TOO_LARGE;
        }
    }

    private void tell(Splitter open, byte[] read) {
        // an empty one is a sign of life, as comments are
        if (open.length() > 0) {
            sink.payload(open.buffer(read), open.offset(), open.length());
        }
    }

    /** The body has ended: what is left over is offered as a payload, since it may be whole. */
    public Result end() {
        if (splitter == null) {
            return Result.NOTHING;
        }
        if (splitter.end()) {
            tell(splitter, NOTHING);
        }
        return Result.ENDED;
    }

    private static void skipBlank(ByteBuffer bytes) {
        while (bytes.hasRemaining() && isBlank(bytes.get(bytes.position()))) {
            bytes.get();
        }
    }

    private static boolean isBlank(byte b) {
        return switch (b) {
            case ' ', '\t', '\r', '\n' -> true;
            // a byte order mark
            case (byte) 0xEF, (byte) 0xBB, (byte) 0xBF -> true;
            default -> false;
        };
    }
}
