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

/**
 * Ends an exchange that is silent for too long, or takes too long. One check is scheduled at a time, for when the nearer of
 * the two could have passed; a payload only leaves its time behind, since rescheduling for each would cost more than reading
 * it. Runs on the timer's thread.
 */
final class ExchangeWatch implements Runnable {

    private final GatewayExchange exchange;
    private final Duration readTimeout;
    private final Duration requestTimeout;
    private final ScheduledExecutorService timer;
    private long started;
    private volatile long lastPayload;
    private volatile Future<?> check;

    ExchangeWatch(GatewayExchange exchange, Duration readTimeout, Duration requestTimeout, ScheduledExecutorService timer) {
        this.exchange = exchange;
        this.readTimeout = readTimeout;
        this.requestTimeout = requestTimeout;
        this.timer = timer;
    }

    void start() {
        started = System.nanoTime();
        lastPayload = started;
        run();
    }

    void payload() {
        lastPayload = System.nanoTime();
    }

    void stop() {
        Future<?> pending = check;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    @Override
    public void run() {
        long now = System.nanoTime();
        long silence = nanos(readTimeout) - (now - lastPayload);
        long rest = nanos(requestTimeout) - (now - started);
        if (Math.min(silence, rest) <= 0) {
            exchange.end(silence < rest ? new GatewayEnd.Silent(readTimeout) : new GatewayEnd.Expired(requestTimeout));
            return;
        }
        check = timer.schedule(this, Math.min(silence, rest), TimeUnit.NANOSECONDS);
        if (exchange.isEnded()) {
            stop();
        }
    }

    private static long nanos(Duration timeout) {
        return TimeUnit.NANOSECONDS.convert(timeout);
    }
}
