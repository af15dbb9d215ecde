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
package io.github.camelsora.internal.link;

import java.io.IOException;
import java.time.Duration;

import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/** What a link answered. Its {@code toString} shows neither a link nor a body. */
public sealed interface LinkAnswer {

    /**
     * A whole answer that is no video, whatever its status: a redirect without a target is among them.
     *
     * @param body not copied, and at most as large as was asked for; empty if there was none
     * @param retryAfter from the header, in seconds or as a date; null if there was none
     */
    record Text(int status, byte[] body, @Nullable Duration retryAfter) implements LinkAnswer {

        @Override
        public String toString() {
            return "Text[" + status + ", " + body.length + " bytes]";
        }
    }

    /**
     * There is a video; nothing of it was read.
     *
     * @param link the link itself, or where its redirects led. The last redirect may lead anywhere if its path names a video,
     *        since nothing is sent there
     */
    record Media(Link link) implements LinkAnswer {
    }

    /** The whole body of a video was passed on. */
    record Received() implements LinkAnswer {
    }

    /** Who takes the video wants no more of this answer. */
    record Declined() implements LinkAnswer {
    }

    /**
     * The link or one of its redirects may not be followed, and nothing was sent there.
     *
     * @param why a sentence with host and port and what to set
     */
    record Untrusted(String why) implements LinkAnswer {
    }

    /** The answer is no video, and larger than the limit, in bytes. */
    record TooLarge(int limit) implements LinkAnswer {
    }

    /**
     * No connection, a break, a timeout, a content encoding that was not asked for, or redirects without end.
     *
     * @param cause its message says which, with the host and nothing else of the link
     */
    record Unreachable(IOException cause) implements LinkAnswer {

        static Unreachable of(String what) {
            return new Unreachable(new IOException(ForeignText.clean(what)));
        }

        static Unreachable of(String what, Exception cause) {
            return new Unreachable(new IOException(ForeignText.clean(what + ": " + cause), cause));
        }
    }

    /** {@link GatewayCall#cancel()}, or the client was closed. */
    record Cancelled() implements LinkAnswer {
    }
}
