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

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A timer whose time passes only when a test says so. What is due runs in the test's thread. */
public final class ManualTimer extends ScheduledThreadPoolExecutor {

    private final List<Due> waiting = new ArrayList<>();
    private Duration now = Duration.ZERO;

    public ManualTimer() {
        super(0);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        // Of the real executor only its future is used: the delay there is longer than any test.
        ScheduledFuture<?> future = super.schedule(task, 1, TimeUnit.DAYS);
        synchronized (waiting) {
            waiting.add(new Due(now.plusNanos(unit.toNanos(delay)), future, task));
        }
        return future;
    }

    /** Lets time pass to the next task that is not cancelled, and runs it; returns how long that took. */
    public Duration runNext() {
        Due next;
        Duration passed;
        synchronized (waiting) {
            waiting.removeIf(due -> due.future().isCancelled());
            next = waiting.stream().min(Comparator.comparing(Due::at)).orElseThrow();
            waiting.remove(next);
            passed = next.at().minus(now);
            now = next.at();
        }
        next.task().run();
        return passed;
    }

    /** What waits and is not cancelled. */
    public int pending() {
        synchronized (waiting) {
            waiting.removeIf(due -> due.future().isCancelled());
            return waiting.size();
        }
    }

    private record Due(Duration at, ScheduledFuture<?> future, Runnable task) {
    }
}
