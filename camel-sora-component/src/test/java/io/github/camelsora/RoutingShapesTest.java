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

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SourceAnswer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.Builder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever the shape of a route: redelivery pays for each exchange and step once (docs/pay-once.md has the exceptions). */
class RoutingShapesTest {

    private static final int REDELIVERIES = 3;

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static SoraSimulator simulator;
    private static DefaultCamelContext context;
    private static ProducerTemplate template;

    /** Where the step is, and which routes redeliver. */
    enum Place { ROUTE, SUB_ROUTE, SUB_ROUTE_THAT_REDELIVERS, SUB_ROUTE_OF_SUB_ROUTE }

    /** What the route removes just before a step. */
    enum Removed { NOTHING, HEADERS, PROPERTIES, BOTH }

    enum Step { TO, TO_D, STREAMING, STREAMING_TO_D }

    enum Ending {
        COMPLETED(SoraOutcome.COMPLETED, Answer.success().progress(12)),
        FAILED(SoraOutcome.FAILED, Answer.failureText("input_moderation")),
        LOST(SoraOutcome.LOST, Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.notFound())),
        LOST_WITHOUT_TASK(SoraOutcome.LOST, Answer.status(524)),
        FOUND_BY_RECOVERY(SoraOutcome.COMPLETED, Answer.success().progress(12, 61).cutAfter(12)
                .sourceAnswers(SourceAnswer.report())),
        REFUSED_ONCE(SoraOutcome.COMPLETED, Answer.status(429), Answer.success().progress(12));

        private final SoraOutcome outcome;
        private final Answer[] answers;

