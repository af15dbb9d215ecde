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
package io.github.camelsora.internal.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunningGenerationsTest {

    private static final GenerationRequest REQUEST = new GenerationRequest("generation_1", "goapi", "sora-2", "a prompt",
            List.of(SoraMessage.user("a prompt")));

    private static final Duration HOUR = Duration.ofHours(1);

    private final RunningGenerations running = new RunningGenerations();
    private final List<GenerationResult> results = new ArrayList<>();
    private final List<GenerationProtocol.Listener> streams = new ArrayList<>();

    private void start(GenerationProtocol protocol) {
        running.start(listener -> GenerationBuilder.of(REQUEST, Runnable::run, listener).build(), results::add, protocol,
                new Surroundings(Set.of("route a", "route b"), "a", GenerationObserver.NONE));
    }

    @Test
    void aGenerationCountsUntilItEnds() {
        start(new GivenStream(streams::add));
        assertThat(running.size()).isOne();
        streams.get(0).ended(new ProtocolEnd.Finished());
        assertThat(running.size()).isZero();
        assertThat(results).hasSize(1);
    }

    @Test
    void aVideoThatIsThereIsDeliveredThoughItsGenerationIsCancelled() {
        start(new GivenStream(streams::add));
        streams.get(0).seen(task -> task.report("[video](https://filesystem.site/cdn/1.mp4)\n"));
        assertThat(running.cancel(status -> status.is("generation_1"))).singleElement()
                .satisfies(end -> assertThat(end.join()).isInstanceOf(GenerationResult.Completed.class));
        assertThat(results).singleElement().isInstanceOf(GenerationResult.Completed.class);
    }

    @Test
    void onlyWhatFitsIsCancelled() {
        start(new GivenStream(streams::add));
        assertThat(running.cancel(status -> status.is("generation_2"))).isEmpty();
        assertThat(running.list()).singleElement().satisfies(each -> {
            assertThat(each.routeId()).isEqualTo("a");
            assertThat(each.status().id()).isEqualTo("generation_1");
            assertThat(each.status().stage()).isEqualTo(GenerationStatus.Stage.STARTED);
        });
        running.stop("the test is over");
    }

    @Test
    void whatAnObserverThrowsChangesNothing() {
        GenerationObserver broken = new GenerationObserver() {
            @Override
            public void started(GenerationRequest request) {
                throw new IllegalStateException("started");
            }

            @Override
            public void ended(End end) {
                throw new IllegalStateException("ended");
            }
        };
        running.start(listener -> GenerationBuilder.of(REQUEST, Runnable::run, listener).build(), results::add,
                new GivenStream(streams::add), new Surroundings(Set.of(), null, broken));
        streams.get(0).ended(new ProtocolEnd.Finished());
        assertThat(results).hasSize(1);
        assertThat(running.size()).isZero();
    }

    @Test
    void stoppingEndsWhatRunsAndRefusesWhatComesLater() {
        start(new GivenStream(streams::add));
        running.stop("the Camel context is stopping");
        assertThat(results).singleElement().extracting(GenerationResult::exception).isInstanceOf(GenerationLostException.class)
                .asString().contains("the Camel context is stopping");
        assertThat(running.size()).isZero();
        start(new GivenStream(streams::add));
        assertThat(results).hasSize(2);
        assertThat(results.get(1).exception()).isInstanceOf(GatewayRefusedException.class)
                .hasMessage("Nothing was sent to gateway goapi for model sora-2: the Camel context is stopping");
        assertThat(results).allSatisfy(result -> assertThat(((GenerationResult.Failed) result).isStopped()).isTrue());
        assertThat(streams).hasSize(1);
        assertThat(running.size()).isZero();
    }

    @Test
    void fromTheFirstMomentOfAStopNothingIsBoughtAndWhatIsPaidGoesOn() {
        start(new GivenStream(streams::add));
        running.buyNothing("the Camel context is stopping");
        assertThat(results).isEmpty();
        start(new GivenStream(streams::add));
        assertThat(results).singleElement().extracting(GenerationResult::exception).isInstanceOf(GatewayRefusedException.class);
        assertThat(streams).hasSize(1);
        running.stop("the Camel context is stopping");
        assertThat(results).hasSize(2);
        assertThat(results.get(1).exception()).isInstanceOf(GenerationLostException.class);
    }

    @Test
    void whatHasNotBeenSentWhenTheStopBeginsIsRefused() {
        start(new GivenStream(streams::add) {
            @Override
            public boolean withdraw() {
                return true;
            }
        });
        running.buyNothing("the Camel context is stopping");
        assertThat(results).singleElement().extracting(GenerationResult::exception).isInstanceOf(GatewayRefusedException.class)
                .asString().contains("Nothing was sent");
    }

    @Test
    void aResumeGoesOnUntilTheEndOfTheStop() {
        running.buyNothing("the Camel context is stopping");
        GenerationProtocol resume = new GenerationProtocol() {
            @Override
            public boolean isPaid() {
                return false;
            }

            @Override
            public void start(Listener listener) {
                listener.started(() -> { });
                streams.add(listener);
            }
        };
        start(resume);
        assertThat(streams).hasSize(1);
        assertThat(results).isEmpty();
        running.stop("the Camel context is stopping");
        start(resume);
        assertThat(streams).hasSize(1);
        assertThat(results).hasSize(2).extracting(GenerationResult::exception)
                .allMatch(GenerationLostException.class::isInstance);
    }

    @Test
    void aPlaceThatIsClosedEndsTheGenerationsThatNeedItUntilItOpensAgain() {
        start(new GivenStream(streams::add));
        running.close("route c", "the route c is stopping");
        assertThat(results).isEmpty();
        assertThat(running.size("route b")).isOne();
        running.close("route b", "the route b is stopping");
        assertThat(results).singleElement().extracting(GenerationResult::exception).isInstanceOf(GenerationLostException.class)
                .asString().contains("the route b is stopping");
        assertThat(running.size("route b")).isZero();
        start(new GivenStream(streams::add));
        assertThat(results.get(1).exception()).isInstanceOf(GatewayRefusedException.class);
        assertThat(streams).hasSize(1);
        running.open("route b");
        start(new GivenStream(streams::add));
        assertThat(streams).hasSize(2);
    }

    @Test
    void aProtocolThatCannotStartLeavesNothingBehind() {
        assertThatThrownBy(() -> start(new GivenStream(listener -> {
            throw new IllegalArgumentException("no stream");
        }))).hasMessage("no stream");
        assertThat(running.size()).isZero();
    }

    @Test
    void whoeverWaitsForTheEndsGoesOnAtTheLastOne() throws Exception {
        start(new GivenStream(streams::add));
        start(new GivenStream(streams::add));
        assertThat(running.awaitEnds("route c", Duration.ZERO)).isTrue();
        assertThat(running.awaitEnds("route a", Duration.ZERO)).isFalse();
        assertThat(running.awaitEnds(Duration.ofMillis(1))).isFalse();
        CompletableFuture<Boolean> ofPlace = CompletableFuture.supplyAsync(() -> running.awaitEnds("route a", HOUR));
        CompletableFuture<Boolean> ofAll = CompletableFuture.supplyAsync(() -> running.awaitEnds(HOUR));
        streams.get(0).ended(new ProtocolEnd.Finished());
        assertThat(ofPlace).isNotDone();
        assertThat(ofAll).isNotDone();
        streams.get(1).ended(new ProtocolEnd.Finished());
        assertThat(ofPlace.get(10, TimeUnit.SECONDS)).isTrue();
        assertThat(ofAll.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoeverWaitsAndIsInterruptedStaysInterrupted() throws Exception {
        start(new GivenStream(streams::add));
        boolean[] seen = new boolean[1];
        Thread waiting = new Thread(() -> {
            running.awaitEnds(HOUR);
            seen[0] = Thread.currentThread().isInterrupted();
        });
        waiting.start();
        waiting.interrupt();
        waiting.join(10_000);
        assertThat(seen[0]).isTrue();
    }
}
