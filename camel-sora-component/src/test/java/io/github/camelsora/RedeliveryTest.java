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
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Camel's own redelivery never buys again. */
class RedeliveryTest extends SoraRouteTest {

    private static final String FOLLOWED = "recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50&recoveryTimeout=300";

    static Stream<Arguments> endings() {
        return Stream.of(arguments(Answer.failureText("input_moderation"), SoraOutcome.FAILED, 1),
                arguments(Answer.success().progress(12, 61).cutAfter(12), SoraOutcome.LOST, 1),
                arguments(Answer.status(524), SoraOutcome.LOST, 1),
                arguments(Answer.status(429), SoraOutcome.REFUSED, 4));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void onlyARefusalIsSentAgain(Answer answer, SoraOutcome outcome, int requests) throws Exception {
        routes(route -> {
            route.errorHandler(route.defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0));
            route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies");
        });
        simulator().answerAlways(answer);
        SoraException exception = (SoraException) send("direct:in", "x").getException();
        assertThat(exception.getOutcome()).isEqualTo(outcome);
        assertThat(simulator().chatRequests()).isEqualTo(requests);
        assertThat(simulator().paidRequests()).isEqualTo(outcome == SoraOutcome.REFUSED || requests == 1
                && simulator().paidRequests() == 0 ? 0 : 1);
        assertThat(events(getMockEndpoint("mock:replies"))).filteredOn(event -> event.last()).hasSize(requests);
    }

    @Test
    void aRefusedGenerationSucceedsOnRedeliveryWithEventsOfItsOwn() throws Exception {
        routes(route -> {
            route.onException(GatewayRefusedException.class).onWhen(route.simple("${exception.retryable}"))
                    .maximumRedeliveries(3).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies");
        });
        simulator().answer(Answer.status(429), Answer.status(503, "{\"error\":\"busy\"}", Map.of()),
                Answer.success().progress(12));
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly("FAILED", "FAILED", "SUBMITTED", "QUEUED",
                "GENERATING", "PROGRESS 12", "COMPLETED");
        assertThat(events(getMockEndpoint("mock:replies"))).extracting(event -> event.getSequence())
                .containsExactly(1, 1, 1, 2, 3, 4, 5);
        assertThat(simulator().paidRequests()).isEqualTo(1);
        assertThat(exchange.getAllProperties().keySet()).noneMatch(name -> name.startsWith("CamelSora"));
    }

