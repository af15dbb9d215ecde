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
package io.github.camelsora.internal.http;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Tells when an exchange is silent for too long, or takes too long. One check is scheduled at a time, for when the nearer of
 * the two could have passed; a sign of life only leaves its time behind, since rescheduling for each would cost more than
 * reading it. Runs on the timer's thread. Thread-safe.
 */
public final class ExchangeClock {

    /** Told when time is up. Stops no clock. */
    public interface Listener {

        /** @param silent whether there was no sign of life, or else the exchange takes too long */
        void timeIsUp(boolean silent);
    }

    private final long maxSilence;
    private final long maxDuration;
    private final ScheduledExecutorService timer;
    private final Listener listener;
    private long started;
    private volatile long lastSign;
    private volatile boolean stopped;
    private volatile @Nullable Future<?> check;

    /** @param listener told when there was no sign of life for {@code maxSilence}, or {@code maxDuration} is over */
    public ExchangeClock(Duration maxSilence, Duration maxDuration, ScheduledExecutorService timer, Listener listener) {
        this.maxSilence = TimeUnit.NANOSECONDS.convert(maxSilence);
        this.maxDuration = TimeUnit.NANOSECONDS.convert(maxDuration);
        this.timer = timer;
        this.listener = listener;
    }

    /** Starts the clock; throws {@link java.util.concurrent.RejectedExecutionException} if the timer has been shut down. */
    public void start() {
        started = System.nanoTime();
        lastSign = started;
        check();
    }

    /** The exchange has shown a sign of life. */
    public void alive() {
        lastSign = System.nanoTime();
    }

    /** The silence that was told does not count, and watching goes on. */
    public void goOn() {
        alive();
        check();
    }

    /** From any thread, before {@link #start} too. */
    public void stop() {
        stopped = true;
        cancel();
    }

    private void check() {
        long now = System.nanoTime();
        long silenceLeft = maxSilence - (now - lastSign);
        long left = maxDuration - (now - started);
        if (stopped) {
            return;
        }
        if (Math.min(silenceLeft, left) <= 0) {
            listener.timeIsUp(silenceLeft < left);
            return;
        }
        check = timer.schedule(this::check, Math.min(silenceLeft, left), TimeUnit.NANOSECONDS);
        if (stopped) {
            cancel();
        }
    }

    private void cancel() {
        Future<?> pending = check;
        if (pending != null) {
            pending.cancel(false);
        }
    }
}
