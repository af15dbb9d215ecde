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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stream that is cut, in four ways: one last event, one completion, no second purchase, and with recovery the video wherever
 * the id line was read. At every 24th byte, another one in each way; {@code -Dsora.cuts.step=1} cuts at every byte.
 */
class StreamCutsTest extends SoraRouteTest {

    private static final int STEP = Integer.getInteger("sora.cuts.step", 24);
    private static final int AT_ONCE = 32;

    private final Map<String, Queue<SoraEvent>> replies = new ConcurrentHashMap<>();

    private enum Way {
        CUT, CUT_WITHOUT_LENGTH, CLEAN_END, RESET;

        Answer at(int bytes) {
            Answer answer = Answer.success().sourceAnswers(SourceAnswer.pending(), SourceAnswer.report());
            return switch (this) {
                case CUT -> answer.cutAfterBytes(bytes);
                case CUT_WITHOUT_LENGTH -> answer.closeDelimited().cutAfterBytes(bytes);
                case CLEAN_END -> answer.endAfterBytes(bytes);
                case RESET -> answer.resetAfterBytes(bytes);
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void eachCutHasOneEndAndBuysNothingAgain(Way way) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&recoveryEnabled=true&recoveryDelay=10"
                    + "&recoveryMaxDelay=50");
            route.from("direct:replies").process(reply -> replies.computeIfAbsent(
                    reply.getProperty(Exchange.CORRELATION_ID, String.class), id -> new ConcurrentLinkedQueue<>())
                    .add(reply.getMessage().getBody(SoraEvent.class)));
        });
        int length = unbrokenStream().length();
        int first = STEP * way.ordinal() / Way.values().length;
        int[] cuts = IntStream.iterate(first, at -> at < length, at -> at + STEP).toArray();
        List<AtomicInteger> completions = new ArrayList<>();
        List<Exchange> exchanges = new ArrayList<>();
        Semaphore places = new Semaphore(AT_ONCE);
        try (AsyncProducer producer = context.getEndpoint("direct:in").createAsyncProducer()) {
            producer.start();
            for (int at : cuts) {
                assertThat(places.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
                simulator().answer(way.at(at));
                Exchange exchange = context.getEndpoint("direct:in").createExchange();
                exchange.getMessage().setBody("x");
                AtomicInteger completed = new AtomicInteger();
                exchanges.add(exchange);
                completions.add(completed);
                producer.process(exchange, doneSync -> {
                    completed.incrementAndGet();
                    places.release();
                });
            }
            assertThat(places.tryAcquire(AT_ONCE, 1, TimeUnit.MINUTES)).as("all end").isTrue();
        }
        assertThat(simulator().chatRequests()).isEqualTo(cuts.length);
        assertThat(completions).allMatch(completed -> completed.get() == 1);
        exchanges.forEach(this::assertEnd);
    }

    private void assertEnd(Exchange exchange) {
        List<SoraEvent> events = List.copyOf(replies.get(exchange.getExchangeId()));
        assertThat(events).filteredOn(SoraEvent::last).containsExactly(events.get(events.size() - 1));
        if (names(events).contains("SUBMITTED")) {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        } else {
            assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class).hasNoCause();
        }
    }

    private String unbrokenStream() throws Exception {
        simulator().answer(Answer.success().closeDelimited());
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator().baseUrl() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + KEY).POST(HttpRequest.BodyPublishers.ofString("{\"model\":"
                        + "\"sora-2-preview\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"))
                .build();
        String body = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
                .body();
        simulator().reset();
        return body;
    }
}
