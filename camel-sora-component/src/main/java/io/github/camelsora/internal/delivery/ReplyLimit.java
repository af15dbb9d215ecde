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
 * How long a generation that has ended waits for a reply that does not return. A reply may never do so: an Error on a thread
 * that the reply route has gone on to is lost with that thread. Thread-safe.
 */
public final class ReplyLimit {

    /** For listeners that always return. */
    public static final ReplyLimit NONE = new ReplyLimit();

    /** After the first reply that was given up, the next ones get this long to be sent. */
    private static final long NEXT_MILLIS = 20;

    private interface Schedule {
        Future<?> start(Duration first, Runnable giveUp);
    }

    private final Schedule schedule;
    private final Duration atEnd;
    private final Supplier<Duration> atStop;

    private ReplyLimit() {
        this.schedule = (first, giveUp) -> CompletableFuture.completedFuture(null);
        this.atEnd = Duration.ZERO;
        this.atStop = () -> Duration.ZERO;
    }

    /**
     * @param timer not shut down here
     * @param atEnd how long after the end of the generation
     * @param atStop how long after a stop has ended the generation
     */
    public ReplyLimit(ScheduledExecutorService timer, Duration atEnd, Supplier<Duration> atStop) {
        this.schedule = (first, giveUp) ->
                timer.scheduleWithFixedDelay(giveUp, first.toMillis(), NEXT_MILLIS, TimeUnit.MILLISECONDS);
        this.atEnd = atEnd;
        this.atStop = atStop;
    }

    /** Starts to wait. Gives up again and again, until what it returns is cancelled. */
    Future<?> start(boolean stops, Runnable giveUp) {
        try {
            return schedule.start(stops ? atStop.get() : atEnd, giveUp);
        } catch (RejectedExecutionException e) {
            // The component is closed: nobody waits any more.
            return CompletableFuture.completedFuture(null);
        }
    }
}
