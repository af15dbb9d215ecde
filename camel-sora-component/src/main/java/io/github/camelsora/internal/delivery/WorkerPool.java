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

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread pool that continues routes. Grows to its maximum before it queues, so that a few routes that block delay nobody
 * else; the queue takes one task per generation and never runs one in the caller, which is an I/O thread. The pools that
 * Camel makes queue first and grow last, or run in the caller.
 */
public final class WorkerPool extends ThreadPoolExecutor {

    /**
     * @param core threads that are kept
     * @param max threads at most; those beyond core end after a minute without work
     * @throws IllegalArgumentException if the sizes are not 1 ≤ core ≤ max
     */
    public WorkerPool(int core, int max, ThreadFactory threads) {
        super(check(core, max), max, 60, TimeUnit.SECONDS, new GrowFirst(), threads);
        ((GrowFirst) getQueue()).pool = this;
        setRejectedExecutionHandler((task, pool) -> {
            if (pool.isShutdown()) {
                throw new RejectedExecutionException("The component is stopped");
            }
            ((GrowFirst) pool.getQueue()).enqueue(task);
        });
    }

    private static int check(int core, int max) {
        if (core < 1 || max < core) {
            throw new IllegalArgumentException("workerPoolCoreSize=" + core + " and workerPoolMaxSize=" + max
                    + " do not fit: 1 ≤ workerPoolCoreSize ≤ workerPoolMaxSize");
        }
        return core;
    }

    /** Refuses a task while the pool can still grow and has no idle thread, so that the pool adds a thread for it. */
    private static final class GrowFirst extends LinkedBlockingQueue<Runnable> {

        private static final long serialVersionUID = 1L;

        @SuppressWarnings("NullAway.Init") // set as soon as the pool exists, which takes its queue
        private transient ThreadPoolExecutor pool;

        @Override
        public boolean offer(Runnable task) {
            boolean idle = pool.getActiveCount() + size() < pool.getPoolSize();
            return (idle || pool.getPoolSize() >= pool.getMaximumPoolSize()) && super.offer(task);
        }

        void enqueue(Runnable task) {
            super.offer(task);
        }
    }
}
