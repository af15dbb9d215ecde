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
package io.github.camelsora.generation;

import io.github.camelsora.chat.ChatChunk;
import io.github.camelsora.gateway.GatewayEnd;

/** How a generation is asked for and followed on the wire. Streaming chat is one; a polled task API would be another. */
public interface GenerationProtocol {

    /** Sends the request. Never throws for what the gateway or the network does: the listener is told. */
    void start(GenerationRequest request, Listener listener);

    /** Told on the protocol's own threads, one call at a time but for {@link #ended}, which can overtake. */
    interface Listener {

        /** The request is on its way; {@code cancel} closes the connection. Comes first. */
        void started(Runnable cancel);

        /** The gateway has taken the request. */
        void accepted();

        /** Something of the report has been read. */
        void read(ChatChunk chunk);

        /** Nothing more will be read. Exactly once, last. */
        void ended(GatewayEnd end);
    }
}
