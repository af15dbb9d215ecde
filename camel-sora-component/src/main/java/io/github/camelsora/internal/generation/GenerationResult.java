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

    /** The last event: COMPLETED or FAILED. Its facts are those of the result. */
    SoraEvent event();

    /** The same end, as the event of this number. */
    GenerationResult at(int sequence);

    /** Why there is no video, or {@code null} if there is one. */
    @Nullable SoraException exception();

    /** There is a video. */
    record Completed(SoraEvent.Completed event) implements GenerationResult {

        /** The result. */
        public SoraVideo video() {
            return event.result();
        }

        @Override
        public Completed at(int sequence) {
            return new Completed(new SoraEvent.Completed(event.facts().at(sequence), event.result()));
        }

        @Override
        public @Nullable SoraException exception() {
            return null;
        }
    }

    /**
     * There is none.
     *
     * @param stopped whether the component itself ended the generation, because it or the route stops
     */
    record Failed(SoraEvent.Failed event, SoraException exception, boolean stopped) implements GenerationResult {

        @Override
        public Failed at(int sequence) {
            return new Failed(new SoraEvent.Failed(event.facts().at(sequence), event.failure()), exception, stopped);
        }
    }
}
