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

import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/** The time limit for the replies of one generation. Begins when the generation ends or is stopped. Thread-safe. */
final class ReplyDeadline {

    private final ReplyLimit limit;
    private final ReplyLimit.Look look;
    private boolean begun;
    private boolean stops;
    private boolean over;
    private @Nullable Future<?> ticks;

    /** @param look called again and again, on a timer thread */
    ReplyDeadline(ReplyLimit limit, ReplyLimit.Look look) {
        this.limit = limit;
        this.look = look;
    }

    /** The generation has ended. Does nothing when called again. */
    void begin() {
        synchronized (this) {
            if (begun || over) {
                return;
            }
            begun = true;
        }
        start(false);
    }

    /** A stop ends the generation, which makes the time shorter. Does nothing when called again. */
    void hurry() {
        synchronized (this) {
            if (stops || over) {
                return;
            }
            begun = true;
            stops = true;
        }
        start(true);
    }

    private void start(boolean atStop) {
        Future<?> started = limit.start(atStop, look);
        Future<?> former;
        synchronized (this) {
            boolean late = over || stops && !atStop;
            former = late ? started : ticks;
            ticks = late ? ticks : started;
        }
        cancel(former);
    }

    /** All events have been sent. */
    void end() {
        Future<?> last;
        synchronized (this) {
            over = true;
            last = ticks;
        }
        cancel(last);
    }

    private static void cancel(@Nullable Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }
}
