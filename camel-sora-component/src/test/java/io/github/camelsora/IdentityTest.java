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
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What left the process can be matched to what asked for it: by the generation id, wherever events and results go. */
class IdentityTest extends SoraRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FOLLOWED = "recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50&recoveryTimeout=300";

    private static String id(Exchange exchange) {
        return id(exchange.getMessage());
    }

    private static String id(Message message) {
        return message.getHeader(SoraConstants.GENERATION_ID, String.class);
    }

    private static Set<String> idsOfEvents(MockEndpoint replies) {
        return events(replies).stream().map(SoraEvent::getGenerationId).collect(Collectors.toSet());
    }

    private void generating() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
    }

    @Test
    void everyEventAndTheResultHaveTheIdOfTheirGenerationInBodyAndHeader() throws Exception {
        generating();
        Exchange first = send("direct:in", "x");
        Exchange second = send("direct:in", "x");

        List<Exchange> replies = getMockEndpoint("mock:replies").getExchanges();
        assertThat(replies).isNotEmpty().allSatisfy(reply -> assertThat(id(reply)).isNotNull()
                .isEqualTo(reply.getMessage().getBody(SoraEvent.class).getGenerationId()));
        assertThat(idsOfEvents(getMockEndpoint("mock:replies"))).containsExactlyInAnyOrder(id(first), id(second)).hasSize(2);
        assertThat(List.of(first, second)).allSatisfy(exchange -> {
            assertThat(UUID.fromString(id(exchange))).hasToString(id(exchange));
            assertThat(exchange.getMessage().getBody(SoraVideo.class).generationId()).isEqualTo(id(exchange));
        });
    }

    @Test
    void theTimeOfAnEventIsTheTimestampOfItsMessage() throws Exception {
        generating();
        Exchange original = send("direct:in", "x");
        List<Exchange> replies = getMockEndpoint("mock:replies").getExchanges();
        assertThat(events(getMockEndpoint("mock:replies"))).extracting(SoraEvent::getTime).doesNotContainNull().isSorted();
        assertThat(replies).allSatisfy(reply -> assertThat(reply.getMessage().getMessageTimestamp())
                .isEqualTo(reply.getMessage().getBody(SoraEvent.class).getTime()));
        Exchange last = replies.get(replies.size() - 1);
        assertThat(original.getMessage().getMessageTimestamp()).isEqualTo(last.getMessage().getMessageTimestamp())
                .isEqualTo(original.getMessage().getBody(SoraVideo.class).time());
    }

    @Test
    void routesReadIdAndTimeWithSimple() throws Exception {
        generating();
        send("direct:in", "x");
        Exchange reply = getMockEndpoint("mock:replies").getExchanges().get(0);
        SoraEvent event = reply.getMessage().getBody(SoraEvent.class);
        assertThat(context.resolveLanguage("simple").createExpression("${body.generationId} ${body.time} ${messageTimestamp}")
                .evaluate(reply, String.class))
                .isEqualTo(event.getGenerationId() + " " + event.getTime() + " " + event.getTime());
    }

    @Test
    void sedaWithManyConsumersAndWireTapKeepTheId() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=seda:events?multipleConsumers=true")
                    .wireTap("direct:tapped").to("mock:result");
            route.from("direct:tapped").to("mock:tapped");
            route.from("seda:events?multipleConsumers=true").wireTap("direct:tapped").to("mock:first");
            route.from("seda:events?multipleConsumers=true").to("mock:second");
        });
        List.of("mock:first", "mock:second").forEach(name -> getMockEndpoint(name).expectedMessageCount(6));
        getMockEndpoint("mock:tapped").expectedMessageCount(7);
        simulator().answer(Answer.success().progress(12, 61));
        String id = id(send("direct:in", "x"));
        MockEndpoint.assertIsSatisfied(context);
        for (String name : List.of("mock:first", "mock:second", "mock:tapped")) {
            assertThat(getMockEndpoint(name).getExchanges()).extracting(IdentityTest::id).containsOnly(id);
        }
        assertThat(idsOfEvents(getMockEndpoint("mock:second"))).containsExactly(id);
    }

    /** Brokers: the header filters of JMS, Kafka and others drop the headers of Camel, and the body goes as text or bytes. */
    @ParameterizedTest
    @ValueSource(classes = { String.class, byte[].class, InputStream.class, ByteBuffer.class, Reader.class })
    void anEventThatLostItsHeadersStillHasIdAndTimeInItsJson(Class<?> form) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").removeHeaders("Camel*").convertBodyTo(form).convertBodyTo(String.class)
                    .to("mock:broker");
        });
        Exchange original = send("direct:in", "x");
        List<Exchange> replies = getMockEndpoint("mock:broker").getExchanges();
        assertThat(replies).hasSizeGreaterThan(2).allSatisfy(reply -> {
            JsonNode json = JSON.readTree(reply.getMessage().getBody(String.class));
            assertThat(json.path("generationId").asText()).isEqualTo(id(original));
            assertThat(json.path("time").isIntegralNumber()).isTrue();
        });
        JsonNode last = JSON.readTree(replies.get(replies.size() - 1).getMessage().getBody(String.class));
        assertThat(last.at("/video/generationId").asText()).isEqualTo(id(original));
        assertThat(last.at("/video/time").asLong()).isEqualTo(last.path("time").asLong());
    }

    @Test
    void aResultThatWasStoredAsJsonAndIsResumedKeepsItsId() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate").removeHeaders("Camel*").convertBodyTo(byte[].class);
            route.from("direct:later").to("sora:resume?" + FOLLOWED + "&streamRepliesTo=mock:replies");
        });
        byte[] stored = send("direct:in", "x").getMessage().getBody(byte[].class);
        SoraVideo video = context.getTypeConverter().convertTo(SoraVideo.class, stored);
        Exchange resumed = send("direct:later", new String(stored, StandardCharsets.UTF_8));
        assertThat(resumed.getException()).isNull();
        assertThat(id(resumed)).isEqualTo(video.generationId())
                .isEqualTo(resumed.getMessage().getBody(SoraVideo.class).generationId());
        assertThat(idsOfEvents(getMockEndpoint("mock:replies"))).containsExactly(id(resumed));
    }

    @Test
    void aResultThatWasStoredWithoutAnIdGetsOneWhenItIsResumed() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:later").to("sora:resume?" + FOLLOWED);
        });
        Map<?, ?> map = send("direct:in", "x").getMessage().getBody(Map.class);
        Map<Object, Object> stored = new LinkedHashMap<>(map);
        stored.keySet().removeAll(List.of("generationId", "time"));
        Exchange resumed = send("direct:later", stored);
        assertThat(resumed.getException()).isNull();
        assertThat(UUID.fromString(id(resumed))).isNotNull();
    }

    @Test
    void aDeadLetterNamesItsGeneration() throws Exception {
        routes(route -> {
            route.errorHandler(route.deadLetterChannel("mock:dead").maximumRedeliveries(0));
            route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies");
        });
        Map<Answer, String> answers = Map.of(Answer.status(401), "REFUSED", Answer.failureText("input_moderation"), "FAILED",
                Answer.success().progress(12).cutAfter(12), "LOST");
        answers.forEach((answer, outcome) -> {
            getMockEndpoint("mock:dead").reset();
            getMockEndpoint("mock:replies").reset();
            simulator().answer(answer);
            send("direct:in", "x");
            Exchange dead = getMockEndpoint("mock:dead").getExchanges().get(0);
            SoraException exception = dead.getProperty(Exchange.EXCEPTION_CAUGHT, SoraException.class);
            assertThat(exception.getOutcome()).hasToString(outcome);
            assertThat(exception.getGenerationId()).isNotNull().isEqualTo(id(dead));
            assertThat(exception.getTime()).isEqualTo(dead.getMessage().getMessageTimestamp());
            assertThat(idsOfEvents(getMockEndpoint("mock:replies"))).containsExactly(id(dead));
        });
    }

    @Test
    void theIdIsThereWhileTheEventsOfAStreamAreRead() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").to("mock:accepted")
                .split(route.body()).streaming().to("mock:replies"));
        Exchange exchange = send("direct:in", "x", Map.of(SoraConstants.GENERATION_ID, "of an earlier step"));
        assertThat(exchange.getException()).isNull();
        assertThat(idsOfEvents(getMockEndpoint("mock:replies"))).containsExactly(id(exchange))
                .doesNotContain("of an earlier step");
        assertThat(getMockEndpoint("mock:replies").getExchanges()).extracting(IdentityTest::id).containsOnly(id(exchange));
    }

    @Test
    void theNextGenerationOfARouteHasAnIdOfItsOwn() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate").setHeader("first", route.header(SoraConstants.GENERATION_ID))
                    .setHeader(SoraConstants.REMIX_OF, route.body()).setBody(route.constant("at night")).to("sora:remix");
        });
        Exchange exchange = send("direct:in", "x");
        assertThat(id(exchange)).isNotNull().isNotEqualTo(exchange.getMessage().getHeader("first"));
    }

    @Test
    void aGenerationThatIsRecoveredKeepsItsId() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies&" + FOLLOWED));
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12));
        Exchange exchange = send("direct:in", "x");
        assertThat(names(events(getMockEndpoint("mock:replies")))).contains("RECOVERING").endsWith("COMPLETED");
        assertThat(idsOfEvents(getMockEndpoint("mock:replies"))).containsExactly(id(exchange));
    }

    @Test
    void aRedeliveryThatResumesALostGenerationKeepsItsIdAndSoDoesTheErrorHandlerBehindIt() throws Exception {
        routes(route -> {
            route.onException(GenerationLostException.class).maximumRedeliveries(2).redeliveryDelay(0).handled(true)
                    .to("mock:lost").to("sora:resume?streamRepliesTo=mock:replies&" + FOLLOWED);
            route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies&" + FOLLOWED);
        });
        simulator().answerAlways(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.pending()));
        Exchange exchange = send("direct:in", "x");
        assertThat(names(events(getMockEndpoint("mock:replies")))).filteredOn("FAILED"::equals).hasSize(4);
        assertThat(idsOfEvents(getMockEndpoint("mock:replies"))).hasSize(1).containsExactly(id(exchange))
                .containsExactly(id(getMockEndpoint("mock:lost").getExchanges().get(0)));
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    void aRefusedRequestThatIsSentAgainIsAnotherGeneration() throws Exception {
        routes(route -> {
            route.onException(GatewayRefusedException.class).maximumRedeliveries(1).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies");
        });
        simulator().answer(Answer.status(429), Answer.success());
        Exchange exchange = send("direct:in", "x");
        List<SoraEvent> events = events(getMockEndpoint("mock:replies"));
        assertThat(events.get(0).getGenerationId()).isNotNull().isNotEqualTo(id(exchange));
        assertThat(events.subList(1, events.size())).extracting(SoraEvent::getGenerationId).containsOnly(id(exchange));
    }

    @ParameterizedTest
    @ValueSource(strings = { "streaming=true", "streaming=false" })
    void aRedeliveryThatOnlyAnswersAgainHasTheIdOfWhatWasBought(String option) throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        routes(route -> {
            route.from("direct:in").errorHandler(route.defaultErrorHandler().maximumRedeliveries(3).redeliveryDelay(0))
                    .to("direct:sub");
            route.from("direct:sub").errorHandler(route.noErrorHandler()).removeHeaders("*").to("sora:generate?" + option)
                    .to("mock:step").process(exchange -> {
                        if (attempts.incrementAndGet() < 3) {
                            throw new IOException("503");
                        }
                    });
        });
        send("direct:in", "x");
        assertThat(getMockEndpoint("mock:step").getExchanges()).hasSize(3).extracting(IdentityTest::id).doesNotContainNull()
                .containsOnly(id(getMockEndpoint("mock:step").getExchanges().get(0)));
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aRedeliveryThatOnlyFailsAgainLeavesTheHeadersOfTheFirstFailure() throws Exception {
        routes(route -> {
            route.errorHandler(route.deadLetterChannel("mock:dead").maximumRedeliveries(2).redeliveryDelay(0));
            route.from("direct:in").to("sora:generate?streamRepliesTo=mock:replies");
        });
        simulator().answerAlways(Answer.failureText("input_moderation"));
        send("direct:in", "x");
        Message dead = getMockEndpoint("mock:dead").getExchanges().get(0).getMessage();
        List<Exchange> replies = getMockEndpoint("mock:replies").getExchanges();
        Map<String, Object> first = new LinkedHashMap<>(replies.get(replies.size() - 1).getMessage().getHeaders());
        first.keySet().removeAll(List.of(SoraConstants.EVENT_TYPE, SoraConstants.EVENT_SEQUENCE));
        assertThat(first).containsKeys(SoraConstants.GENERATION_ID, SoraConstants.MESSAGE_TIMESTAMP, SoraConstants.TASK_ID);
        assertThat(dead.getHeaders()).containsAllEntriesOf(first);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }
}
