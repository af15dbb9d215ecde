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

import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.http.GatewayEnd;
import io.github.camelsora.internal.record.TaskRecord;

/**
 * How one task is followed on the wire: {@link StreamingChat} asks for it and reads its stream, {@link TaskPoller} follows the
 * source link of one that exists. A polled task API would be another. An instance follows one task, once.
 */
public interface GenerationProtocol {

    /** Begins. Never throws for what a gateway or the network does: the listener is told. */
    void start(Listener listener);

    /** Told on the protocol's own threads, one call at a time but for the last, which can overtake. */
    interface Listener {

        /** It is under way; {@code cancel} ends it and closes its connection. Comes first. */
        void started(Runnable cancel);

        /** The gateway has taken the request, or the task exists already. */
        void accepted();

        /** Something of the report has been read. */
        void read(ChatChunk chunk);

        /**
         * The state of the task has been read.
         *
         * @return whether that settles it: there is a result, or it has failed
         */
        boolean read(TaskRecord task);

        /** Nothing more will be read. This or {@link #gaveUp}, exactly once, last. */
        void ended(GatewayEnd end);

        /**
         * The task is followed no longer, and nothing has settled it.
         *
         * @param why a clause that says what was waited for, and how long
         */
        void gaveUp(String why);
    }
}
