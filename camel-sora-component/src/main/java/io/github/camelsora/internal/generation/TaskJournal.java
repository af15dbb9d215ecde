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

import io.github.camelsora.event.SoraVideo;

/**
 * Remembers what becomes known of one generation's task. Told in order, never under a lock. What comes after it waits until it
 * is written: {@code written} is called once, on any thread, perhaps before the method returns; also where writing has failed,
 * as a video that was paid for must reach its route.
 */
public interface TaskJournal {

    /** Remembers nothing. */
    TaskJournal NONE = new TaskJournal() {
        @Override
        public void known(SoraVideo known, Runnable written) {
            written.run();
        }

        @Override
        public void ended(GenerationResult result, SoraVideo known, Runnable written) {
            written.run();
        }
    };

    /** Whether {@link #known} is of any use; if not, only the end is told. */
    default boolean isToldBeforeEnd() {
        return true;
    }

    /** What the task can be found by has become known, or has changed. */
    void known(SoraVideo known, Runnable written);

    /**
     * The generation has ended. Comes once, and last.
     *
     * @param known what is known of the task: the whole result if there is one
     */
    void ended(GenerationResult result, SoraVideo known, Runnable written);
}
