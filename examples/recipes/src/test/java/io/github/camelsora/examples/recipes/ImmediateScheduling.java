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
package io.github.camelsora.examples.recipes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;

/**
 * Runs at once what Camel's error handlers schedule, and notes how long it was to wait. What its throttles schedule runs in its
 * time, until a test says otherwise.
 */
final class ImmediateScheduling extends DefaultThreadPoolFactory {

    private final List<Long> redeliveries = new CopyOnWriteArrayList<>();
    private final List<ScheduledFuture<?>> hastened = new CopyOnWriteArrayList<>();
    private volatile boolean throttlesWait = true;

    /** How long redeliveries were to wait, in milliseconds. */
    List<Long> redeliveries() {
        return redeliveries;
    }

    /** From now on throttles do not wait either. */
    void noWaiting() {
        throttlesWait = false;
    }

    /** Returns when what was not to wait has run. */
    void awaitIdle() throws Exception {
        for (ScheduledFuture<?> task : hastened) {
            task.get(RecipeTest.LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    @Override
    public ScheduledExecutorService newScheduledThreadPool(ThreadPoolProfile profile, ThreadFactory threads) {
        return new ScheduledThreadPoolExecutor(1, threads) {
            @Override
            public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
                boolean hasten = !throttlesWait && command.getClass().getName().contains("Throttler");
                ScheduledFuture<?> task = super.schedule(command, hasten ? 0 : time(command, delay, unit), unit);
                if (hasten) {
                    hastened.add(task);
                }
                return task;
            }
        };
    }

    private long time(Runnable command, long delay, TimeUnit unit) {
        if (!command.getClass().getName().contains("RedeliveryErrorHandler")) {
            return delay;
        }
        redeliveries.add(unit.toMillis(delay));
        return 0;
    }
}
