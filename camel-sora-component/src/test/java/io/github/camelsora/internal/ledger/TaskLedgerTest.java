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
package io.github.camelsora.internal.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ManualTimer;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import io.github.camelsora.internal.text.TaskReference;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A repository that hangs, throws Errors, or is asked by many at once. The test lets the time pass. */
class TaskLedgerTest {

    private static final SoraVideo KNOWN = SoraVideo.builder().gateway("goapi").taskId("task_1").build();

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ManualTimer timer = new ManualTimer();
    private final SoraTaskRepository stored = new MemoryTaskRepository();
    private final CountDownLatch hung = new CountDownLatch(1);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<ProtocolEnd> ends = new CopyOnWriteArrayList<>();
    private final AtomicInteger starts = new AtomicInteger();
    private volatile String hangs = "";
    private volatile String throwsError = "";
    private volatile boolean withdrawn;
    private volatile boolean failsToStart;

    private final SoraTaskRepository repository = (SoraTaskRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
            new Class<?>[] { SoraTaskRepository.class }, (proxy, method, arguments) -> {
                calls.add(method.getName());
                if (method.getName().equals(throwsError)) {
                    throw new NoClassDefFoundError("of the driver");
                }
                if (method.getName().equals(hangs)) {
                    hung.await();
                }
                if (method.getName().equals("lease")) {
                    return Duration.ofSeconds(30);
                }
                try {
                    return method.invoke(stored, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
    private final TaskLedger ledger = new TaskLedger(repository, threads, threads, timer, Clock.systemUTC());

    @AfterEach
    void end() {
        hung.countDown();
        threads.shutdown();
        timer.shutdownNow();
    }

    private final class Generation implements GenerationProtocol.Listener, GenerationProtocol, Order.Ways {

        private final ClaimedTask task = ledger.order(new Order("order-7", "https://goapi.example", null, "hash",
                SoraVideo.builder().gateway("goapi").build(), this, false, Duration.ofHours(1)));

        Generation begun() {
            task.start((GenerationProtocol.Listener) this);
            return this;
        }

        @Override
        public void started(Runnable close) {
        }

        @Override
        public void accepted() {
        }

        @Override
        public void pause() {
        }

        @Override
        public boolean seen(GenerationProtocol.Observation observation) {
            return false;
        }

        @Override
        public void ended(ProtocolEnd end) {
            ends.add(end);
        }

        @Override
        public boolean isPaid() {
            return true;
        }

        @Override
        public void start(GenerationProtocol.Listener listener) {
            starts.incrementAndGet();
            if (failsToStart) {
                throw new OutOfMemoryError("unable to create a thread");
            }
        }

        @Override
        public boolean withdraw() {
            return withdrawn;
        }

        @Override
        public GenerationProtocol begin() {
            return this;
        }

        @Override
        public boolean canFollow(TaskReference reference) {
            return false;
        }

        @Override
        public GenerationProtocol follow(TaskReference reference) {
            return this;
        }
    }

    private static GenerationResult completed() {
        SoraFacts facts = SoraFacts.builder().generationId("order-7").gateway("goapi").taskId("task_1").build();
        return new GenerationResult.Completed(new SoraEvent.Completed(facts, KNOWN), false);
    }

    private long called(String method) {
        return calls.stream().filter(method::equals).count();
    }

    private SoraTaskState state() {
        return stored.find("order-7").map(found -> found.task().state()).orElse(null);
    }

    @ParameterizedTest
    @ValueSource(strings = { "renewLease", "claim" })
    void aClaimThatNobodyAnswersIsRefusedAndGivenBackLater(String method) {
        hangs = method;
        new Generation().begun();
        await().until(() -> called(method) == 1);
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(60));
        assertThat(ends).singleElement().isInstanceOfSatisfying(ProtocolEnd.NotClaimed.class,
                end -> assertThat(end.cause()).isInstanceOf(TimeoutException.class).hasMessageContaining("60 s"));
        hung.countDown();
        await().until(() -> called("release") == 1 && state() == null);
        assertThat(starts).hasValue(0);
    }

    @Test
    void aClaimThatIsAnsweredHasNoLimitAnyMore() {
        new Generation().begun();
        await().until(() -> starts.get() == 1);
        assertThat(timer.pending()).as("only the lease is renewed").isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aGenerationThatFailsToStartIsRefusedOnlyIfNothingWasSent(boolean nothingSent) {
        withdrawn = nothingSent;
        failsToStart = true;
        new Generation().begun();
        await().until(() -> ends.size() == 1);
        assertThat(ends.get(0)).isInstanceOf(nothingSent ? ProtocolEnd.NotSent.class : ProtocolEnd.Broken.class);
        assertThat(state()).as("until it is known how it ended").isEqualTo(SoraTaskState.CLAIMED);
        assertThat(called("release")).isZero();
    }

    @Test
    void aVideoDoesNotWaitBehindAWriteThatNeverReturns() {
        Generation generation = new Generation().begun();
        await().until(() -> starts.get() == 1);
        hangs = "update";
        List<String> written = new ArrayList<>();
        generation.task.known(KNOWN, () -> written.add("id"));
        await().until(() -> called("update") == 1);
        generation.task.ended(completed(), KNOWN, () -> written.add("end"));
        while (written.size() < 2) {
            assertThat(timer.runNext()).isLessThanOrEqualTo(Duration.ofSeconds(10));
        }
        assertThat(written).containsExactly("id", "end");
        hung.countDown();
        await().until(() -> state() == SoraTaskState.COMPLETED);
        assertThat(ledger.pending()).isZero();
    }

    @Test
    void anErrorOfAWriteIsRepeated() {
        Generation generation = new Generation().begun();
        await().until(() -> starts.get() == 1);
        throwsError = "update";
        CountDownLatch written = new CountDownLatch(1);
        generation.task.ended(completed(), KNOWN, written::countDown);
        await().until(() -> written.getCount() == 0 && called("update") == 1);
        throwsError = "";
        await().until(() -> {
            if (timer.pending() > 0) {
                timer.runNext();
            }
            return state() == SoraTaskState.COMPLETED;
        });
        assertThat(called("update")).isGreaterThan(1);
    }

    @Test
    void anErrorOfALookKeepsNobodyWaitingForEver() {
        Generation owner = new Generation().begun();
        await().until(() -> starts.get() == 1);
        new Generation().begun();
        await().until(() -> ledger.pending() == 2);
        throwsError = "findAll";
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(1));
        await().until(() -> called("findAll") == 1);
        throwsError = "";
        owner.task.ended(completed(), KNOWN, () -> { });
        await().until(() -> ends.size() == 1);
        assertThat(ends.get(0)).isInstanceOfSatisfying(ProtocolEnd.Known.class,
                end -> assertThat(end.video().taskId()).isEqualTo("task_1"));
    }

    @Test
    void manyThatWaitAreToldByOneLook() {
        Generation owner = new Generation().begun();
        await().until(() -> starts.get() == 1);
        for (int i = 0; i < 50; i++) {
            new Generation().begun();
        }
        await().until(() -> ledger.pending() == 51);
        calls.clear();
        owner.task.ended(completed(), KNOWN, () -> { });
        await().until(() -> ends.size() == 50);
        assertThat(calls).containsExactly("update", "findAll");
    }

    @Test
    void ofManyThatWaitForAFreeKeyOneClaimsIt() {
        new Generation().begun();
        await().until(() -> starts.get() == 1);
        for (int i = 0; i < 50; i++) {
            new Generation().begun();
        }
        await().until(() -> ledger.pending() == 51);
        calls.clear();
        stored.remove("order-7");
        ledger.ended("order-7");
        await().until(() -> starts.get() == 2);
        assertThat(called("claim")).isEqualTo(1);
    }

    @Test
    void nobodyIsLostWhoBeginsToWaitWhileOthersAreTold() throws Exception {
        new Generation().begun();
        await().until(() -> starts.get() == 1);
        int rounds = 2_000;
        Thread telling = new Thread(() -> {
            for (int i = 0; i < rounds; i++) {
                ledger.ended("order-7");
            }
        });
        telling.start();
        for (int i = 0; i < rounds; i++) {
            ClaimedTask leaving = new Generation().task;
            ledger.waiting().add(leaving);
            while (!ledger.waiting().leave(leaving)) {
                // It was just being told, and waits again soon.
                Thread.onSpinWait();
            }
            ledger.waiting().add(new Generation().task);
        }
        telling.join();
        await().untilAsserted(() -> assertThat(ledger.waiting().size()).isEqualTo(rounds));
    }

    @Test
    void aRenewalThatFailsIsRepeatedSoon() {
        new Generation().begun();
        await().until(() -> starts.get() == 1);
        throwsError = "renewLease";
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(10));
        await().until(() -> called("renewLease") == 2 && timer.pending() == 1);
        throwsError = "";
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(1));
        await().until(() -> called("renewLease") == 3 && timer.pending() == 1);
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void aRenewalThatTakesLongDoesNotDoubleTheHeartbeat() {
        Generation first = new Generation().begun();
        await().until(() -> starts.get() == 1);
        hangs = "renewLease";
        timer.runNext();
        await().until(() -> called("renewLease") == 2);
        first.task.ended(completed(), KNOWN, () -> { });
        await().until(() -> state() == SoraTaskState.COMPLETED && ledger.pending() == 0);
        stored.remove("order-7");
        new Generation().begun();
        await().until(() -> starts.get() == 2);
        hung.countDown();
        await().untilAsserted(() -> assertThat(timer.pending()).isEqualTo(1));
    }

    @Test
    void closingDoesNotWaitForARepositoryThatHangs() {
        Generation generation = new Generation().begun();
        await().until(() -> starts.get() == 1);
        throwsError = "update";
        CountDownLatch written = new CountDownLatch(1);
        generation.task.ended(completed(), KNOWN, written::countDown);
        await().until(() -> written.getCount() == 0);
        throwsError = "";
        hangs = "update";
        ledger.close();
        assertThat(state()).isEqualTo(SoraTaskState.CLAIMED);
    }
}
