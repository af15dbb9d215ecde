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
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelsora.event.GatewayRefusedException;
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
