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

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class StreamingTest extends SoraRouteTest {

    @Test
    void aSplitterSeesEachEventAtOnceAndNotOneLate() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").split(route.body()).streaming()
                .to("mock:events"));
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        gate.awaitReached(Duration.ofSeconds(10));
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(names(events(getMockEndpoint("mock:events"))))
                .containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12"));
        gate.open();
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isNull();
        assertThat(names(events(getMockEndpoint("mock:events")))).containsExactly("SUBMITTED", "QUEUED", "GENERATING",
                "PROGRESS 12", "PROGRESS 61", "COMPLETED");
    }

    @Test
    void aSplitterThatHasReadAllEventsLogsNoWarning() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").split(route.body()).streaming()
                .to("mock:events"));
        try (LogRecorder log = new LogRecorder("org.apache.camel.processor")) {
            assertThat(send("direct:in", "x").getException()).isNull();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("WARN"));
        }
        assertThat(names(events(getMockEndpoint("mock:events")))).endsWith("COMPLETED").containsOnlyOnce("SUBMITTED");
    }

    @Test
    void aSplitterSeesFailedAndThenTheExchangeFails() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").split(route.body()).streaming()
                .to("mock:events").end().to("mock:after"));
        simulator().answer(Answer.failureText("input_moderation"));
        Exchange exchange = send("direct:in", "x");
        assertThat(names(events(getMockEndpoint("mock:events")))).endsWith("FAILED");
        assertThat(exchange.getException()).isInstanceOf(GenerationFailedException.class);
        assertThat(getMockEndpoint("mock:after").getExchanges()).isEmpty();
    }

    @Test
    void theCompletedEventHasTheVideo() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").split(route.body()).streaming()
                .filter(route.simple("${body.type} == 'COMPLETED'")).convertBodyTo(SoraVideo.class).to("mock:video"));
        send("direct:in", "a paper boat");
        assertThat(getMockEndpoint("mock:video").getExchanges().get(0).getMessage().getBody(SoraVideo.class).prompt())
                .isEqualTo("a paper boat");
    }

    @Test
    void aRefusalIsAnExceptionNotAnEvent() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").to("mock:after"));
        simulator().answer(Answer.status(429));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(getMockEndpoint("mock:after").getExchanges()).isEmpty();
    }

    @Test
    void closingTheIteratorClosesTheConnection() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").process(exchange -> {
            Iterator<?> events = exchange.getMessage().getBody(Iterator.class);
            assertThat(((SoraEvent) events.next()).getType()).isEqualTo(SoraEventType.SUBMITTED);
            assertThat(simulator().openStreams()).isEqualTo(1);
            ((Closeable) events).close();
            await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().openStreams() == 0);
            exchange.setProperty("closed", true);
        }));
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, new Gate()));
        assertThat(send("direct:in", "x").getProperty("closed", Boolean.class)).isTrue();
    }

    @Test
    void theEndOfTheExchangeClosesTheConnection() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true")
                .process(exchange -> assertThat(simulator().openStreams()).isEqualTo(1)).setBody(route.constant("enough")));
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, new Gate()));
        assertThat(send("direct:in", "x").getException()).isNull();
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().openStreams() == 0);
    }

    @Test
    void hasNextNeverWaitsAndTheIteratorIsTerminalAfterItsFailure() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true").process(exchange -> {
            Iterator<?> events = exchange.getMessage().getBody(Iterator.class);
            assertThat(events.hasNext()).isTrue();
            SoraEvent event = (SoraEvent) events.next();
            while (!event.last()) {
                event = (SoraEvent) events.next();
            }
            assertThat(event.getType()).isEqualTo(SoraEventType.FAILED);
            assertThat(events.hasNext()).isTrue();
            assertThatThrownBy(events::next).isInstanceOf(GenerationLostException.class);
            assertThat(events.hasNext()).isFalse();
            assertThatThrownBy(events::next).isInstanceOf(NoSuchElementException.class);
            exchange.setProperty("checked", true);
        }));
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12));
        assertThat(send("direct:in", "x").getProperty("checked", Boolean.class)).isTrue();
    }

    @Test
    void aSecondReaderDoesNotWaitForEver() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streaming=true").wireTap("direct:tap").split(route.body()).streaming()
                    .to("mock:events").end().to("mock:done");
            route.from("direct:tap").split(route.body()).streaming().to("mock:events").end().to("mock:done");
        });
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        gate.awaitReached(Duration.ofSeconds(10));
        await().atMost(10, TimeUnit.SECONDS).until(() -> getMockEndpoint("mock:events").getReceivedCounter() >= 4);
        gate.open();
        assertThat(original.get(10, TimeUnit.SECONDS).getException()).isNull();
        await().atMost(10, TimeUnit.SECONDS).until(() -> getMockEndpoint("mock:done").getReceivedCounter() == 2);
    }

    static Stream<String> shapesThatReadNothing() {
        return Stream.of("direct:ignored", "direct:failed", "direct:multicast", "direct:split", "direct:seda", "direct:tapped",
                "direct:enriched");
    }

    @ParameterizedTest
    @MethodSource("shapesThatReadNothing")
    void anIteratorThatNobodyReadsGivesItsConnectionBack(String shape) throws Exception {
        routes(route -> {
            route.from("direct:gen").to("sora:generate?streaming=true");
            route.from("direct:ignored").to("direct:gen").setBody(route.constant("enough"));
            route.from("direct:failed").to("direct:gen").throwException(new IOException("later"));
            route.from("direct:multicast").multicast().to("direct:gen", "mock:other").end();
            route.from("direct:split").split(route.constant(List.of("a", "b"))).to("direct:gen").end();
            route.from("direct:seda").to("direct:gen").to("seda:rest");
            route.from("seda:rest").setBody(route.constant("enough"));
            route.from("direct:tapped").to("direct:gen").wireTap("direct:rest").setBody(route.constant("enough"));
            route.from("direct:rest").delay(1);
            route.from("direct:enriched").enrich("direct:gen").setBody(route.constant("enough"));
        });
        simulator().answerAlways(Answer.success().progress(12, 61).holdAt(12, new Gate()));
        send(shape, "x");
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().openStreams() == 0);
    }

    @Test
    void moreSplittersThanWorkersDoNotStarveEachOther() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true&workerPoolCoreSize=1&workerPoolMaxSize=2")
                .split(route.body()).streaming().to("mock:events").end());
        simulator().answerAlways(Answer.success().progress(12, 61));
        CompletableFuture<?>[] all = new CompletableFuture<?>[10];
        for (int i = 0; i < all.length; i++) {
            all[i] = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        }
        CompletableFuture.allOf(all).get(30, TimeUnit.SECONDS);
        assertThat(getMockEndpoint("mock:events").getExchanges()).hasSize(60);
    }

    @Test
    void streamingAndRepliesExcludeEachOther() {
        assertThatThrownBy(() -> context.getEndpoint("sora:generate?streaming=true&streamRepliesTo=mock:x").start())
                .hasMessageContaining("streaming=true and streamRepliesTo exclude each other");
    }
}
