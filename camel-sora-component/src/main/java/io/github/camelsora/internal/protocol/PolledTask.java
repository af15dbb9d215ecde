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

import org.jspecify.annotations.Nullable;

/** A task that is being polled, as operators see it. Times are in milliseconds since 1970-01-01T00:00Z. */
public interface PolledTask {

    /** The gateway's id of the task, or {@code null} if only its link is known. */
    @Nullable String taskId();

    /** How often its links were asked. */
    int rounds();

    /** When polling has begun. */
    long beganAt();

    /** When its links were last asked, or 0. */
    long lastAt();

    /** When they will be asked next. */
    long nextAt();

    /** Told of polling. */
    interface Observer {

        /** Wants to know nothing. */
        Observer NONE = task -> () -> { };

        /** @return called when polling has ended */
        Runnable began(PolledTask task);
    }
}
