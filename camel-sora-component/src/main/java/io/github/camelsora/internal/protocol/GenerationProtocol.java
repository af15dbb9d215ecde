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

import io.github.camelsora.internal.text.TaskReference;

/**
 * How one task is followed on the wire: {@link StreamingChat} asks for it and reads its stream, {@link TaskPoller} follows the
 * links of one that exists. A polled task API would be another. An instance follows one task, once.
 */
public interface GenerationProtocol {

    /** Whether it begins with a paid request. */
    boolean isPaid();

    /** Begins. Never throws for what a gateway or the network does: the listener is told. */
    void start(Listener listener);

    /**
     * Gives up what has not been sent, also if it has not begun. From any thread.
     *
     * @return whether nothing was sent, and nothing will be
     */
    default boolean withdraw() {
        return false;
    }

    /** Told on the protocol's own threads, one call at a time, except {@link #ended}, which may run concurrently
     * with another call. */
    interface Listener {

        /** It is under way; {@code close} ends it and closes its connection. Comes first. */
        void started(Runnable close);

        /** No request is sent: the task exists, and is followed. Comes at most once, before anything is seen of it. */
        default void resumes(TaskReference task) {
        }

        /** The gateway has taken the request, or the task exists already. */
        void accepted();

        /**
         * Something was seen of the task. It is handed on at the next {@link #pause}, or at the end.
         *
         * @return whether polling can stop: the task has a result or has failed
         */
        boolean seen(Observation observation);

        /** Nothing more is seen for now: what was seen since the last pause is handed on together. */
        void pause();

        /** Nothing more will be seen. Exactly once, and last. */
        void ended(ProtocolEnd end);
    }

    /**
     * What was seen in one piece: a chunk of a stream, one answer to a poll. It is told as a whole before anything is concluded
     * from it, so that the event of a task id has the links that came with it.
     */
    @FunctionalInterface
    interface Observation {

        void tell(TaskListener task);
    }
}
