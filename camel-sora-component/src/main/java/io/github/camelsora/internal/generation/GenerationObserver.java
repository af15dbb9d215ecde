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

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Told of the beginning and the end of generations, to count them. Is called by any thread, by I/O threads too, and must
 * return soon. What it throws is logged, and changes nothing for the generation.
 */
public interface GenerationObserver {

    /** Wants to know nothing. */
    GenerationObserver NONE = new GenerationObserver() { };

    /** A generation begins. */
    default void started(GenerationRequest request) {
    }

    /** What was said to begin has not begun, and has no end. */
    default void notStarted(GenerationRequest request) {
    }

    /** The gateway has answered a paid request with 2xx. */
    default void answered() {
    }

    /** A generation has ended. */
    default void ended(End end) {
    }

    /**
     * How a generation has ended.
     *
     * @param routeId the route that it was started by, or {@code null}
     * @param took from its start to its end, with the delivery of its events
     * @param toFirstEvent from its start to the first thing that the gateway told, or {@code null} if it told nothing
     * @param recovered whether its stream was lost, and its task was polled
     */
    record End(GenerationRequest request, GenerationResult result, @Nullable String routeId, Duration took,
            @Nullable Duration toFirstEvent, boolean recovered) {
    }
}
