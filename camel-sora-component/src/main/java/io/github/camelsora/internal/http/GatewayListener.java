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

/**
 * Hears what becomes of one request. Called by one thread at a time, in the order of the methods below, and never again after
 * {@link #ended}. The threads are the client's, so nothing in here may wait. What it throws ends the call as
 * {@link GatewayEnd.Broken}.
 */
public interface GatewayListener {

    /** First of all, in {@link GatewayClient#post} itself: the call that can be cancelled. */
    default void started(GatewayCall call) {
    }

    /** The head of a 2xx answer has been read. On an I/O thread. */
    void accepted();

    /** One payload: the data of an event, or a JSON value. On an I/O thread; the buffer is valid during the call only. */
    void payload(byte[] buffer, int offset, int length);

    /** No more payloads for now: what came together can be handed on. On an I/O thread. */
    default void pause() {
    }

    /** Exactly once, and last. On an I/O thread, the timer's, the one that cancelled, or in {@link GatewayClient#post}. */
    void ended(GatewayEnd end);
}