        Ending(SoraOutcome outcome, Answer... answers) {
            this.outcome = outcome;
            this.answers = answers;
        }
    }

    @BeforeContainer
    static void start() {
        simulator = SoraSimulator.start();
        context = new DefaultCamelContext();
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setBaseUrl(simulator.baseUrl());
        options.setApiKey("sk-of-this-test");
        options.setRecoveryDelay(5);
        options.setRecoveryMaxDelay(5);
        options.setRecoveryTimeout(100);
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterContainer
    static void stop() throws IOException {
        context.close();
        simulator.close();
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 120)
    void oneStepIsPaidOnce(@ForAll Place place, @ForAll Removed before, @ForAll Removed after, @ForAll Step step,
            @ForAll Ending ending, @ForAll @IntRange(max = 5) int laterFailures) throws Exception {
        int paid = simulator.paidRequests();
        simulator.answer(ending.answers);
        AtomicInteger failures = new AtomicInteger(laterFailures);
        Exchange exchange = send(place, route -> {
            generate(remove(route, before), step);
            remove(route, after).process(steps -> fail(failures));
        });
        assertThat(simulator.paidRequests() - paid).isLessThanOrEqualTo(1);
        if (ending == Ending.FOUND_BY_RECOVERY && exchange.getException() instanceof SoraException lost) {
            // A slow machine: recovery and its redeliveries took longer than they may.
            assertThat(lost.getOutcome()).isEqualTo(SoraOutcome.LOST);
        } else if (ending.outcome != SoraOutcome.COMPLETED) {
            assertThat(exchange.getException()).isInstanceOf(SoraException.class);
            assertThat(((SoraException) exchange.getException()).getOutcome()).isEqualTo(ending.outcome);
        } else if (laterFailures > REDELIVERIES) {
            // Without its headers, Camel counts from 1 again, so that the later step may succeed.
            assertThat(exchange.getException()).satisfiesAnyOf(none -> assertThat(none).isNull(),
                    later -> assertThat(later).hasMessage("later"));
            assertThat(simulator.paidRequests() - paid).isEqualTo(1);
        } else if (ending != Ending.REFUSED_ONCE || laterFailures == 0) {
            assertThat(exchange.getException()).isNull();
            assertThat(simulator.paidRequests() - paid).isEqualTo(1);
            assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        }
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 40)
    void eachRoundOfALoopIsPaidOnce(@ForAll Place place, @ForAll Removed before, @ForAll Removed after, @ForAll Step step,
            @ForAll @IntRange(max = REDELIVERIES) int laterFailures) throws Exception {
        int paid = simulator.paidRequests();
        simulator.answer(Answer.success().progress(12), Answer.success().progress(12), Answer.success().progress(12));
        AtomicInteger failures = new AtomicInteger(laterFailures);
        Exchange exchange = send(place, route -> {
            ProcessorDefinition<?> loop = route.loop(3);
            generate(remove(loop, before), step);
            remove(loop, after).process(steps -> fail(failures)).end();
        });
        assertThat(exchange.getException()).isNull();
        assertThat(simulator.paidRequests() - paid).isEqualTo(3);
        assertThat(exchange.getMessage().getBody(SoraVideo.class).taskId())
                .isEqualTo(simulator.tasks().get(simulator.tasks().size() - 1).id());
    }

    @Property(shrinking = ShrinkingMode.OFF, tries = 40)
    void eachCallOfASubRouteIsPaidOnce(@ForAll Removed before, @ForAll Removed after, @ForAll Step step,
            @ForAll boolean redelivers, @ForAll @IntRange(max = REDELIVERIES) int laterFailures) throws Exception {
        int paid = simulator.paidRequests();
        simulator.answer(Answer.success().progress(12), Answer.success().progress(12));
        String sub = "direct:called-" + NUMBER.incrementAndGet();
        routes(sub, redelivers, route -> generate(remove(route, before), step));
        AtomicInteger failures = new AtomicInteger(laterFailures);
        Exchange exchange = send(Place.SUB_ROUTE, route -> remove(remove(route.to(sub), after).process(steps -> fail(failures))
                .to(sub), after).process(steps -> fail(failures)));
        assertThat(exchange.getException()).isNull();
        assertThat(simulator.paidRequests() - paid).isEqualTo(2);
        assertThat(exchange.getMessage().getBody(SoraVideo.class).taskId())
                .isEqualTo(simulator.tasks().get(simulator.tasks().size() - 1).id());
    }

    private static void fail(AtomicInteger failures) throws IOException {
        if (failures.getAndDecrement() > 0) {
            throw new IOException("later");
        }
    }

    private interface Steps {
        void of(ProcessorDefinition<?> route);
    }

    private static Exchange send(Place place, Steps steps) throws Exception {
        String in = "direct:in-" + NUMBER.incrementAndGet();
        switch (place) {
            case ROUTE -> routes(in, true, steps);
            case SUB_ROUTE -> {
                routes(in, true, route -> route.to(in + "-sub"));
                routes(in + "-sub", false, steps);
            }
            case SUB_ROUTE_THAT_REDELIVERS -> {
                routes(in, true, route -> route.to(in + "-sub"));
                routes(in + "-sub", true, steps);
            }
            case SUB_ROUTE_OF_SUB_ROUTE -> {
                routes(in, true, route -> route.to(in + "-sub"));
                routes(in + "-sub", false, route -> route.to(in + "-sub-sub"));
                routes(in + "-sub-sub", false, steps);
            }
        }
        CompletableFuture<Exchange> done = template.asyncSend(in, exchange -> {
            exchange.setPattern(ExchangePattern.InOut);
            exchange.getMessage().setBody("a paper boat");
        });
        return done.get(10, TimeUnit.SECONDS);
    }

    private static void routes(String from, boolean redelivers, Steps steps) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(redelivers ? defaultErrorHandler().maximumRedeliveries(REDELIVERIES).redeliveryDelay(0)
                        .logExhausted(false) : noErrorHandler());
                steps.of(from(from).routeId(from));
            }
        });
    }

    private static ProcessorDefinition<?> remove(ProcessorDefinition<?> route, Removed removed) {
        return switch (removed) {
            case NOTHING -> route;
            case HEADERS -> route.removeHeaders("*");
            case PROPERTIES -> route.removeProperties("*");
            case BOTH -> route.removeHeaders("*").removeProperties("*");
        };
    }

    private static void generate(ProcessorDefinition<?> route, Step step) {
        // As a prompt: the body may be the video of the round before.
        ProcessorDefinition<?> prompted = route.transform().constant("a paper boat");
        switch (step) {
            case TO -> prompted.to("sora:generate");
            case TO_D -> prompted.toD("sora:generate?additionalBodyProperty.tag=${uuid}");
            case STREAMING -> split(prompted.to("sora:generate?streaming=true"));
            case STREAMING_TO_D -> split(prompted.toD("sora:generate?streaming=true&additionalBodyProperty.tag=${uuid}"));
        }
    }

    /** Ends with the video as body, as the other steps do. */
    private static void split(ProcessorDefinition<?> route) {
        route.split(Builder.body(), (earlier, next) -> next).streaming().stopOnException().convertBodyTo(Object.class).end()
                .convertBodyTo(SoraVideo.class);
    }
}
