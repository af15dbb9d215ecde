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
package io.github.camelsora;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskState;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A generation that somebody ends by its id. */
class CancelTest extends SoraRouteTest {

    private static final String FOLLOWED = "recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50";

    private final Gate gate = new Gate();
    private final List<SoraEvent> replies = new CopyOnWriteArrayList<>();

    private CompletableFuture<Exchange> generationInFlight(String options, Map<String, Object> headers) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&" + options);
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate).sourceAnswers(SourceAnswer.completed()));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> {
            exchange.getMessage().setBody("A cat on a skateboard");
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
        await().atMost(10, TimeUnit.SECONDS).until(() -> names(replies).contains("PROGRESS 12"));
        return original;
    }

    /** What names a generation. */
    enum Named {
        EVENT {
            @Override
            Object body(SoraEvent event) {
                return event;
            }
        },
        JSON {
            @Override
            Object body(SoraEvent event) {
                return SoraJson.write(event);
            }
        },
        GENERATION_ID {
            @Override
            Object body(SoraEvent event) {
                return event.getGenerationId();
            }
        },
        TASK_ID {
            @Override
            Object body(SoraEvent event) {
                return event.getTaskId();
            }
        },
        GENERATION_HEADER {
            @Override
            Map<String, Object> headers(SoraEvent event) {
                return Map.of(SoraConstants.GENERATION_ID, event.getGenerationId());
            }
        },
        TASK_HEADER {
            @Override
            Map<String, Object> headers(SoraEvent event) {
                return Map.of(SoraConstants.TASK_ID, event.getTaskId());
            }
        };

        Object body(SoraEvent event) {
            return "some other text";
        }

        Map<String, Object> headers(SoraEvent event) {
            return Map.of();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRunningGenerationEndsAsLostWithItsTaskAndTheMessageSaysThatNothingIsRefunded(Named named) throws Exception {
        CompletableFuture<Exchange> original = generationInFlight(FOLLOWED, Map.of());
        SoraEvent event = replies.get(replies.size() - 1);
        Exchange cancelled = send("sora:cancel", named.body(event), named.headers(event));

        assertThat(cancelled.getException()).isNull();
        SoraEvent last = cancelled.getMessage().getBody(SoraEvent.class);
        assertThat(last.getType()).isEqualTo(SoraEventType.FAILED);
        assertThat(last.getOutcome()).isEqualTo(SoraOutcome.LOST);
        assertThat(cancelled.getMessage().getHeader(SoraConstants.OUTCOME)).isEqualTo("LOST");
        assertThat(cancelled.getMessage().getHeader(SoraConstants.TASK_ID)).isEqualTo(event.getTaskId());

        SoraException lost = original.get(10, TimeUnit.SECONDS).getException(SoraException.class);
        assertThat(lost).isInstanceOf(GenerationLostException.class).hasMessageContaining("after 12 %")
                .hasMessageContaining("it was cancelled here, which refunds nothing")
                .hasMessageContaining("possibly charged").hasMessageContaining("sora:resume");
        assertThat(lost.getTaskId()).isEqualTo(simulator().tasks().get(0).id());
        assertThat(lost.getCategory()).isEqualTo(SoraFailureCategory.CANCELLED);
        assertThat(lost.isPossiblyCharged()).isTrue();
        assertThat(names(replies)).endsWith("PROGRESS 12", "FAILED").doesNotContain("RECOVERING");
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().connections() == 0);
        assertThat(simulator().requests()).as("nothing is polled").hasSize(1);
        gate.open();
    }

    @Test
    void theRouteOfTheEventsCanCancelItsOwnGeneration() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)))
                    .filter(route.simple("${body.progress} == 12")).to("sora:cancel");
        });
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class).hasMessageContaining("cancelled");
        assertThat(names(replies)).endsWith("PROGRESS 12", "FAILED");
        gate.open();
    }

    @Test
    void aGenerationWithoutARequestOnItsWayIsRefusedAndNotSentAgain() throws Exception {
        SlowToClaim slow = new SlowToClaim();
        context.getRegistry().bind("slow", slow.repository());
        routes(route -> {
            route.onException(GatewayRefusedException.class).maximumRedeliveries(2).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate?taskRepository=#slow");
        });
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> {
            exchange.getMessage().setBody("x");
            exchange.getMessage().setHeader(SoraConstants.REQUEST_KEY, "order-7");
        });
        assertThat(slow.reached.await(10, TimeUnit.SECONDS)).isTrue();
        Exchange cancelled = send("sora:cancel", "order-7");
        slow.released.countDown();
        assertThat(cancelled.getMessage().getBody(SoraEvent.class).getOutcome()).isEqualTo(SoraOutcome.REFUSED);
        SoraException refused = original.get(10, TimeUnit.SECONDS).getException(SoraException.class);
        assertThat(refused).isInstanceOf(GatewayRefusedException.class).hasMessageContaining("Nothing was sent")
                .hasMessageContaining("it was cancelled");
        assertThat(refused.isRetryable()).isFalse();
        assertThat(simulator().chatRequests()).isZero();
    }

    /** A repository that holds a claim until it is let go on. */
    private static final class SlowToClaim {

        private final SoraTaskRepository real = new MemoryTaskRepository();
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        SoraTaskRepository repository() {
            return (SoraTaskRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] { SoraTaskRepository.class }, (proxy, called, arguments) -> {
                        if (called.getName().equals("claim")) {
                            reached.countDown();
                            released.await(10, TimeUnit.SECONDS);
                        }
                        return called.invoke(real, arguments);
                    });
        }
    }

    @Test
    void aCancelledGenerationIsNotRedelivered() throws Exception {
        List<Exchange> redelivered = new ArrayList<>();
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(2).redeliveryDelay(0).onRedelivery(redelivered::add);
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> names(replies).contains("PROGRESS 12"));
        send("sora:cancel", replies.get(0));
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class);
        assertThat(redelivered).isEmpty();
        assertThat(simulator().requests()).hasSize(1);
        gate.open();
    }

    @Test
    void aRecoveryThatIsCancelledPollsNoMore() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&" + FOLLOWED);
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.pending()));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> names(replies).contains("RECOVERING"));
        Exchange cancelled = send("sora:cancel", replies.get(0));
        assertThat(cancelled.getMessage().getBody(SoraEvent.class).getOutcome()).isEqualTo(SoraOutcome.LOST);
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class);
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().connections() == 0);
    }

    @Test
    void whatWasCancelledCanBeResumedByItsRequestKeyWithoutBuyingAnything() throws Exception {
        Map<String, Object> keyed = Map.of(SoraConstants.REQUEST_KEY, "order-7");
        CompletableFuture<Exchange> original = generationInFlight(FOLLOWED, keyed);
        send("sora:cancel", "order-7");
        original.get(10, TimeUnit.SECONDS);
        MemoryTaskRepository stored = (MemoryTaskRepository) context.getComponent("sora", SoraComponent.class)
                .getConfiguration().getTaskRepository();
        await().atMost(10, TimeUnit.SECONDS).until(() -> stored.find("order-7").map(found -> !found.owned()).orElse(false));
        assertThat(stored.find("order-7").orElseThrow().task().state()).isEqualTo(SoraTaskState.SUBMITTED);
        assertThat(stored.unfinished(10)).extracting(SoraTask::key).containsExactly("order-7");
        gate.open();

        assertThat(send("sora:resume?" + FOLLOWED, "order-7").getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(simulator().paidRequests()).isOne();
        assertThat(send("sora:cancel", "order-7").getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has ended already").hasMessageContaining("COMPLETED");
    }

    @Test
    void allThatWaitForTheSameKeyEndWithIt() throws Exception {
        Map<String, Object> keyed = Map.of(SoraConstants.REQUEST_KEY, "order-7");
        CompletableFuture<Exchange> first = generationInFlight(FOLLOWED, keyed);
        CompletableFuture<Exchange> second = template.asyncSend("direct:in", exchange -> {
            exchange.getMessage().setBody("A cat on a skateboard");
            exchange.getMessage().setHeader(SoraConstants.REQUEST_KEY, "order-7");
        });
        await().atMost(10, TimeUnit.SECONDS).until(() -> context.getComponent("sora", SoraComponent.class)
                .getGenerationsInFlight() == 2);
        SoraEvent last = send("sora:cancel", "order-7").getMessage().getBody(SoraEvent.class);
        assertThat(last.getTaskId()).isEqualTo(simulator().tasks().get(0).id());
        assertThat(first.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class);
        assertThat(second.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(SoraException.class);
        assertThat(simulator().paidRequests()).isOne();
        gate.open();
    }

    @Test
    void anUnknownIdIsAnErrorThatNamesIt() {
        assertThat(send("sora:cancel", "task_nobody_knows").getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no generation task_nobody_knows to cancel: it is not in flight in this process, and "
                        + "not in the task repository");
        assertThat(send("sora:cancel", null).getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no generation to cancel: give a SoraVideo");
    }
}
