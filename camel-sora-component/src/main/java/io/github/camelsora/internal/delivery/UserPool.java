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

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A user's thread pool, and the component's workers for what it does not take: what it rejects, and what it would run in the
 * calling thread, which may be an I/O thread. Thread-safe.
 */
public final class UserPool implements Executor {

    private static final Logger LOG = LoggerFactory.getLogger(UserPool.class);

    private final ExecutorService pool;
    private final Executor workers;
    private final AtomicBoolean told = new AtomicBoolean();

    /**
     * @param workers run what the pool does not
     * @throws IllegalArgumentException if it can be seen that the pool runs tasks in the caller, or drops them
     */
    public UserPool(ExecutorService pool, Executor workers) {
        this.pool = pool;
        this.workers = workers;
        if (pool instanceof ThreadPoolExecutor executor) {
            check(executor.getRejectedExecutionHandler());
        }
    }

    private static void check(RejectedExecutionHandler policy) {
        if (policy instanceof ThreadPoolExecutor.CallerRunsPolicy) {
            throw new IllegalArgumentException("The workerPool has a CallerRunsPolicy, which would run routes on the threads "
                    + "that read from the network: use an AbortPolicy (in Camel, rejectedPolicy=Abort), and the component's "
                    + "own workers run what the pool rejects");
        }
        if (policy instanceof ThreadPoolExecutor.DiscardPolicy || policy instanceof ThreadPoolExecutor.DiscardOldestPolicy) {
            throw new IllegalArgumentException("The workerPool has a " + policy.getClass().getSimpleName() + ", which would "
                    + "drop exchanges: use an AbortPolicy, and the component's own workers run what the pool rejects");
        }
    }

    @Override
    public void execute(Runnable task) {
        Handed handed = new Handed(task);
        try {
            pool.execute(handed);
        } catch (RejectedExecutionException e) {
            handed.leave("rejects tasks");
        } finally {
            handed.caller = null;
        }
    }

    /** A task on its way to the pool. */
    private final class Handed implements Runnable {

        private final Runnable task;
        private final AtomicBoolean taken = new AtomicBoolean();
        /** The thread that is in {@link UserPool#execute}; that thread alone sees itself here for certain. */
        private volatile @Nullable Thread caller = Thread.currentThread();

        Handed(Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            if (Thread.currentThread() == caller) {
                leave("runs tasks in the calling thread");
            } else if (taken.compareAndSet(false, true)) {
                task.run();
            }
        }

        void leave(String why) {
            if (taken.compareAndSet(false, true)) {
                if (!pool.isShutdown() && told.compareAndSet(false, true)) {
                    LOG.warn("The workerPool {}: the component's own workers run them instead. This is said once", why);
                }
                workers.execute(task);
            }
        }
    }
}
