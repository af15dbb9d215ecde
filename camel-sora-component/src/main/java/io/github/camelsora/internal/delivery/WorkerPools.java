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

import org.apache.camel.CamelContext;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/** The worker pools of a component: endpoints that ask for the same sizes share one. Thread-safe. */
public final class WorkerPools implements AutoCloseable {

    private static final long CLOSE_MILLIS = 5000;

    private final CamelContext camel;
    private final Map<Size, WorkerPool> pools = new ConcurrentHashMap<>();

    private record Size(int core, int max) {
    }

    public WorkerPools(CamelContext camel) {
        this.camel = camel;
    }

    /** @throws IllegalArgumentException if the sizes are not 1 ≤ core ≤ max */
    public Executor pool(int core, int max) {
        return pools.computeIfAbsent(new Size(core, max), size -> new WorkerPool(size.core(), size.max(),
                new CamelThreadFactory(camel.getExecutorServiceManager().getThreadNamePattern(), "SoraWorker", true)));
    }

    /** Tasks that wait or run: none while nothing is in flight. */
    public int pendingTasks() {
        return pools.values().stream().mapToInt(pool -> pool.getQueue().size() + pool.getActiveCount()).sum();
    }

    /** Gives what still runs a while to end. */
    @Override
    public void close() {
        pools.values().forEach(pool -> camel.getExecutorServiceManager().shutdownGraceful(pool, CLOSE_MILLIS));
    }
}
