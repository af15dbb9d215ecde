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

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import org.jspecify.annotations.Nullable;

/** How a generation ended: with a video, or with the exception that says why there is none. */
public sealed interface GenerationResult {

    /** The last event: COMPLETED or FAILED. Its facts are those of the result. {@code null} if it has never begun. */
    @Nullable SoraEvent event();

    /** The same end, as the event of this number. */
    GenerationResult at(int sequence);

    /** Why there is no video, or {@code null} if there is one, or it has never begun. */
    @Nullable SoraException exception();

    /** Whether it had ended before, and its end was remembered. */
    default boolean isRemembered() {
        return false;
    }

    /** Whether the component itself ended it, because it or the route stops. */
    default boolean isStopped() {
        return false;
    }

    /**
     * There is a video.
     *
     * @param isRemembered see {@link GenerationResult#isRemembered}
     */
    record Completed(SoraEvent.Completed event, boolean isRemembered) implements GenerationResult {

        /** The result. */
        public SoraVideo video() {
            return event.result();
        }

        @Override
        public Completed at(int sequence) {
            return new Completed(new SoraEvent.Completed(event.facts().at(sequence), event.result()), isRemembered);
        }

        @Override
        public @Nullable SoraException exception() {
            return null;
        }
    }

    /**
     * There is none.
     *
     * @param isStopped see {@link GenerationResult#isStopped}
     * @param isRemembered see {@link GenerationResult#isRemembered}
     */
    record Failed(SoraEvent.Failed event, SoraException exception, boolean isStopped, boolean isRemembered)
            implements GenerationResult {

        @Override
        public Failed at(int sequence) {
            return new Failed(new SoraEvent.Failed(event.facts().at(sequence), event.failure()), exception, isStopped,
                    isRemembered);
        }
    }

    /** It has never begun: the message asks for what cannot be, and there is no event. */
    record Invalid(IllegalArgumentException mistake) implements GenerationResult {

        @Override
        public @Nullable SoraEvent event() {
            return null;
        }

        @Override
        public @Nullable SoraException exception() {
            return null;
        }

        @Override
        public Invalid at(int sequence) {
            return this;
        }
    }
}
