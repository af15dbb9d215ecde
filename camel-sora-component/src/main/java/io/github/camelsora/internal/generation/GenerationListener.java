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

/** Told of the turning points of one generation. */
@FunctionalInterface
public interface GenerationListener {

    /** The gateway has taken the request. Called on a protocol thread, so it must return quickly. At most once, and
     * not if the gateway refuses. */
    default void accepted() {
    }

    /** The gateway itself has answered this generation's paid request with 2xx, behind {@link #accepted}. At most once. */
    default void answered() {
    }

    /** The last event has been sent. Exactly once, on a worker. */
    void ended(GenerationResult result);
}
