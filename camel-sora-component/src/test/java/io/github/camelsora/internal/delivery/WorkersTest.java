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

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class WorkersTest {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final Workers workers = new Workers(2, 4, threads, timer);

    @AfterEach
    void shutdown() {
        workers.close();
        threads.shutdownNow();
        timer.shutdownNow();
    }

    @Test
    void growsToItsMaximumBeforeItQueues() throws Exception {
        CountDownLatch running = new CountDownLatch(4);
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            workers.execute(() -> {
                running.countDown();
                waitFor(release);
            });
        }
        assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(workers.size()).isEqualTo(4);
        release.countDown();
    }

    @Test
    void growsInEveryOfThreeThousandRounds() throws Exception {
        for (int round = 0; round < 3000; round++) {
            Workers eight = new Workers(1, 8, threads, timer);
            CountDownLatch all = new CountDownLatch(8);
            for (int i = 0; i < 8; i++) {
                eight.execute(() -> {
                    all.countDown();
                    waitFor(all);
                });
            }
            assertThat(all.await(10, TimeUnit.SECONDS)).as("round %d", round).isTrue();
            assertThat(eight.size()).isLessThanOrEqualTo(8);
            eight.close();
        }
    }

    @Test
    void blockedTasksHoldUpNoOther() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 200; i++) {
            workers.execute(() -> waitFor(release));
        }
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        await().atMost(10, TimeUnit.SECONDS).until(() -> workers.size() <= 4);
    }

    @Test
    void aTaskThatComesBehindBlockedOnesWaitsForNoTick() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        try (Ticks never = new Ticks()) {
            Workers two = new Workers(1, 2, threads, never);
            Queue<Thread> blocked = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < 2; i++) {
                two.execute(() -> {
                    blocked.add(Thread.currentThread());
                    waitFor(release);
                });
            }
            await().until(() -> blocked.size() == 2);
            await().pollDelay(5, TimeUnit.MILLISECONDS).until(() -> blocked.stream().allMatch(
                    thread -> thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING));
            two.execute(done::countDown);
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            release.countDown();
        }
    }

    @Test
    void tasksThatWaitForLaterOnesAllFinish() throws Exception {
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            workers.execute(() -> {
                CountDownLatch later = new CountDownLatch(1);
                workers.execute(later::countDown);
                waitFor(later);
                done.countDown();
            });
        }
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTaskThatLooksAsIfItRanDoesNotCountForLong() throws Exception {
        AtomicBoolean release = new AtomicBoolean();
        for (int i = 0; i < 4; i++) {
            workers.execute(() -> {
                while (!release.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        CountDownLatch done = new CountDownLatch(1);
        workers.execute(done::countDown);
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        release.set(true);
    }

    @Test
    void aTaskThatLooksAsIfItRanIsNotReplacedAtOnceWhileOthersEnd() throws Exception {
        try (Ticks ticks = new Ticks()) {
            Workers two = new Workers(1, 2, threads, ticks);
            List<Spinning> tasks = Stream.generate(Spinning::new).limit(12).toList();
            Spinning longTask = tasks.get(0);
            tasks.forEach(two::execute);
            for (Spinning task : tasks.subList(1, 9)) {
                assertThat(task.runs.await(10, TimeUnit.SECONDS)).isTrue();
                task.ends = true;
                assertThat(tasks.get(tasks.indexOf(task) + 1).runs.await(10, TimeUnit.SECONDS)).isTrue();
                ticks.tick();
                assertThat(two.size()).isEqualTo(2);
            }
            ticks.tick();
            assertThat(two.size()).isEqualTo(2);
            ticks.tick();
            assertThat(two.size()).as("now that nothing ends any more").isGreaterThan(2);
            assertThat(longTask.runs.getCount()).isZero();
            tasks.forEach(task -> task.ends = true);
            two.close();
        }
    }

    @Test
    void aWorkerThatIsAboutToTakeItsNextTaskIsNotBlocked() throws Exception {
        try (Ticks ticks = new Ticks()) {
            Workers two = new Workers(1, 2, threads, ticks);
            List<Spinning> tasks = Stream.generate(Spinning::new).limit(3).toList();
            tasks.forEach(two::execute);
            assertThat(tasks.get(0).runs.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(tasks.get(1).runs.await(10, TimeUnit.SECONDS)).isTrue();
            await().pollDelay(2 * Workers.TICK_MILLIS, TimeUnit.MILLISECONDS).until(() -> true);
            two.lock.lock();
            try {
                tasks.get(0).ends = true;
                await().atMost(10, TimeUnit.SECONDS).until(() -> two.lock.hasQueuedThread(tasks.get(0).thread));
                ticks.tick();
                assertThat(two.size()).isEqualTo(2);
            } finally {
                two.lock.unlock();
            }
            tasks.forEach(task -> task.ends = true);
            two.close();
        }
    }

    /** Uses CPU time until it is told to end. */
    private static final class Spinning implements Runnable {

        private final CountDownLatch runs = new CountDownLatch(1);
        private volatile boolean ends;
        private volatile Thread thread;

        @Override
        public void run() {
            thread = Thread.currentThread();
            runs.countDown();
            while (!ends) {
                Thread.onSpinWait();
            }
        }
    }

    /** A timer whose next task runs when the test says so. */
    private static final class Ticks extends ScheduledThreadPoolExecutor implements AutoCloseable {

        private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();

        Ticks() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            due.add(task);
            return super.schedule(() -> { }, 1, TimeUnit.DAYS);
        }

        void tick() {
            due.remove().run();
        }

        @Override
        public void close() {
            shutdownNow();
        }
    }

    @Test
    void manyShortTasksNeedFewThreadsAndNeverTheCaller() throws Exception {
        CountDownLatch done = new CountDownLatch(100_000);
        Set<Thread> used = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 100_000; i++) {
            workers.execute(() -> {
                used.add(Thread.currentThread());
                done.countDown();
            });
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(used).hasSizeLessThanOrEqualTo(6).doesNotContain(Thread.currentThread());
    }

    @Test
    void idleThreadsBeyondTheCoreEndAndNothingLooksOnWhileThereIsNothingToDo() throws Exception {
        growsToItsMaximumBeforeItQueues();
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(workers.size()).isEqualTo(2));
        assertThat(workers.pending()).isZero();
        await().atMost(10, TimeUnit.SECONDS).until(() -> timer.getQueue().isEmpty());
    }

    @Test
    void anErrorInATaskOrAnInterruptEndsNoThreadThatOthersNeed() throws Exception {
        for (int i = 0; i < 10; i++) {
            workers.execute(() -> {
                Thread.currentThread().interrupt();
                throw new NoClassDefFoundError("in a task");
            });
        }
        CountDownLatch done = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        workers.execute(() -> {
            interrupted.set(Thread.currentThread().isInterrupted());
            done.countDown();
        });
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(interrupted).isFalse();
    }

    @Test
    void refusesWorkWhenItIsClosedAndStillRunsWhatIsQueued() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            workers.execute(() -> {
                waitFor(release);
                done.countDown();
            });
        }
        workers.close();
        assertThatThrownBy(() -> workers.execute(() -> { })).isInstanceOf(RejectedExecutionException.class);
        release.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        await().atMost(10, TimeUnit.SECONDS).until(() -> workers.size() == 0);
    }

    @Test
    void aTrickleOfTasksKeepsNoMoreThreadsThanItNeeds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            workers.execute(() -> {
                begun.countDown();
                waitFor(release);
            });
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        release.countDown();
        await().atMost(20, TimeUnit.SECONDS).until(() -> workers.pending() == 0 && workers.size() <= 4);
        await().atMost(20, TimeUnit.SECONDS).pollInterval(Duration.ofMillis(20)).until(() -> {
            workers.execute(() -> { });
            return workers.size() <= 2;
        });
    }

    @Test
    void coreThreadsGoWhenThereIsNothingToDoForLong() throws Exception {
        Workers idle = new Workers(2, 4, Workers.MAX_THREADS, threads, timer, 50);
        for (int i = 0; i < 2; i++) {
            CountDownLatch done = new CountDownLatch(3);
            for (int task = 0; task < 3; task++) {
                idle.execute(done::countDown);
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            await().atMost(10, TimeUnit.SECONDS).until(() -> idle.size() == 0);
        }
    }

    @Test
    void callsThatBlockTakeAtMostAsManyThreadsAsThereAreConnectionsAndTheRestWaits() throws Exception {
        Workers calls = Workers.forBlockingCalls(4, threads, timer);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(4);
        CountDownLatch done = new CountDownLatch(20);
        for (int i = 0; i < 20; i++) {
            calls.execute(() -> {
                begun.countDown();
                waitFor(release);
                done.countDown();
            });
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        await().during(10 * Workers.TICK_MILLIS, TimeUnit.MILLISECONDS).atMost(10, TimeUnit.SECONDS)
                .until(() -> calls.size() == 4 && done.getCount() == 20);
        release.countDown();
        assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void withoutAnyThreadATaskIsRejected() {
        Workers none = new Workers(1, 2, task -> {
            throw new RejectedExecutionException("shut down");
        }, timer);
        assertThatThrownBy(() -> none.execute(() -> { })).isInstanceOf(RejectedExecutionException.class);
        assertThat(none.pending()).isZero();
    }

    @Test
    void sizesThatDoNotFitAreNamed() {
        assertThatThrownBy(() -> new Workers(3, 2, threads, timer)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("workerPoolCoreSize=3 and workerPoolMaxSize=2 do not fit: "
                        + "1 ≤ workerPoolCoreSize ≤ workerPoolMaxSize");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
