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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A stop in which routes still see the end. */
class StoppingTest extends SoraRouteTest {

    private final Gate gate = new Gate();
    // Not mock endpoints: a stop empties those.
    private final List<SoraEvent> replies = new CopyOnWriteArrayList<>();
    private final List<Exchange> results = new CopyOnWriteArrayList<>();
    private final List<Exchange> lost = new CopyOnWriteArrayList<>();

    private CompletableFuture<Exchange> generationInFlight(int shutdownSeconds) throws Exception {
        routes(route -> {
            route.onException(GenerationLostException.class).process(lost::add);
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies").process(results::add);
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        context.getShutdownStrategy().setTimeout(shutdownSeconds);
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        gate.awaitReached(Duration.ofSeconds(10));
        return original;
    }

    @Test
    void aGenerationThatEndsWithinTheShutdownTimeoutCompletes() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight(30);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(context::stop);
        await().atMost(10, TimeUnit.SECONDS).until(() -> context.isStopping());
        gate.open();
        stop.get(30, TimeUnit.SECONDS);
        assertThat(original.get(10, TimeUnit.SECONDS).getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(results).hasSize(1);
        assertThat(names(replies)).endsWith("PROGRESS 61", "COMPLETED");
    }

    @Test
    void aGenerationBeyondTheShutdownTimeoutEndsAsLostWhileRoutesRun() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight(4);
        context.stop();
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("the Camel context is stopping");
        GenerationLostException exception = (GenerationLostException) original.get().getException();
        assertThat(exception.getTaskId()).isEqualTo(simulator().tasks().get(0).id());
        assertThat(lost).hasSize(1);
        assertThat(names(replies)).endsWith("PROGRESS 12", "FAILED");
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().openStreams() == 0);
    }

    @Test
    void aRecoveryBeyondTheShutdownTimeoutEndsAsLostWhileRoutesRun() throws Exception {
        routes(route -> {
            route.onException(GenerationLostException.class).process(lost::add);
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&recoveryEnabled=true&recoveryDelay=20"
                    + "&recoveryMaxDelay=50").process(results::add);
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        context.getShutdownStrategy().setTimeout(2);
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.pending()));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> names(replies).contains("RECOVERING"));
        context.stop();
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("the Camel context is stopping").hasMessageContaining("sora:resume");
        assertThat(lost).hasSize(1);
        assertThat(results).isEmpty();
        assertThat(names(replies)).endsWith("RECOVERING", "FAILED");
        assertThat(simulator().paidRequests()).isEqualTo(1);
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().connections() == 0);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aSplitterWhoseGenerationIsCancelledIsNotRedelivered(boolean inTry) throws Exception {
        List<Exchange> redelivered = new CopyOnWriteArrayList<>();
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(2).redeliveryDelay(1000).onRedelivery(redelivered::add)
                    .process(lost::add);
            route.from("direct:in").to("sora:generate?streaming=true").split(route.body()).streaming()
                    .process(part -> replies.add(part.getMessage().getBody(SoraEvent.class))).end().process(results::add);
            route.from("direct:inTry").doTry().to("sora:generate?streaming=true").split(route.body()).streaming()
                    .process(part -> replies.add(part.getMessage().getBody(SoraEvent.class))).endDoTry()
                    .doCatch(SoraException.class).process(lost::add).end().process(results::add);
        });
        context.getShutdownStrategy().setTimeout(3);
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend(inTry ? "direct:inTry" : "direct:in",
                exchange -> exchange.getMessage().setBody("x"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> names(replies).contains("PROGRESS 12"));
        context.stop();
        Exchange exchange = original.get(10, TimeUnit.SECONDS);
        assertThat(names(replies)).endsWith("PROGRESS 12", "FAILED");
        assertThat(lost).containsExactly(exchange);
        assertThat(redelivered).isEmpty();
        if (inTry) {
            assertThat(results).containsExactly(exchange);
        } else {
            assertThat(results).isEmpty();
            assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class)
                    .hasMessageContaining("the Camel context is stopping").hasMessageContaining("sora:resume");
        }
    }

    @Test
    void noThreadOfTheComponentIsLeft() throws Exception {
        generationInFlight(1);
        context.stop();
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName).noneMatch(name -> name.contains("SoraWorker") || name.contains("SoraTimer")
                        || name.contains("SoraRecovery") || name.contains("sora-io")));
    }

    @Test
    void aStoppedComponentRefusesAndOneThatIsStartedAgainWorks() throws Exception {
        routes(route -> {
            route.onException(GatewayRefusedException.class).maximumRedeliveries(3).redeliveryDelay(0).process(lost::add);
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:streaming").to("sora:generate?streaming=true").split(route.body()).streaming().to("mock:events");
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        context.getComponent("sora").stop();
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GatewayRefusedException.class)
                .hasMessageContaining("Nothing was sent").hasMessageContaining("the component sora is stopping");
        assertThat(send("direct:streaming", "x").getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(lost).hasSize(2);
        assertThat(names(replies)).containsExactly("FAILED");
        assertThat(simulator().chatRequests()).isZero();

        context.getComponent("sora").start();
        assertThat(send("direct:in", "x").getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(send("direct:streaming", "x").getException()).isNull();
        assertThat(names(replies)).endsWith("COMPLETED");
        assertThat(simulator().paidRequests()).isEqualTo(2);
    }
}
