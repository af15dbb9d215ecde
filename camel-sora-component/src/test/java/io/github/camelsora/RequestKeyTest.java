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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.text.Sha256;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskState;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A request key is paid for once, whoever delivers it again. */
class RequestKeyTest extends SoraRouteTest {

    private static final Map<String, Object> KEYED = Map.of(SoraConstants.REQUEST_KEY, "order-7");
    private static final String FOLLOWED = "recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50&recoveryTimeout=2000";

    /** Fails calls of a method, before or after they have done their work. */
    private static final class Trouble {

        private final SoraTaskRepository real = new MemoryTaskRepository();
        private final AtomicInteger calls = new AtomicInteger();
        private volatile String method = "";
        private volatile boolean after;
        private volatile int times;

        void with(String name, int failures, boolean afterwards) {
            method = name;
            after = afterwards;
            times = failures;
        }

        SoraTaskRepository repository() {
            return (SoraTaskRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] { SoraTaskRepository.class }, (proxy, called, arguments) -> {
                        boolean fails = called.getName().equals(method) && calls.getAndIncrement() < times;
                        if (fails && !after) {
                            throw new IllegalStateException("the database is down");
                        }
                        Object result;
                        try {
                            result = called.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                        if (fails) {
                            throw new IllegalStateException("the connection broke behind the commit");
                        }
                        return result;
                    });
        }
    }

    private void repository(SoraTaskRepository repository) {
        context.getComponent("sora", SoraComponent.class).getConfiguration().setTaskRepository(repository);
    }

