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

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How long a reply may take to return once its generation has ended. It may never do so: an Error on a thread that the reply
 * route has gone on to is lost with that thread. Thread-safe.
 */
public final class ReplyLimit {

    /** For listeners that always return. */
    public static final ReplyLimit NONE = new ReplyLimit();

    /** Looks so often within the time that a reply has. */
    private static final int LOOKS = 10;
    private static final long MAX_PAUSE_MILLIS = 1000;

    /** Looks whether a reply is to be given up. */
    interface Look {

        /**
         * @param first how long the first reply that is given up has been on its way
         * @param later how long those behind it have
         */
        void at(Duration first, Duration later);
    }

    private interface Schedule {
        Future<?> start(boolean stops, Look look);
    }

    private final Schedule schedule;

    private ReplyLimit() {
        this.schedule = (stops, look) -> CompletableFuture.completedFuture(null);
    }

    /**
     * @param timer not shut down here
     * @param atEnd how long a reply may take when the generation has ended
     * @param atStop how long when a stop has ended it
     */
    public ReplyLimit(ScheduledExecutorService timer, Duration atEnd, Supplier<Duration> atStop) {
        this.schedule = (stops, look) -> {
            Duration first = stops ? atStop.get() : atEnd;
            long pause = Math.max(1, Math.min(MAX_PAUSE_MILLIS, first.toMillis() / LOOKS));
            // In a stop, the reply may have been on its way for long.
            return timer.scheduleWithFixedDelay(() -> look.at(first, Duration.ofMillis(pause)),
                    stops ? pause : first.toMillis(), pause, TimeUnit.MILLISECONDS);
        };
    }

    /** Looks again and again, until what it returns is cancelled. */
    Future<?> start(boolean stops, Look look) {
        try {
            return schedule.start(stops, look);
        } catch (RejectedExecutionException e) {
            // The component is closed: nobody waits any more.
            return CompletableFuture.completedFuture(null);
        }
    }
}
