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

/** A request that is under way, or was. */
public interface GatewayCall {

    /**
     * Closes the connection. The listener gets {@link GatewayEnd.Cancelled} and no further payload, unless the call has
     * already ended. From any thread, from within the listener too, and as often as one likes.
     */
    void cancel();

    /**
     * Ends a paid call with {@link GatewayEnd.NotSent} if nothing of the request was handed to a connection. From any thread.
     *
     * @return whether nothing was, and nothing will be
     */
    default boolean withdraw() {
        return false;
    }
}
