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

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** One route is stopped while the context, and a generation, go on. */
class StoppedRouteTest extends SoraRouteTest {

    private final List<SoraEvent> replies = new CopyOnWriteArrayList<>();
    private final List<Exchange> handled = new CopyOnWriteArrayList<>();
    private final Gate gate = new Gate();

    private CompletableFuture<Exchange> generationInFlight() throws Exception {
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(2).redeliveryDelay(1000).process(handled::add);
            route.from("direct:in").routeId("first").to("direct:middle");
            route.from("direct:middle").routeId("middle").to("direct:last");
            route.from("direct:last").routeId("last").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").routeId("replies")
                    .process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        context.getShutdownStrategy().setTimeout(3);
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        gate.awaitReached(Duration.ofSeconds(10));
        return original;
    }

    @ParameterizedTest
    @ValueSource(strings = { "first", "middle", "last", "replies" })
    void aGenerationThatOutlivesTheStopOfARouteEndsAsLostWithItsTask(String stopped) throws Exception {
        CompletableFuture<Exchange> original = generationInFlight();
        context.getRouteController().stopRoute(stopped);
        Exchange exchange = original.get(10, TimeUnit.SECONDS);
        assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("the route " + stopped + " is stopping").hasMessageContaining("sora:resume");
        assertThat(((SoraException) exchange.getException()).getTaskId()).isEqualTo(simulator().tasks().get(0).id());
        assertThat(handled).hasSize(1);
        assertThat(names(replies)).endsWith("PROGRESS 12", "FAILED");
        assertThat(simulator().paidRequests()).isEqualTo(1);

        context.getRouteController().startRoute(stopped);
        assertThat(send("direct:in", "again").getMessage().getBody()).isInstanceOf(SoraVideo.class);
    }

    @ParameterizedTest
    @ValueSource(strings = { "first", "last", "replies" })
    void aGenerationThatOutlivesTheReloadOfARouteEndsAsLostWithItsTask(String reloaded) throws Exception {
        CompletableFuture<Exchange> original = generationInFlight();
        String from = context.getRoute(reloaded).getEndpoint().getEndpointUri();
        // A route with the id of another one takes its place.
        routes(route -> route.from(from).routeId(reloaded).to("mock:reloaded"));
        Exchange exchange = original.get(10, TimeUnit.SECONDS);
        assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("the route " + reloaded + " is stopping").hasMessageContaining("sora:resume");
        assertThat(((SoraException) exchange.getException()).getTaskId()).isEqualTo(simulator().tasks().get(0).id());
        assertThat(handled).hasSize(1);
        assertThat(names(replies)).endsWith("PROGRESS 12", "FAILED");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aSingleRouteHandlesTheLossItself() throws Exception {
        generationInFlight();
        routes(route -> route.from("direct:alone").routeId("alone").onException(SoraException.class).maximumRedeliveries(2)
                .redeliveryDelay(1000).process(handled::add).end().to("sora:generate"));
        Gate own = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, own));
        CompletableFuture<Exchange> original = template.asyncSend("direct:alone",
                exchange -> exchange.getMessage().setBody("x"));
        own.awaitReached(Duration.ofSeconds(10));
        context.getRouteController().stopRoute("alone");
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class);
        assertThat(handled).containsExactly(original.get());
        gate.open();
    }

    @Test
    void aRouteThatIsStoppedWithAShorterTimeoutStillGetsTheLastEvent() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight();
        context.getRouteController().stopRoute("last", 1, TimeUnit.SECONDS);
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class);
        assertThat(handled).hasSize(1);
        assertThat(names(replies)).endsWith("PROGRESS 12", "FAILED");
    }

    @Test
    void aStopThatIsAbortedEndsNothing() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight();
        assertThat(context.getRouteController().stopRoute("replies", 1, TimeUnit.SECONDS, true)).isFalse();
        gate.open();
        assertThat(original.get(10, TimeUnit.SECONDS).getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(names(replies)).endsWith("PROGRESS 61", "COMPLETED");
    }

    @Test
    void aReplyRouteThatIsStoppedWaitsForTheLastEvent() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight();
        context.getShutdownStrategy().setTimeout(30);
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
            try {
                context.getRouteController().stopRoute("replies");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        gate.open();
        stop.get(20, TimeUnit.SECONDS);
        assertThat(original.get(10, TimeUnit.SECONDS).getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(names(replies)).endsWith("PROGRESS 61", "COMPLETED");
    }
}
