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
package io.github.camelsora.internal.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Unsent, handed over, ended, delivered: in this direction, once, whoever races. */
class ExchangeLifecycleTest implements ExchangeLifecycle.Owner<String> {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final ExchangeLifecycle<String> lifecycle = new ExchangeLifecycle<>(this);
    private RuntimeException thrownAtTheEnd;

    @Override
    public String endFor(String happened, boolean handedOver) {
        return happened + (handedOver ? ", sent" : ", unsent");
    }

    @Override
    public void release() {
        told.add("released");
    }

    @Override
    public void deliver(String end) {
        told.add(end);
        if (thrownAtTheEnd != null) {
            throw thrownAtTheEnd;
        }
    }

    @Test
    void nothingIsDeliveredBeforeTheExchangeIsUnderWay() {
        lifecycle.end("cancelled");
        assertThat(told).containsExactly("released");
        assertThat(lifecycle.isEnded()).isTrue();
        lifecycle.leave();
        assertThat(told).containsExactly("released", "cancelled, unsent");
    }

    @Test
    void theFirstEndHolds() {
        lifecycle.leave();
        assertThat(lifecycle.handOver()).isTrue();
        lifecycle.end("one");
        lifecycle.end("two");
        assertThat(told).containsExactly("released", "one, sent");
    }

    @Test
    void theEndWaitsForACallbackThatIsUnderWay() {
        lifecycle.leave();
        assertThat(lifecycle.enter()).isTrue();
        assertThat(lifecycle.enter()).isTrue();
        lifecycle.end("one");
        lifecycle.leave();
        assertThat(told).containsExactly("released");
        lifecycle.leave();
        assertThat(told).containsExactly("released", "one, unsent");
    }

    @Test
    void nothingIsHandedOverOrCalledBackAfterTheEnd() {
        lifecycle.end("one");
        assertThat(lifecycle.handOver()).isFalse();
        assertThat(lifecycle.isHandedOver()).isFalse();
        assertThat(lifecycle.enter()).isFalse();
        lifecycle.leave();
        assertThat(lifecycle.handOver()).isFalse();
        assertThat(lifecycle.enter()).isFalse();
        assertThat(told).containsExactly("released", "one, unsent");
    }

    @Test
    void aRequestIsHandedOverOnce() {
        assertThat(lifecycle.handOver()).isTrue();
        assertThat(lifecycle.isHandedOver()).isTrue();
        assertThat(lifecycle.handOver()).isFalse();
    }

    @Test
    void theConnectionIsClosedWhenTheEndIsDecided() {
        assertThat(lifecycle.connected(() -> told.add("closed"))).isTrue();
        lifecycle.end("one");
        assertThat(told).containsExactly("released", "closed");
    }

    @Test
    void aConnectionThatComesTooLateIsNotWanted() {
        lifecycle.end("one");
        assertThat(lifecycle.connected(() -> told.add("closed"))).isFalse();
    }

    @Test
    void aConnectionThatCannotBeClosedStillEnds() {
        lifecycle.leave();
        lifecycle.connected(() -> {
            throw new IllegalStateException("no");
        });
        lifecycle.end("one");
        assertThat(told).containsExactly("released", "one, unsent");
    }

    @Test
    void whatTheListenerThrowsAtTheEndGoesNoFurther() {
        thrownAtTheEnd = new IllegalStateException("no");
        lifecycle.leave();
        lifecycle.end("one");
        lifecycle.end("two");
        assertThat(told).containsExactly("released", "one, unsent");
    }

    @Test
    void anExchangeEndsOnceWhoeverRaces() throws Exception {
        int threads = 4;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            for (int i = 0; i < 2_000; i++) {
                told.clear();
                ExchangeLifecycle<String> raced = new ExchangeLifecycle<>(this);
                CyclicBarrier start = new CyclicBarrier(threads);
                CountDownLatch done = new CountDownLatch(threads);
                List<Runnable> racers = List.of(() -> raced.end("one"), () -> raced.end("two"), raced::leave, () -> {
                    if (raced.handOver() && raced.enter()) {
                        told.add("callback");
                        raced.leave();
                    }
                });
                racers.forEach(racer -> pool.execute(() -> {
                    try {
                        start.await();
                        racer.run();
                    } catch (Exception e) {
                        told.add(e.toString());
                    } finally {
                        done.countDown();
                    }
                }));
                assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
                assertThat(told).containsOnlyOnce("released").last().asString().matches("(one|two), (un)?sent");
                assertThat(told).filteredOn(text -> text.endsWith("sent")).hasSize(1);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
