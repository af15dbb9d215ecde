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

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** How a call ended. It says what happened to the exchange, not what became of the video. */
public sealed interface GatewayEnd {

    /**
     * A 2xx body ended as it should. It proves little: a body without a length ends cleanly when it is cut. What was left of
     * an unfinished last event or JSON value has been a payload before.
     */
    record Closed() implements GatewayEnd {
    }

    /**
     * An answer that is not 2xx; redirects are among them and never followed.
     *
     * @param retryAfter from the header, in seconds or as a date; null if there was none
     * @param body what was read of it, at most 64 KiB; empty if it has a content encoding
     */
    record Answered(int status, @Nullable Duration retryAfter, byte[] body) implements GatewayEnd {

        @Override
        public String toString() {
            return "Answered[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * Nothing of the request was handed to a connection, and nothing will be: it can be repeated.
     *
     * @param limit the option whose time was over, or {@code null} if it was no limit that ended it
     */
    record NotSent(IOException cause, @Nullable String limit) implements GatewayEnd {

        NotSent(IOException cause) {
            this(cause, cause instanceof SocketTimeoutException ? "connectTimeout" : null);
        }
    }

    /** It was handed over, then the connection broke, or the listener failed. */
    record Broken(IOException cause) implements GatewayEnd {
    }

    /** There was no payload for that long. Comments do not count. */
    record Silent(Duration readTimeout) implements GatewayEnd {
    }

    /** The whole exchange took longer. */
    record Expired(Duration requestTimeout) implements GatewayEnd {
    }

    /** One payload is larger than the limit, in bytes. */
    record TooLarge(int limit) implements GatewayEnd {
    }

    /** The payloads together are larger than the limit, in bytes, which follows from that of one payload. */
    record StreamTooLarge(long limit) implements GatewayEnd {
    }

    /**
     * A 2xx answer that is no stream.
     *
     * @param what {@code an HTML page}, {@code nothing}, or {@code content encoding gzip}
     */
    record NotAStream(String what) implements GatewayEnd {
    }

    /** {@link GatewayCall#cancel()}, or the client was closed. */
    record Cancelled() implements GatewayEnd {
    }
}
