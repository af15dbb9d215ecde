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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.SoraSimulator;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Stops in the middle of many generations: nothing is bought after the stop began, each paid generation has its last event,
 * and each exchange ends. The full size, ten stops in the middle of 1,000 generations for each policy, takes some minutes:
 * {@code -Dsora.stops=10 -Dsora.stopGenerations=1000}.
 */
class ManyStopsTest {

    private static final int STOPS = Integer.getInteger("sora.stops", 1);
    private static final int GENERATIONS = Integer.getInteger("sora.stopGenerations", 100);

    private final List<Exchange> handled = new CopyOnWriteArrayList<>();
    private final Map<String, List<SoraEvent>> events = new ConcurrentHashMap<>();
    private final List<Exchange> exchanges = new ArrayList<>();
    private final AtomicInteger completions = new AtomicInteger();

    @ParameterizedTest(name = "redelivery after {0} ms, asynchronous: {1}, whole context: {2}")
    @CsvSource({ "0, false, true", "1000, false, true", "1000, true, true", "1000, false, false" })
    void everyPaidGenerationHasItsLastEventAndNothingIsBoughtOnceTheStopHasBegun(long delay, boolean asynchronous,
            boolean wholeContext) throws Exception {
        for (int i = 0; i < STOPS; i++) {
            CamelContext context = new DefaultCamelContext();
            try (SoraSimulator simulator = SoraSimulator.start()) {
                stop(simulator, context, delay, asynchronous, wholeContext);
            } finally {
                context.stop();
            }
        }
    }

    private void stop(SoraSimulator simulator, CamelContext context, long delay, boolean asynchronous, boolean wholeContext)
            throws Exception {
        handled.clear();
        events.clear();
        exchanges.clear();
        completions.set(0);
        Gate gate = new Gate();
        simulator.answerAlways(Answer.success().progress(12, 61).holdAt(12, gate));
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setBaseUrl(simulator.baseUrl());
        options.setApiKey("sk-a-key");
        options.setRecoveryEnabled(false);
        context.getShutdownStrategy().setTimeout(8);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        context.addRoutes(routes(delay, asynchronous));
        context.start();

        int before = 9 * GENERATIONS / 10;
        try (AsyncProducer producer = context.getEndpoint("direct:in").createAsyncProducer()) {
            producer.start();
            for (int i = 0; i < before; i++) {
                generate(context, producer, i);
            }
            await().atMost(60, TimeUnit.SECONDS).until(() -> simulator.paidRequests() >= GENERATIONS / 2);
            CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                for (int i = before; i < GENERATIONS; i++) {
                    generate(context, producer, i);
                }
            });
            int paid = stopAndCount(simulator, context, wholeContext);
            sending.get(30, TimeUnit.SECONDS);
            await().atMost(30, TimeUnit.SECONDS).untilAsserted(() -> assertThat(completions).hasValue(GENERATIONS));
            assertThat(simulator.paidRequests()).as("bought after the stop had begun").isEqualTo(paid);
        }
        check(simulator);
    }

    /** Stops, and returns what had been paid for just after the stop began. */
    private static int stopAndCount(SoraSimulator simulator, CamelContext context, boolean wholeContext) throws Exception {
        CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
            if (wholeContext) {
                context.stop();
            } else {
                context.getComponent("sora").stop();
            }
        });
        await().atMost(10, TimeUnit.SECONDS).until(() -> wholeContext ? context.isStopping()
                : context.getComponent("sora", SoraComponent.class).getStatus().isStopping()
                        || context.getComponent("sora", SoraComponent.class).getStatus().isStopped());
        // What was handed to a connection before the stop may still be on its way to the simulator: for seconds, if hundreds
        // of connections wait for a busy machine.
        int[] paid = { -1 };
        await().pollInterval(Duration.ofSeconds(2)).atMost(20, TimeUnit.SECONDS).until(() -> {
            int earlier = paid[0];
            paid[0] = simulator.paidRequests();
            return earlier == paid[0];
        });
        stop.get(60, TimeUnit.SECONDS);
        return paid[0];
    }

    private RouteBuilder routes(long delay, boolean asynchronous) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                var onException = onException(SoraException.class).maximumRedeliveries(2).redeliveryDelay(delay);
                if (asynchronous) {
                    onException.asyncDelayedRedelivery();
                }
                onException.process(handled::add);
                from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
                from("direct:replies").process(reply -> story(reply.getProperty(Exchange.CORRELATION_ID, String.class))
                        .add(reply.getMessage().getBody(SoraEvent.class)));
            }
        };
    }

    private List<SoraEvent> story(String exchangeId) {
        return events.computeIfAbsent(exchangeId, id -> new CopyOnWriteArrayList<>());
    }

    private void generate(CamelContext context, AsyncProducer producer, int number) {
        Exchange exchange = context.getEndpoint("direct:in").createExchange();
        exchange.getMessage().setBody("prompt " + number);
        synchronized (exchanges) {
            exchanges.add(exchange);
        }
        producer.process(exchange, doneSync -> completions.incrementAndGet());
    }

    private void check(SoraSimulator simulator) {
        int lost = 0;
        for (Exchange exchange : exchanges) {
            Exception exception = exchange.getException();
            List<SoraEvent> story = story(exchange.getExchangeId());
            if (exception == null) {
                assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
            } else if (exception instanceof GenerationLostException sent) {
                lost++;
                assertThat(sent).hasMessageContaining("is stopping");
                assertThat(story).last().satisfies(event -> assertThat(event.last()).isTrue());
                assertThat(story).filteredOn(SoraEvent::last).hasSize(1);
                assertThat(handled).contains(exchange);
            } else if (exception instanceof GatewayRefusedException refused) {
                assertThat(refused).hasMessageContaining("is stopping").hasMessageContaining("Nothing was sent");
                assertThat(refused.isRetryable()).isTrue();
                assertThat(story).filteredOn(SoraEvent::last).hasSize(1);
                assertThat(handled).contains(exchange);
            }
        }
        assertThat(lost).isGreaterThanOrEqualTo(GENERATIONS / 2);
        assertThat(lost).as("every video that was paid for").isEqualTo(simulator.paidRequests());
        List<String> tasks = exchanges.stream().map(Exchange::getException).filter(GenerationLostException.class::isInstance)
                .map(each -> ((GenerationLostException) each).getTaskId()).filter(Objects::nonNull).toList();
        assertThat(tasks).doesNotHaveDuplicates();
    }
}
