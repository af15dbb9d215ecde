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

import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * One paid request: a POST whose answer is a stream. Its {@code toString} shows neither header values nor the body.
 *
 * @param headers they replace what the client would send, except the framing of the body and {@code Accept-Encoding}
 * @param body JSON in UTF-8; let go of as soon as it has been sent
 */
public record GatewayRequest(URI uri, RequestHeaders headers, RequestBody body, Limits limits) {

    public GatewayRequest {
        Objects.requireNonNull(uri, "uri");
        Objects.requireNonNull(headers, "headers");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(limits, "limits");
    }

    /** A request with these bytes, which are not copied. */
    public GatewayRequest(URI uri, RequestHeaders headers, byte[] body, Limits limits) {
        this(uri, headers, new RequestBody(body), limits);
    }

    @Override
    public String toString() {
        return "GatewayRequest[" + uri.getHost() + ", " + headers + ", " + body + "]";
    }

    /**
     * When a stream is given up.
     *
     * @param connectTimeout how long each step to a usable connection may take: the name, an address, TLS, the proxy's answer
     * @param readTimeout how long it may be silent: without a payload, from the request on
     * @param requestTimeout how long the whole exchange may take
     * @param maxPayloadSize of one payload, in bytes
     */
    public record Limits(Duration connectTimeout, Duration readTimeout, Duration requestTimeout, int maxPayloadSize) {

        private static final long STREAM_FACTOR = 16;
        /** A small limit of one payload is none of the whole stream. */
        private static final int MIN_STREAM_BASE = 1 << 20;

        /** @throws IllegalArgumentException if a timeout or the size is not positive */
        public Limits {
            positive("connectTimeout", connectTimeout);
            positive("readTimeout", readTimeout);
            positive("requestTimeout", requestTimeout);
            if (maxPayloadSize <= 0) {
                throw new IllegalArgumentException("maxPayloadSize is " + maxPayloadSize + "; it must be positive");
            }
        }

        /**
         * Of a whole stream, in bytes: far more than a report in deltas of one character each, and read within a second. A
         * stream that says nothing (reasoning, empty deltas, malformed payloads) would otherwise keep an I/O thread busy.
         */
        long maxStreamSize() {
            return STREAM_FACTOR * Math.max(maxPayloadSize, MIN_STREAM_BASE);
        }

        private static void positive(String name, Duration timeout) {
            if (timeout == null || timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException(name + " is " + timeout + "; it must be positive, such as 5m");
            }
        }
    }
}
