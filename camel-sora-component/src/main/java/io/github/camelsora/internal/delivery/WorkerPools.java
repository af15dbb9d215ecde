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

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.apache.camel.CamelContext;

/**
 * The threads on which routes go on. Endpoints that ask for the same sizes share their workers. The threads are Camel's, with
 * its names, JMX and metrics, and virtual where Camel's are. Thread-safe.
 */
public final class WorkerPools implements AutoCloseable {

    private static final long CLOSE_MILLIS = 5000;

    private final CamelContext camel;
    private final ScheduledExecutorService timer;
    private final ExecutorService threads;
    private final ExecutorService disk;
    private final Map<Size, Workers> pools = new ConcurrentHashMap<>();

    private record Size(int core, int max) {
    }

    /** @param timer looks for blocked tasks; not shut down here */
    public WorkerPools(CamelContext camel, ScheduledExecutorService timer) {
        this.camel = camel;
        this.timer = timer;
        this.threads = threads(camel, this, "SoraWorker");
        this.disk = threads(camel, this, "SoraDisk");
    }

    /**
     * Threads of Camel's, one for each task, for workers that keep theirs for as long as they need them: a thread that has none
     * ends soon. In Camel's cached pools it would stay for a minute.
     *
     * @param source who uses them
     * @param name of the threads, and in JMX
     */
    public static ExecutorService threads(CamelContext camel, Object source, String name) {
        ExecutorService threads = camel.getExecutorServiceManager().newCachedThreadPool(source, name);
        if (threads instanceof ThreadPoolExecutor pool) {
            pool.setKeepAliveTime(1, TimeUnit.SECONDS);
        }
        return threads;
    }

    /** @throws IllegalArgumentException if the sizes are not 1 ≤ core ≤ max */
    public Workers pool(int core, int max) {
        return pools.computeIfAbsent(new Size(core, max), size -> new Workers(size.core(), size.max(), threads, timer));
    }

    /** A thread of its own for each task: for routes that wait for the events of a generation. */
    public Executor threads() {
        return threads;
    }

    /** A thread for each file that is being written: a disk that hangs delays only the files on it. */
    public Executor disk() {
        return disk;
    }

    /** Tasks that wait or run in workers: none while nothing is in flight. */
    public int pendingTasks() {
        return pools.values().stream().mapToInt(Workers::pending).sum();
    }

    /** Gives what still runs a while to end. */
    @Override
    public void close() {
        pools.values().forEach(Workers::close);
        camel.getExecutorServiceManager().shutdownGraceful(disk, CLOSE_MILLIS);
        camel.getExecutorServiceManager().shutdownGraceful(threads, CLOSE_MILLIS);
    }
}
