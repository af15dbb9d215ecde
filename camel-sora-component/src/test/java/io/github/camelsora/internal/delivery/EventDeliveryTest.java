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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EventDeliveryTest {

    private static final long LIMIT_MILLIS = 20;
    private static final long STOP_MILLIS = 10;

    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Integer> sent = new ArrayList<>();
    private final List<Integer> failed = new ArrayList<>();
    private final List<Consumer<Throwable>> pending = new ArrayList<>();
    private final Ticks timer = new Ticks();
    private ReplyLimit limit = new ReplyLimit(timer, Duration.ofMillis(LIMIT_MILLIS), () -> Duration.ofMillis(STOP_MILLIS));
    private int ended;

    @Test
    void whatQueuesUpGoesOutInOneHop() {
        EventDelivery delivery = delivery(this::answeredAtOnce);
        IntStream.rangeClosed(1, 5).forEach(number -> {
            delivery.add(event(number));
            delivery.deliver();
        });
        assertThat(tasks).hasSize(1);
        runTasks();
        assertThat(sent).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aLongChainOfSynchronousRepliesIsNoRecursion() {
        EventDelivery delivery = delivery(this::answeredAtOnce);
        IntStream.rangeClosed(1, 100_000).forEach(number -> delivery.add(event(number)));
        delivery.deliver();
        runTasks();
        assertThat(sent).hasSize(100_000);
    }

    @Test
    void theNextEventWaitsForTheReplyBefore() {
        EventDelivery delivery = delivery(this::answeredLater);
        boolean[] ended = new boolean[1];
        delivery.add(event(1));
        delivery.add(event(2));
        delivery.end(() -> ended[0] = true);
        delivery.deliver();
        runTasks();
        assertThat(sent).containsExactly(1);
        pending.get(0).accept(null);
        runTasks();
        assertThat(sent).containsExactly(1, 2);
        assertThat(ended[0]).isFalse();
        pending.get(1).accept(null);
        runTasks();
        assertThat(ended[0]).isTrue();
    }

    @Test
    void aFailureIsToldBeforeTheNextEventGoesOut() {
        EventDelivery delivery = delivery((event, done) -> {
            sent.add(event.getSequence());
            done.accept(event.getSequence() == 1 ? new IllegalStateException("no") : null);
        });
        delivery.add(event(1));
        delivery.add(event(2));
        delivery.deliver();
        runTasks();
        assertThat(failed).containsExactly(1);
        assertThat(sent).containsExactly(1, 2);
    }

    @Test
    void whatWasClearedIsNotSentButTheEndComes() {
        EventDelivery delivery = delivery(this::answeredLater);
        boolean[] ended = new boolean[1];
        delivery.add(event(1));
        delivery.add(event(2));
        delivery.deliver();
        runTasks();
        delivery.clear();
        delivery.end(() -> ended[0] = true);
        delivery.deliver();
        pending.get(0).accept(null);
        runTasks();
        assertThat(sent).containsExactly(1);
        assertThat(ended[0]).isTrue();
    }

    @Test
    void anErrorInAListenerIsTheEventsFailureAndTheNextOneGoesOut() {
        EventDelivery delivery = delivery((event, done) -> {
            sent.add(event.getSequence());
            if (event.getSequence() == 1) {
                throw new NoClassDefFoundError("a step of the reply route");
            }
            done.accept(null);
        });
        boolean[] ended = new boolean[1];
        delivery.add(event(1));
        delivery.add(event(2));
        delivery.end(() -> ended[0] = true);
        delivery.deliver();
        runTasks();
        assertThat(failed).containsExactly(1);
        assertThat(sent).containsExactly(1, 2);
        assertThat(ended[0]).isTrue();
    }

    @Test
    void aListenerThatAnswersTwiceIsHeardOnce() {
        EventDelivery delivery = delivery((event, done) -> {
            sent.add(event.getSequence());
            done.accept(new IllegalStateException("first"));
            done.accept(new IllegalStateException("second"));
        });
        delivery.add(event(1));
        delivery.add(event(2));
        delivery.deliver();
        runTasks();
        assertThat(failed).containsExactly(1, 2);
        assertThat(sent).containsExactly(1, 2);
    }

    @Test
    void aClosedPoolStillLetsTheExchangeComplete() {
        EventDelivery delivery = new EventDelivery((event, done) -> done.accept(null), task -> {
            throw new RejectedExecutionException("closed");
        }, (event, failure) -> { }, ReplyLimit.NONE);
        boolean[] ended = new boolean[1];
        delivery.end(() -> ended[0] = true);
        delivery.deliver();
        assertThat(ended[0]).isTrue();
    }

    @Test
    void aReplyThatNeverReturnsHoldsUpTheEndOnlyUntilItsLimit() {
        EventDelivery delivery = delivery(this::answeredLater);
        delivery.add(event(1));
        delivery.deliver();
        runTasks();
        assertThat(timer.delays()).isEmpty();
        delivery.add(event(2));
        delivery.add(event(3));
        delivery.end(() -> ended++);
        delivery.deliver();
        runTasks();
        assertThat(timer.delays()).containsExactly(LIMIT_MILLIS);
        assertThat(ended).isZero();
        timer.runUntil(() -> failed.contains(1));
        runTasks();
        assertThat(sent).containsExactly(1, 2, 3);
        assertThat(failed).containsExactly(1, 2, 3);
        assertThat(ended).isOne();
        assertThat(timer.waiting()).isZero();

        pending.forEach(late -> late.accept(null));
        runTasks();
        assertThat(ended).isOne();
    }

    @Test
    void aListenerThatBlocksItsThreadHoldsUpTheEndOnlyUntilItsLimit() {
        EventDelivery delivery = delivery((event, done) -> {
            sent.add(event.getSequence());
            // As if another thread did so, while this one is blocked here.
            timer.runUntil(() -> failed.contains(event.getSequence()));
            runTasks();
            done.accept(null);
        });
        delivery.add(event(1));
        delivery.add(event(2));
        delivery.end(() -> ended++);
        delivery.deliver();
        runTasks();
        assertThat(sent).containsExactly(1, 2);
        assertThat(failed).containsExactly(1, 2);
        assertThat(ended).isOne();
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void aStopShortensTheLimitAndGivesUpNothingBeforeTheEnd() {
        EventDelivery delivery = delivery(this::answeredLater);
        delivery.add(event(1));
        delivery.deliver();
        delivery.hurry();
        runTasks();
        assertThat(timer.delays()).containsExactly(STOP_MILLIS / 10);
        timer.runDue();
        timer.runDue();
        assertThat(failed).isEmpty();
        delivery.end(() -> ended++);
        delivery.deliver();
        delivery.hurry();
        timer.runUntil(() -> failed.contains(1));
        runTasks();
        assertThat(ended).isOne();
        assertThat(timer.delays()).containsExactly(STOP_MILLIS / 10);
        assertThat(timer.waiting()).isZero();
    }

    @Test
    void aStopAfterTheEndShortensTheLimit() {
        EventDelivery delivery = delivery(this::answeredLater);
        delivery.add(event(1));
        delivery.end(() -> ended++);
        delivery.deliver();
        runTasks();
        delivery.hurry();
        assertThat(timer.delays()).containsExactly(LIMIT_MILLIS, STOP_MILLIS / 10);
        assertThat(timer.waiting()).isOne();
        timer.runUntil(() -> failed.contains(1));
        runTasks();
        assertThat(ended).isOne();
    }

    @Test
    void aReplyThatIsNotLateYetIsWaitedForAndNoOtherOvertakesIt() {
        limit = new ReplyLimit(timer, Duration.ofHours(1), () -> Duration.ofHours(1));
        EventDelivery delivery = delivery(this::answeredLater);
        delivery.add(event(1));
        delivery.add(event(2));
        delivery.end(() -> ended++);
        delivery.deliver();
        delivery.hurry();
        runTasks();
        for (int i = 0; i < 100; i++) {
            timer.runDue();
        }
        runTasks();
        assertThat(sent).containsExactly(1);
        assertThat(failed).isEmpty();
        pending.get(0).accept(null);
        runTasks();
        pending.get(1).accept(null);
        runTasks();
        assertThat(sent).containsExactly(1, 2);
        assertThat(failed).isEmpty();
        assertThat(ended).isOne();
    }

    private void answeredAtOnce(SoraEvent event, Consumer<Throwable> done) {
        sent.add(event.getSequence());
        done.accept(null);
    }

    private void answeredLater(SoraEvent event, Consumer<Throwable> done) {
        sent.add(event.getSequence());
        pending.add(done);
    }

    private EventDelivery delivery(EventListener sink) {
        return new EventDelivery(sink, tasks::add, (event, failure) -> failed.add(event.getSequence()), limit);
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    private static SoraEvent event(int number) {
        return new SoraEvent.Queued(
                SoraFacts.builder().sequence(number).gateway("goapi").build());
    }

    /** A timer whose repeated tasks run when the test says so. */
    private static final class Ticks extends ScheduledThreadPoolExecutor {

        private final List<Long> delays = new ArrayList<>();
        private final Map<ScheduledFuture<?>, Runnable> waiting = new LinkedHashMap<>();

        Ticks() {
            super(0);
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long next, TimeUnit unit) {
            delays.add(unit.toMillis(first));
            // Only the future is used: the delay is longer than the test.
            ScheduledFuture<?> future = schedule(task, 1, TimeUnit.DAYS);
            waiting.put(future, task);
            return future;
        }

        void runDue() {
            waiting.keySet().removeIf(ScheduledFuture::isCancelled);
            List.copyOf(waiting.values()).forEach(Runnable::run);
        }

        void runUntil(BooleanSupplier done) {
            await().pollInterval(Duration.ofMillis(1)).atMost(10, TimeUnit.SECONDS).pollInSameThread().until(() -> {
                runDue();
                return done.getAsBoolean();
            });
        }

        List<Long> delays() {
            return delays;
        }

        int waiting() {
            waiting.keySet().removeIf(ScheduledFuture::isCancelled);
            return waiting.size();
        }
    }
}