    private static SoraVideo video(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SoraVideo.class);
    }

    @Test
    void aSecondDeliveryGetsTheStoredVideo() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies"));
        Exchange first = send("direct:in", "a cat", KEYED);
        Exchange second = send("direct:in", "a cat", KEYED);
        assertThat(video(second)).isEqualTo(video(first));
        assertThat(first.getMessage().getHeaders()).containsEntry(SoraConstants.GENERATION_ID, "order-7")
                .doesNotContainKey(SoraConstants.REPLAYED);
        assertThat(second.getMessage().getHeaders()).containsEntry(SoraConstants.GENERATION_ID, "order-7")
                .containsEntry(SoraConstants.REPLAYED, true).containsEntry(SoraConstants.TASK_ID, video(first).taskId());
        List<SoraEvent> events = events(getMockEndpoint("mock:replies"));
        assertThat(names(events)).containsSubsequence("SUBMITTED", "COMPLETED", "COMPLETED");
        assertThat(events.get(events.size() - 1).getSequence()).isEqualTo(1);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void theOptionIsASimpleExpression() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?requestKey=${header.JMSMessageID}"));
        send("direct:in", "a cat", Map.of("JMSMessageID", "ID:broker-1:1"));
        assertThat(send("direct:in", "a cat", Map.of("JMSMessageID", "ID:broker-1:1")).getMessage().getHeaders())
                .containsEntry(SoraConstants.REPLAYED, true).containsEntry(SoraConstants.GENERATION_ID, "ID:broker-1:1");
        assertThat(send("direct:in", "a cat").getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("${header.JMSMessageID}").hasMessageContaining("nothing was sent");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    /** In the properties of Spring Boot, where ${…} would be a placeholder of Spring. */
    @Test
    void theOptionMayBeWrittenWithoutAPlaceholderOfSpring() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?requestKey=$simple{header.orderId}"));
        assertThat(video(send("direct:in", "a cat", Map.of("orderId", "4711"))).generationId()).isEqualTo("4711");
    }

    @Test
    void theSameKeyWithAnotherPromptIsAnError() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies"));
        send("direct:in", "a cat", KEYED);
        getMockEndpoint("mock:replies").reset();
        assertThat(send("direct:in", "a dog", KEYED).getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("order-7").hasMessageContaining("another prompt")
                .hasMessageContaining("each step of its route");
        assertThat(getMockEndpoint("mock:replies").getExchanges()).isEmpty();
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void deliveriesAtTheSameTimeShareOnePurchase(boolean blocking) throws Exception {
        if (blocking) {
            repository(new Trouble().repository());
        }
        routes(route -> route.from("direct:in").to("sora:generate"));
        Gate gate = new Gate();
        simulator().answerAlways(Answer.success().holdAt(Point.ACCEPTED, gate));
        List<CompletableFuture<Exchange>> deliveries = IntStream.range(0, 20)
                .mapToObj(i -> template.asyncSend("direct:in", exchange -> {
                    exchange.getMessage().setBody("a cat");
                    exchange.getMessage().setHeaders(KEYED);
                })).toList();
        await().until(() -> context.getComponent("sora", SoraComponent.class).runtime().inflight() == 20);
        gate.open();
        for (CompletableFuture<Exchange> delivery : deliveries) {
            assertThat(video(delivery.get(20, TimeUnit.SECONDS)).generationId()).isEqualTo("order-7");
        }
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void whatFailedFailsAgainAndIsNotBoughtAgain() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.failureText("input_moderation"));
        send("direct:in", "a cat", KEYED);
        Exchange second = send("direct:in", "a cat", KEYED);
        assertThat(second.getException()).isInstanceOf(GenerationFailedException.class)
                .hasMessageContaining("input_moderation");
        assertThat(second.getMessage().getHeaders()).containsEntry(SoraConstants.REPLAYED, true);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aRefusalReleasesTheKey() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.status(429));
        assertThat(send("direct:in", "a cat", KEYED).getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(video(send("direct:in", "a cat", KEYED)).generationId()).isEqualTo("order-7");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aLostTaskIsFollowedByTheNextDelivery() throws Exception {
        routes(route -> {
            route.from("direct:lose").to("sora:generate");
            route.from("direct:in").to("sora:generate?" + FOLLOWED);
        });
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.pending(),
                SourceAnswer.report()));
        Exception lost = send("direct:lose", "a cat", KEYED).getException();
        assertThat(lost).isInstanceOf(GenerationLostException.class);
        SoraVideo found = video(send("direct:in", "a cat", KEYED));
        assertThat(found.taskId()).isEqualTo(((GenerationLostException) lost).getTaskId());
        assertThat(video(send("direct:lose", "a cat", KEYED))).isEqualTo(found);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void whatAProcessThatDiedHasSentWithoutAnAnswerIsLost() throws Exception {
        JdbcDataSource database = database();
        repository(shared(database));
        claimedByADeadProcess(database, SoraVideo.builder().gateway("goapi").build(), SoraTaskState.CLAIMED);
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:again").to("sora:generate?resubmitLost=true");
        });
        Exchange lost = send("direct:in", "a cat", KEYED);
        assertThat(lost.getException()).isInstanceOf(GenerationLostException.class).hasMessageContaining("no answer is known")
                .hasMessageContaining("resubmitLost=true");
        assertThat(simulator().chatRequests()).isZero();
        assertThat(send("direct:in", "a cat", KEYED).getException()).isInstanceOf(GenerationLostException.class);
        assertThat(video(send("direct:again", "a cat", KEYED)).generationId()).isEqualTo("order-7");
        assertThat(video(send("direct:in", "a cat", KEYED)).generationId()).isEqualTo("order-7");
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void theTaskOfAProcessThatDiedIsFollowed() throws Exception {
        JdbcDataSource database = database();
        repository(shared(database));
        routes(route -> {
            route.from("direct:lose").to("sora:generate");
            route.from("direct:in").to("sora:generate?" + FOLLOWED);
        });
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.report()));
        GenerationLostException lost = (GenerationLostException) send("direct:lose", "a dog").getException();
        claimedByADeadProcess(database, SoraVideo.builder().gateway("goapi").taskId(lost.getTaskId())
                .sourceUrl(lost.getSourceUrl()).build(), SoraTaskState.SUBMITTED);
        assertThat(video(send("direct:in", "a cat", KEYED)).taskId()).isEqualTo(lost.getTaskId());
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "renewLease", "claim" })
    void aRepositoryThatIsDownIsAnErrorBeforeAnythingIsBought(String method) throws Exception {
        Trouble trouble = new Trouble();
        trouble.with(method, 2, false);
        repository(trouble.repository());
        routes(route -> route.from("direct:in").to("sora:generate"));
        Exception refused = send("direct:in", "a cat", KEYED).getException();
        assertThat(refused).isInstanceOf(GatewayRefusedException.class).hasMessageContaining("task repository");
        assertThat(((GatewayRefusedException) refused).isRetryable()).isTrue();
        assertThat(simulator().chatRequests()).isZero();
        trouble.with("", 0, false);
        assertThat(video(send("direct:in", "a cat", KEYED)).generationId()).isEqualTo("order-7");
    }

    @Test
    void aClaimThatWasStoredBeforeItsConnectionBrokeIsItsOwn() throws Exception {
        Trouble trouble = new Trouble();
        trouble.with("claim", 1, true);
        repository(trouble.repository());
        routes(route -> route.from("direct:in").to("sora:generate"));
        assertThat(video(send("direct:in", "a cat", KEYED)).generationId()).isEqualTo("order-7");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aRepositoryThatFailsBehindThePurchaseKeepsNoVideoFromItsRoute(boolean after) throws Exception {
        Trouble trouble = new Trouble();
        trouble.with("update", 3, after);
        repository(trouble.repository());
        routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies"));
        SoraVideo video = video(send("direct:in", "a cat", KEYED));
        assertThat(names(events(getMockEndpoint("mock:replies")))).startsWith("SUBMITTED").endsWith("COMPLETED");
        await().atMost(Duration.ofSeconds(20)).until(() -> trouble.real.find("order-7").orElseThrow().task().state()
                == SoraTaskState.COMPLETED);
        assertThat(video(send("direct:in", "a cat", KEYED))).isEqualTo(video);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void theTaskIdIsStoredBeforeItsEventGoesOut() throws Exception {
        Trouble trouble = new Trouble();
        repository(trouble.repository());
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").process(exchange -> exchange.getMessage().setHeader("stored",
                    trouble.real.find("order-7").orElseThrow().task())).to("mock:replies");
        });
        send("direct:in", "a cat", KEYED);
        List<Exchange> replies = getMockEndpoint("mock:replies").getExchanges();
        assertThat(replies).allSatisfy(reply -> assertThat(reply.getMessage().getHeader("stored", SoraTask.class).taskId())
                .isEqualTo(reply.getMessage().getBody(SoraEvent.class).getTaskId()).isNotNull());
        assertThat(replies.get(replies.size() - 1).getMessage().getHeader("stored", SoraTask.class).state())
                .isEqualTo(SoraTaskState.COMPLETED);
    }

    @Test
    void aVideoIsChangedByItsGenerationIdOrItsTaskId() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:change").to("sora:remix");
        });
        SoraVideo first = video(send("direct:in", "a cat", KEYED));
        SoraVideo second = video(send("direct:change", "at night", Map.of(SoraConstants.REMIX_OF, "order-7")));
        SoraVideo third = video(send("direct:change", "at night", Map.of(SoraConstants.REMIX_OF, first.taskId())));
        assertThat(List.of(second, third)).allSatisfy(change -> assertThat(change.messages()).hasSize(4)
                .startsWith(first.messages().toArray(SoraMessage[]::new)));
        assertThat(send("direct:change", "at night", Map.of(SoraConstants.REMIX_OF, "order-8")).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("order-8");
        assertThat(simulator().chatRequests()).isEqualTo(3);
    }

    @Test
    void aGenerationIsResumedByItsId() throws Exception {
        routes(route -> {
            route.from("direct:lose").to("sora:generate");
            route.from("direct:resume").to("sora:resume?" + FOLLOWED);
        });
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.report()));
        assertThat(send("direct:lose", "a cat", KEYED).getException()).isInstanceOf(GenerationLostException.class);
        SoraVideo found = video(send("direct:resume", "order-7"));
        assertThat(found.prompt()).isEqualTo("a cat");
        Exchange again = send("direct:resume", "order-7");
        assertThat(video(again)).isEqualTo(found);
        assertThat(again.getMessage().getHeaders()).containsEntry(SoraConstants.REPLAYED, true);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aStreamingStepGetsTheStoredVideoAsItsOnlyEvent() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").split(route.body()).streaming()
                .to("mock:replies"));
        send("direct:in", "a cat", KEYED);
        getMockEndpoint("mock:replies").reset();
        assertThat(send("direct:in", "a cat", KEYED).getException()).isNull();
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly("COMPLETED");
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aStopRefusesWhatWaitsForAnotherProcess() throws Exception {
        JdbcDataSource database = database();
        repository(shared(database));
        JdbcTaskRepository other = shared(database);
        other.renewLease();
        other.claim(UUID.randomUUID().toString(), task(SoraVideo.builder().gateway("goapi").build(), SoraTaskState.CLAIMED));
        routes(route -> route.from("direct:in").to("sora:generate"));
        CompletableFuture<Exchange> waiting = template.asyncSend("direct:in", exchange -> {
            exchange.getMessage().setBody("a cat");
            exchange.getMessage().setHeaders(KEYED);
        });
        await().until(() -> context.getComponent("sora", SoraComponent.class).runtime().pendingTasks() > 0);
        context.stop();
        assertThat(waiting.get(20, TimeUnit.SECONDS).getException()).isInstanceOf(GatewayRefusedException.class)
                .hasMessageContaining("stopping");
        assertThat(simulator().chatRequests()).isZero();
    }

    private static JdbcDataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    /** As each process has one. */
    private static JdbcTaskRepository shared(JdbcDataSource database) {
        JdbcTaskRepository repository = new JdbcTaskRepository(database);
        repository.setCreateSchema(true);
        return repository;
    }

    private static SoraTask task(SoraVideo video, SoraTaskState state) {
        Instant now = Instant.now();
        String prompt = Sha256.hex(SoraJson.write(List.of(List.of(SoraMessage.user("a cat")), Map.of())));
        return new SoraTask("order-7", prompt, "chat", "http://localhost", null, state, video, null, now, now);
    }

    private static void claimedByADeadProcess(JdbcDataSource database, SoraVideo video, SoraTaskState state)
            throws InterruptedException {
        JdbcTaskRepository dead = shared(database);
        dead.setLease(Duration.ofMillis(50));
        dead.renewLease();
        dead.claim(UUID.randomUUID().toString(), task(video, state));
        TimeUnit.MILLISECONDS.sleep(100);
    }
}
