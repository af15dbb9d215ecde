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

import java.nio.ByteBuffer;

import io.github.camelsora.internal.http.ResponseHead;
import org.jspecify.annotations.Nullable;

/** Takes a video while it comes. Called on an I/O thread, by one at a time, and must not wait. */
public interface VideoTaker {

    /** What is asked for; {@code null} for the whole. */
    @Nullable VideoPart part();

    /**
     * The head of a 2xx answer.
     *
     * @return whether the body is wanted
     */
    boolean begins(ResponseHead head);

    /**
     * The next bytes, which belong to the caller again afterwards.
     *
     * @return whether more are wanted
     */
    boolean takes(ByteBuffer bytes);

    /**
     * Asks for room, after about 64 KiB have come. Nothing more is read before: this is how a slow disk slows down the server
     * and does not fill the memory. If it is called again before there is room, only the last call counts.
     *
     * @param goOn to be run once, when as much again may come; from any thread
     */
    void awaitRoom(Runnable goOn);

    /** Whether there is no room now. */
    boolean isFull();
}
