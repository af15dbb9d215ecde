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

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.SoraSimulator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Replies that never return. Camel calls nobody back when an Error ends a thread that the reply route has gone on to: the reply
 * exchange stays open for ever, so this is no {@link SoraRouteTest}. The original exchange must end nevertheless.
 */
class LostReplyTest {

    private final SoraSimulator simulator = SoraSimulator.start();
    private final CamelContext context = new DefaultCamelContext();
    private final List<SoraEvent> replies = new CopyOnWriteArrayList<>();
    private final List<Exchange> handled = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setBaseUrl(simulator.baseUrl());
        options.setApiKey("sk-of-this-test");
        options.setRecoveryEnabled(false);
        context.addComponent("broken", new BrokenComponent());
        context.getShutdownStrategy().setTimeout(3);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(SoraException.class).maximumRedeliveries(2).redeliveryDelay(1000).process(handled::add);
                for (String shape : List.of("error", "blocked")) {
                    from("direct:" + shape + "-limited").to("sora:generate?requestTimeout=1000&streamRepliesTo=direct:to-"
                            + shape);
                    from("direct:" + shape).to("sora:generate?streamRepliesTo=direct:to-" + shape);
                }
                from("direct:to-error").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)))
                        .threads(2).to("broken:x");
                from("direct:to-blocked").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)))
                        .process(reply -> never.await());
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        never.countDown();
        context.getShutdownStrategy().setTimeout(1);
        context.stop();
        simulator.close();
    }

    private CompletableFuture<Exchange> send(String endpoint) {
        return template.asyncSend(endpoint, exchange -> exchange.getMessage().setBody("x"));
    }

    private List<String> names() {
        return SoraRouteTest.names(replies);
    }

    @ParameterizedTest
    @ValueSource(strings = { "error", "blocked" })
    void theVideoComesAtTheLatestRequestTimeoutAfterTheEndOfTheGeneration(String shape) throws Exception {
        simulator.answer(Answer.success().progress(12));
        try (LogRecorder log = new LogRecorder("io.github.camelsora")) {
            Exchange exchange = send("direct:" + shape + "-limited").get(20, TimeUnit.SECONDS);
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).singleElement().asString()
                    .contains("The reply for event 1 (SUBMITTED)").contains("did not return in time");
        }
        assertThat(names()).containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12", "COMPLETED");
        assertThat(simulator.paidRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "error", "blocked" })
    void aStopEndsTheExchangeWhileRoutesRun(String shape) throws Exception {
        simulator.answer(Answer.success().progress(12, 61).holdAt(12, new Gate()));
        CompletableFuture<Exchange> original = send("direct:" + shape);
        await().atMost(10, TimeUnit.SECONDS).until(() -> names().contains("SUBMITTED"));
        context.stop();
        Exchange exchange = original.get(10, TimeUnit.SECONDS);
        assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("the Camel context is stopping");
        assertThat(((SoraException) exchange.getException()).getTaskId()).isEqualTo(simulator.tasks().get(0).id());
        assertThat(handled).containsExactly(exchange);
        assertThat(names()).startsWith("SUBMITTED").endsWith("FAILED");
    }

    @ParameterizedTest
    @ValueSource(strings = { "error", "blocked" })
    void aStopOfTheComponentDeliversAVideoThatWaitsForItsReplies(String shape) throws Exception {
        simulator.answer(Answer.success().progress(12));
        CompletableFuture<Exchange> original = send("direct:" + shape);
        await().atMost(10, TimeUnit.SECONDS).until(() -> names().contains("SUBMITTED") && simulator.openStreams() == 0);
        assertThat(original).isNotDone();
        context.getComponent("sora").stop();
        Exchange exchange = original.get(10, TimeUnit.SECONDS);
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(names()).startsWith("SUBMITTED").endsWith("COMPLETED");
    }

    @Test
    void aStopOfTheReplyRouteEndsTheExchange() throws Exception {
        simulator.answer(Answer.success().progress(12, 61).holdAt(12, new Gate()));
        CompletableFuture<Exchange> original = send("direct:error");
        await().atMost(10, TimeUnit.SECONDS).until(() -> names().contains("SUBMITTED"));
        context.getRouteController().stopRoute(context.getRoutes().stream()
                .filter(route -> route.getEndpoint().getEndpointUri().equals("direct://to-error")).findAny().orElseThrow()
                .getId());
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("is stopping");
        assertThat(handled).hasSize(1);
    }
}
