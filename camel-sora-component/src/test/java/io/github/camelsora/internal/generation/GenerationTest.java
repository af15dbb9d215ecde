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

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.internal.delivery.EventListener;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** What a generation promises whatever its protocol, its workers and its listeners do. */
class GenerationTest {

    private static final GenerationRequest REQUEST = new GenerationRequest("generation_1", "goapi", "sora-2", "a prompt",
            List.of(SoraMessage.user("a prompt")));
    private static final String VIDEO = "> ID: `task_1`\n> Progress 44..\n\n[Play online](https://a.example/v.mp4)\n";

    private final List<SoraEvent> events = new ArrayList<>();
    private final List<GenerationResult> results = new ArrayList<>();

    private GenerationBuilder generation() {
        return GenerationBuilder.of(REQUEST, Runnable::run, results::add);
    }

    private static GenerationProtocol.Observation report(String text) {
        return task -> task.report(text);
    }

    private EventListener failingOn(SoraEventType type) {
        return (event, done) -> {
            events.add(event);
            done.accept(event.getType() == type ? new IllegalStateException("no disk") : null);
        };
    }

    private GenerationResult onlyResult() {
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    @Test
    void noLockIsHeldWhileAnEventIsDelivered() {
        Generation[] generation = new Generation[1];
        List<Boolean> cancelled = new ArrayList<>();
        generation[0] = generation().events((event, done) -> {
            // Another thread gets in while the worker, here the protocol's own thread, is in the listener.
            cancelled.add(completes(() -> generation[0].cancel("a test")));
            done.accept(null);
        }).build();
        generation[0].start(new GivenStream(listener -> {
            listener.seen(report(VIDEO));
            listener.pause();
        }));

        assertThat(cancelled).isNotEmpty().containsOnly(true);
        assertThat(onlyResult()).isInstanceOf(GenerationResult.Completed.class);
    }

    @Test
    void noLockIsHeldWhileAClosedPoolLetsTheCallerDeliver() {
        Generation[] generation = new Generation[1];
        List<Boolean> cancelled = new ArrayList<>();
        generation[0] = GenerationBuilder.of(REQUEST, task -> {
            throw new RejectedExecutionException("closed");
        }, results::add).events((event, done) -> {
            cancelled.add(completes(() -> generation[0].cancel("a test")));
            done.accept(null);
        }).build();
        generation[0].start(new GivenStream(listener -> {
            listener.seen(report("> ID: `task_1`\n"));
            listener.ended(new ProtocolEnd.Finished());
        }));

        assertThat(cancelled).isNotEmpty().containsOnly(true);
        assertThat(onlyResult().exception()).isInstanceOf(GenerationLostException.class);
    }

    @Test
    void whatWasSeenTogetherIsDeliveredByOneTask() {
        List<Runnable> tasks = new ArrayList<>();
        GenerationBuilder.of(REQUEST, tasks::add, results::add).events((event, done) -> {
            events.add(event);
            done.accept(null);
        }).build().start(new GivenStream(listener -> {
            listener.seen(report("> ID: `task_1`\n"));
            listener.seen(report("> Queuing...\n"));
            listener.seen(report("> Progress 44..\n"));
            assertThat(tasks).isEmpty();
            listener.pause();
        }));

        assertThat(tasks).hasSize(1);
        tasks.get(0).run();
        assertThat(events).extracting(SoraEvent::getSequence).containsExactly(1, 2, 3, 4);
    }

    private static boolean completes(Runnable action) {
        try {
            CompletableFuture.runAsync(action).get(5, TimeUnit.SECONDS);
            return true;
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    void aVideoThatWasReadIsTheResultAlsoWhenAReplyStopsTheGeneration() {
        generation().events(failingOn(SoraEventType.GENERATING)).stopOnException(true).build()
                .start(new GivenStream(listener -> {
                    listener.seen(report(VIDEO));
                    listener.pause();
                }));

        assertThat(onlyResult()).isInstanceOf(GenerationResult.Completed.class);
        assertThat(events).extracting(SoraEvent::getType).containsExactly(SoraEventType.SUBMITTED, SoraEventType.GENERATING,
                SoraEventType.COMPLETED);
        assertThat(events).extracting(SoraEvent::getSequence).containsExactly(1, 2, 3);
    }

    @Test
    void anOutcomeThatHasBeenDecidedStaysWhenAReplyStopsTheGeneration() {
        List<Runnable> tasks = new ArrayList<>();
        GenerationBuilder.of(REQUEST, tasks::add, results::add).events(failingOn(SoraEventType.SUBMITTED)).stopOnException(true)
                .build()
                .start(new GivenStream(listener -> {
                    listener.seen(report("> ID: `task_1`\n> Queuing...\n> Generation failed ❌\n"
                            + "> Failure reason: input_moderation\n"));
                    listener.ended(new ProtocolEnd.Finished());
                }));
        run(tasks);

        assertThat(onlyResult().exception()).isInstanceOf(GenerationFailedException.class)
                .hasMessageContaining("input_moderation");
        assertThat(events).extracting(SoraEvent::getSequence).containsExactly(1, 2);
        assertThat(events).extracting(SoraEvent::getType).containsExactly(SoraEventType.SUBMITTED, SoraEventType.FAILED);
    }

    @Test
    void anEventHasTheTimeAtWhichItWasSeenHoweverLateItIsDelivered() {
        long[] now = {1000};
        List<Runnable> tasks = new ArrayList<>();
        GenerationBuilder.of(REQUEST, tasks::add, results::add).events(failingOn(null)).clock(clock(now)).build()
                .start(new GivenStream(listener -> {
                    listener.seen(report("> ID: `task_1`\n"));
                    now[0] = 2000;
                    listener.seen(report("> Progress 44..\n"));
                    now[0] = 3000;
                    listener.seen(report("\n[Play online](https://a.example/v.mp4)\n"));
                    listener.ended(new ProtocolEnd.Finished());
                }));
        now[0] = 9000;
        run(tasks);
        assertThat(events).extracting(SoraEvent::getType, SoraEvent::getTime).containsExactly(
                tuple(SoraEventType.SUBMITTED, 1000L), tuple(SoraEventType.GENERATING, 2000L),
                tuple(SoraEventType.PROGRESS, 2000L), tuple(SoraEventType.COMPLETED, 3000L));
        assertThat(events).extracting(SoraEvent::getGenerationId).containsOnly("generation_1");
        assertThat(((GenerationResult.Completed) onlyResult()).video().time()).isEqualTo(3000);
    }

    @Test
    void theExceptionHasTheTimeOfTheLastEventAlsoWhenAReplyStopsTheGenerationLater() {
        long[] now = {1000};
        List<Runnable> tasks = new ArrayList<>();
        GenerationBuilder.of(REQUEST, tasks::add, results::add).events(failingOn(SoraEventType.SUBMITTED)).stopOnException(true)
                .clock(clock(now)).build().start(new GivenStream(listener -> {
                    listener.seen(report("> ID: `task_1`\n> Queuing...\n> Generation failed ❌\n"));
                    listener.ended(new ProtocolEnd.Finished());
                }));
        now[0] = 9000;
        run(tasks);
        assertThat(events).extracting(SoraEvent::getTime).containsExactly(1000L, 1000L);
        assertThat(onlyResult().exception().getTime()).isEqualTo(1000);
        assertThat(onlyResult().exception().getGenerationId()).isEqualTo("generation_1");
        assertThat(onlyResult().event().getSequence()).isEqualTo(2);
    }

    private static void run(List<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.remove(0).run();
        }
    }

    private static Clock clock(long[] millis) {
        return new Clock() {
            @Override
            public Instant instant() {
                return Instant.ofEpochMilli(millis[0]);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }

    @Test
    void aLostGenerationTellsHowManyPayloadsWereMalformed() {
        generation().build().start(new GivenStream(listener -> {
            listener.seen(task -> task.malformed());
            listener.seen(task -> task.malformed());
            listener.ended(new ProtocolEnd.Finished());
        }));

        assertThat(onlyResult().exception()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("malformed payloads: 2");
    }

    @Test
    void aGenerationThatWasCancelledBeforeItsStartSendsNothing() {
        Generation generation = generation().build();
        generation.cancel("a test");
        generation.start(new GivenStream(listener -> {
            throw new AssertionError("It was started");
        }));
        assertThat(onlyResult().exception()).isInstanceOf(GenerationLostException.class);
    }

    @Test
    void nothingIsHeardBehindTheEnd() {
        generation().events(failingOn(null)).build().start(new GivenStream(listener -> {
            listener.ended(new ProtocolEnd.Finished());
            listener.seen(report(VIDEO));
            listener.ended(new ProtocolEnd.Finished());
        }));

        assertThat(onlyResult().exception()).isInstanceOf(GenerationLostException.class);
        assertThat(events).extracting(SoraEvent::getType).containsExactly(SoraEventType.FAILED);
    }
}