    @Test
    void aLostGenerationIsResumedOnRedeliveryAndNotSentAgain() throws Exception {
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(3).redeliveryDelay(0).to("mock:lost");
            route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies&" + FOLLOWED);
        });
        simulator().answerAlways(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.pending()));
        SoraException exception = (SoraException) send("direct:in", "x").getException();
        assertThat(exception.getOutcome()).isEqualTo(SoraOutcome.LOST);
        assertThat(exception).hasMessageContaining("(recoveryTimeout)");
        assertThat(getMockEndpoint("mock:lost").getExchanges()).hasSize(1);
        assertThat(names(events(getMockEndpoint("mock:replies")))).filteredOn(name -> name.matches("RECOVERING|FAILED"))
                .containsExactly("RECOVERING", "FAILED", "FAILED", "FAILED", "FAILED");
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aRedeliveredSplitOfALostGenerationBuysNothing() throws Exception {
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(3).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate?streaming=true&" + FOLLOWED).split(route.body()).streaming()
                    .to("mock:replies");
        });
        simulator().answerAlways(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.pending()));
        send("direct:in", "x");
        assertThat(names(events(getMockEndpoint("mock:replies")))).endsWith("RECOVERING", "FAILED");
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aRedeliveredSplitOfALostGenerationNeverBecomesASuccess() throws Exception {
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(3).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate?streaming=true").split(route.body()).streaming().to("mock:replies").end()
                    .to("mock:after");
        });
        simulator().answerAlways(Answer.success().progress(12, 61).cutAfter(12));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationLostException.class);
        assertThat(getMockEndpoint("mock:after").getExchanges()).isEmpty();
        assertThat(names(events(getMockEndpoint("mock:replies")))).filteredOn("FAILED"::equals).hasSize(4);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aProcessorThatReadsTheEventsFailsAgainOnRedelivery() throws Exception {
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(3).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate?streaming=true")
                    .process(exchange -> {
                        Iterator<?> events = exchange.getMessage().getBody(Iterator.class);
                        while (events.hasNext()) {
                            events.next();
                        }
                    }).to("mock:after");
        });
        simulator().answerAlways(Answer.failureText("input_moderation"));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationFailedException.class);
        assertThat(getMockEndpoint("mock:after").getExchanges()).isEmpty();
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aStreamingGenerationThatFailedInASubRouteFailsAgain() throws Exception {
        routes(route -> {
            route.from("direct:in").errorHandler(route.defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0))
                    .to("direct:sub");
            route.from("direct:sub").errorHandler(route.noErrorHandler()).to("sora:generate?streaming=true")
                    .split(route.body()).streaming().to("mock:replies");
        });
        simulator().answerAlways(Answer.failureText("input_moderation"));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationFailedException.class);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aVideoThatALaterStepFailedOnIsNotBoughtAgain() throws Exception {
        AtomicInteger downloads = new AtomicInteger();
        routes(route -> {
            route.from("direct:in").errorHandler(route.defaultErrorHandler().maximumRedeliveries(5).redeliveryDelay(0))
                    .to("direct:sub");
            route.from("direct:sub").errorHandler(route.noErrorHandler()).to("sora:generate?streamRepliesTo=mock:replies")
                    .process(exchange -> {
                        if (downloads.incrementAndGet() < 3) {
                            throw new IOException("503");
                        }
                    });
        });
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(exchange.getMessage().getHeader(SoraConstants.VIDEO_URL)).isNotNull();
        assertThat(downloads).hasValue(3);
        assertThat(simulator().paidRequests()).isEqualTo(1);
        assertThat(names(events(getMockEndpoint("mock:replies")))).filteredOn("COMPLETED"::equals).hasSize(1);
    }

    @Test
    void redeliveryEndsAlsoIfTheRouteRemovesTheHeadersThatCountIt() throws Exception {
        routes(route -> {
            route.from("direct:in").errorHandler(route.defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0))
                    .to("direct:sub");
            route.from("direct:sub").errorHandler(route.noErrorHandler()).removeHeaders("*").removeProperties("*")
                    .toD("sora:generate?additionalBodyProperty.tag=${uuid}");
        });
        simulator().answerAlways(Answer.failureText("input_moderation"));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationFailedException.class);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void failoverOnRefusalsDoesNotBuyALostVideoAgain() throws Exception {
        routes(route -> route.from("direct:in").loadBalance().failover(GatewayRefusedException.class)
                .to("sora:generate", "sora:generate?maxHistoryMessages=7").end());
        simulator().answer(Answer.status(524));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationLostException.class);
        assertThat(simulator().chatRequests()).isEqualTo(1);
        simulator().answer(Answer.status(429));
        assertThat(send("direct:in", "x").getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(simulator().paidRequests()).isEqualTo(2);
    }

    /** docs/pay-once.md, "What a step cannot see". */
    @Test
    void thePartsOfASplitInARedeliveredSubRouteAreBoughtAgain() throws Exception {
        AtomicInteger failures = new AtomicInteger(1);
        routes(route -> {
            route.from("direct:in").errorHandler(route.defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0))
                    .to("direct:sub");
            route.from("direct:sub").errorHandler(route.noErrorHandler()).split(route.constant(List.of("a", "b")))
                    .to("sora:generate").end().process(exchange -> {
                        if (failures.getAndDecrement() > 0) {
                            throw new IOException("later");
                        }
                    });
        });
        assertThat(send("direct:in", "x").getException()).isNull();
        assertThat(simulator().paidRequests()).isEqualTo(4);
    }

    @Test
    void aRedeliveryCounterThatIsNoNumberIsNoReasonToFail() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        Exchange exchange = send("direct:in", "x", Map.of(Exchange.REDELIVERY_COUNTER, "abc"));
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
    }

    @Test
    void anHandlerOfIoExceptionsDoesNotCatchALostGeneration() throws Exception {
        routes(route -> {
            route.onException(IOException.class).maximumRedeliveries(3).redeliveryDelay(0).to("mock:io").handled(true);
            route.from("direct:in").to("sora:generate");
        });
        simulator().answer(Answer.success().progress(12).cutAfter(12));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(SoraException.class);
        assertThat(getMockEndpoint("mock:io").getExchanges()).isEmpty();
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aLaterStepWithTheSameEndpointIsAGenerationOfItsOwn() throws Exception {
        routes(route -> {
            route.onException(SoraException.class).maximumRedeliveries(1).redeliveryDelay(0).continued(true);
            route.from("direct:in").to("sora:generate").setBody(route.constant("y")).to("sora:generate");
        });
        simulator().answer(Answer.failureText("input_moderation"));
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(simulator().paidRequests()).isEqualTo(2);
    }
}
