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

import java.io.IOException;
import java.time.Duration;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.ErrorDetails;
import org.jspecify.annotations.Nullable;

/** Why nothing more will be seen of a task. It says what happened on the wire, not what became of the video. */
public sealed interface ProtocolEnd {

    /** The body ended cleanly. That does not prove completeness: a body without a length also ends cleanly when it is cut. */
    record Finished() implements ProtocolEnd {
    }

    /**
     * Nothing of the request was handed to a connection.
     *
     * @param limit the option whose time was over, or {@code null} if it was no limit that ended it
     */
    record NotSent(String host, IOException cause, @Nullable String limit) implements ProtocolEnd {
    }

    /**
     * An answer that is no 2xx.
     *
     * @param retryAfter or {@code null}
     * @param error what the body says, or {@code null} if it says nothing
     * @param hasErrorBody whether the body is the JSON of an error, and tells of no task that was accepted
     * @param nextHost the host that the next requests go to because of this answer, or {@code null}
     */
    record Answered(int status, @Nullable Duration retryAfter, @Nullable ErrorDetails error, boolean hasErrorBody,
            @Nullable String nextHost) implements ProtocolEnd {
    }

    /** A 2xx answer that is no stream; {@code what} is a noun, such as {@code an HTML page}. */
    record NotAStream(String what) implements ProtocolEnd {
    }

    /** The connection broke. */
    record Broken(IOException cause) implements ProtocolEnd {
    }

    /** A time or size limit was reached; {@code why} is a clause that names the option. */
    record GivenUp(String why) implements ProtocolEnd {
    }

    /**
     * The generation had ended before: nothing was asked for.
     *
     * @param video the result, or what is known of the task if there is none
     * @param exception why there is none, or {@code null} if there is one
     */
    record Known(SoraVideo video, @Nullable SoraException exception) implements ProtocolEnd {
    }

    /** It is not known whether the generation was asked for before, so nothing was sent. */
    record NotClaimed(Throwable cause) implements ProtocolEnd {
    }

    /** It was closed on request. */
    record Cancelled() implements ProtocolEnd {
    }
}
