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
package io.github.camelsora.internal.generation;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.camelsora.internal.protocol.GenerationProtocol;

/** The generations in flight, so that they can be counted, and ended when the context stops. Thread-safe. */
public final class RunningGenerations {

    private final Set<Generation> running = ConcurrentHashMap.newKeySet();
    private boolean stopping;

    /**
     * Starts a generation, which counts as running until the listener is told of its end.
     *
     * @param factory makes the generation that tells the listener it is given
     * @throws IllegalStateException if it is too late: nothing has been sent
     */
    public void start(Function<GenerationListener, Generation> factory, GenerationListener listener,
            GenerationProtocol protocol) {
        Watched watched = new Watched(listener);
        Generation generation = factory.apply(watched);
        watched.generation = generation;
        add(generation);
        try {
            generation.start(protocol);
        } catch (RuntimeException e) {
            running.remove(generation);
            throw e;
        }
    }

    private synchronized void add(Generation generation) {
        if (stopping) {
            throw new IllegalStateException("The Camel context is stopping; nothing was sent to the gateway");
        }
        running.add(generation);
    }

    /** Cancels what runs, and from now on refuses to start anything. */
    public void stop() {
        synchronized (this) {
            stopping = true;
        }
        running.forEach(generation -> generation.cancel("the Camel context is stopping"));
    }

    /** How many there are. */
    public int size() {
        return running.size();
    }

    private final class Watched implements GenerationListener {

        private final GenerationListener listener;
        @SuppressWarnings("NullAway.Init") // set before the generation starts
        private Generation generation;

        Watched(GenerationListener listener) {
            this.listener = listener;
        }

        @Override
        public void accepted() {
            listener.accepted();
        }

        @Override
        public void ended(GenerationResult result) {
            running.remove(generation);
            listener.ended(result);
        }
    }
}
