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

import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UserPoolTest {

    private final ExecutorService own = Executors.newCachedThreadPool();
    private final Set<Thread> used = ConcurrentHashMap.newKeySet();

    @AfterEach
    void shutdown() {
        own.shutdownNow();
    }

    @Test
    void aPoolThatRunsTasksInTheCallerOrDropsThemIsRefused() {
        refused(new ThreadPoolExecutor.CallerRunsPolicy(), "CallerRunsPolicy");
        refused(new ThreadPoolExecutor.DiscardPolicy(), "DiscardPolicy");
        refused(new ThreadPoolExecutor.DiscardOldestPolicy(), "DiscardOldestPolicy");
    }

    private void refused(RejectedExecutionHandler policy, String name) {
        ExecutorService pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new ArrayBlockingQueue<>(1), policy);
        assertThatThrownBy(() -> new UserPool(pool, own)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name).hasMessageContaining("AbortPolicy");
        pool.shutdownNow();
    }

    @Test
    void whatThePoolRejectsRunsOnTheOwnWorkers() throws Exception {
        ExecutorService pool = new ThreadPoolExecutor(1, 1, 1, TimeUnit.SECONDS, new SynchronousQueue<>());
        try {
            runs(new UserPool(pool, own), 20);
        } finally {
            pool.shutdownNow();
        }
        runs(new UserPool(pool, own), 2);
    }

    @Test
    void whatThePoolRunsInTheCallerRunsOnTheOwnWorkers() throws Exception {
        runs(new UserPool(new Direct(), own), 20);
    }

    private void runs(Executor pool, int tasks) throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(tasks);
        for (int i = 0; i < tasks; i++) {
            pool.execute(() -> {
                used.add(Thread.currentThread());
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                done.countDown();
            });
        }
        release.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(used).doesNotContain(Thread.currentThread());
    }

    /** Runs each task in the thread that brings it. */
    private static final class Direct extends AbstractExecutorService {

        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {
            // nothing to shut down
        }

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
