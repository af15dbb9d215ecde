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

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.ObjectHelper;
import org.apache.camel.util.concurrent.SizedScheduledExecutorService;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * One thread that runs tasks at their time. It is Camel's, with its names, JMX and metrics. Takes any number of tasks: each
 * generation has some, due in an hour. Forgets a task that is cancelled at once, and rejects tasks when it is closed. The
 * thread ends when there was no task for a minute; the next task starts another one.
 */
public final class TimerThread implements AutoCloseable {

    private static final long IDLE_MILLIS = 60_000;

    private final CamelContext camel;
    private final ScheduledExecutorService executor;
    private final @Nullable ScheduledThreadPoolExecutor pool;

    /**
     * @param name of the thread, and in JMX
     * @param idle called by each thread at its end, when there was nothing to do, or at the shutdown
     */
    public TimerThread(CamelContext camel, String name, Runnable idle) {
        this(camel, name, idle, IDLE_MILLIS);
    }

    TimerThread(CamelContext camel, String name, Runnable idle, long idleMillis) {
        this.camel = camel;
        ThreadPoolProfile profile = new ThreadPoolProfile(name);
        profile.setPoolSize(1);
        profile.setMaxPoolSize(1);
        profile.setKeepAliveTime(0L);
        profile.setAllowCoreThreadTimeOut(false);
        // Camel's defaults are 1,000 tasks, and to drop what comes after the shutdown.
        profile.setMaxQueueSize(-1);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        // A name of its own in JMX for each component, and for each start of it.
        String source = name + "(" + ObjectHelper.getIdentityHashCode(this) + ")";
        this.executor = camel.getExecutorServiceManager().newScheduledThreadPool(source, name, profile);
        this.pool = pool(executor);
        if (pool != null) {
            // Camel sets these for its platform threads only.
            pool.setRemoveOnCancelPolicy(true);
            pool.setRejectedExecutionHandler(new ScheduledThreadPoolExecutor.AbortPolicy());
            pool.setKeepAliveTime(idleMillis, TimeUnit.MILLISECONDS);
            pool.allowCoreThreadTimeOut(true);
            ThreadFactory threads = pool.getThreadFactory();
            pool.setThreadFactory(worker -> threads.newThread(() -> {
                worker.run();
                idle.run();
            }));
        }
    }

    /** A factory of the user's may give a pool that cannot be looked into. */
    private static @Nullable ScheduledThreadPoolExecutor pool(ScheduledExecutorService executor) {
        return executor instanceof SizedScheduledExecutorService sized ? sized.getScheduledThreadPoolExecutor()
                : executor instanceof ScheduledThreadPoolExecutor plain ? plain : null;
    }

    /** Runs the tasks. Must not be shut down by others. */
    public ScheduledExecutorService executor() {
        return executor;
    }

    /** Tasks that wait or run: none while nothing is in flight. */
    public int pending() {
        return pool == null ? 0 : pool.getQueue().size() + pool.getActiveCount();
    }

    /** Drops what is not due yet. */
    @Override
    public void close() {
        camel.getExecutorServiceManager().shutdownNow(executor);
    }
}
