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
package io.github.camelsora.internal.delivery;

import java.util.function.Consumer;

import io.github.camelsora.event.SoraEvent;
import org.jspecify.annotations.Nullable;

/** Where the events of one generation go. */
@FunctionalInterface
public interface EventListener {

    /** Takes nothing. */
    EventListener NOBODY = (event, done) -> done.accept(null);

    /**
     * Takes the next event. Called with one event at a time, on a worker thread, never on an I/O thread. What it throws is
     * taken as the event's failure, an {@link Error} included.
     *
     * @param done takes what the event failed with, or {@code null}; called once, on any thread, and before this method
     *     returns where that is possible. A second call is ignored
     */
    void onEvent(SoraEvent event, Consumer<@Nullable Throwable> done);
}
