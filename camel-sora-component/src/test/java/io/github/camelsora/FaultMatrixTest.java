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

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Every fault of the simulator through a real route: told as what it is, paid once at most, and nothing left behind. */
class FaultMatrixTest extends SoraRouteTest {

    private static final String QUICK = "recoveryDelay=20&recoveryMaxDelay=50";

    private final AtomicInteger completions = new AtomicInteger();
    private final AtomicInteger steps = new AtomicInteger();

    static Stream<Arguments> rows() {
        return Faults.all().stream().flatMap(fault -> Stream.concat(Stream.of(arguments(fault, true)),
                fault.unrecovered() == null ? Stream.empty() : Stream.of(arguments(fault, false))));
    }

    @ParameterizedTest(name = "{0}, recovery {1}")
    @MethodSource("rows")
    void everyFaultHasItsOutcomeAndIsPaidAtMostOnce(Fault fault, boolean recovery) throws Exception {
        String options = fault.options().isEmpty() ? QUICK : QUICK + "&" + fault.options();
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&recoveryEnabled=" + recovery + "&"
                    + options).process(exchange -> steps.incrementAndGet());
            route.from("direct:replies").to("mock:replies");
        });
        fault.arrange().accept(simulator());
        Exchange exchange = generate();

        Fault.Sight expected = recovery ? fault.recovered() : fault.unrecovered();
        assertOutcome(exchange, expected);
        List<SoraEvent> events = events(getMockEndpoint("mock:replies"));
        assertThat(String.join(" ", names(events))).isEqualTo(expected.story());
        assertThat(events).extracting(SoraEvent::getSequence)
                .containsExactlyElementsOf(Stream.iterate(1, i -> i + 1).limit(events.size()).toList());
        assertLastEvent(events.get(events.size() - 1), expected, exchange);
        assertThat(simulator().paidRequests()).isEqualTo(fault.paid());
        assertThat(simulator().chatRequests()).isLessThanOrEqualTo(1);
        assertThat(completions).hasValue(1);
        assertThat(steps).hasValue(expected.outcome() == SoraOutcome.COMPLETED ? 1 : 0);
    }

    /** As a route does it, but counts how often the exchange is completed. */
    private Exchange generate() throws Exception {
        Exchange exchange = context.getEndpoint("direct:in").createExchange();
        exchange.getMessage().setBody("a paper boat");
        CountDownLatch done = new CountDownLatch(1);
        try (AsyncProducer producer = context.getEndpoint("direct:in").createAsyncProducer()) {
            producer.start();
            producer.process(exchange, doneSync -> {
                completions.incrementAndGet();
                done.countDown();
            });
            assertThat(done.await(30, TimeUnit.SECONDS)).as("the exchange ends").isTrue();
        }
        return exchange;
    }

    private void assertOutcome(Exchange exchange, Fault.Sight expected) {
        if (expected.outcome() == SoraOutcome.COMPLETED) {
            assertThat(exchange.getException()).isNull();
            SoraVideo video = exchange.getMessage().getBody(SoraVideo.class);
            // Of a source link that answers with the video itself, the link is the video's.
            assertThat(video.videoUrl()).isIn(simulator().tasks().get(0).videoUrl(), simulator().tasks().get(0).sourceUrl());
            assertThat(video.prompt()).isEqualTo("a paper boat");
            return;
        }
        assertThat(exchange.getException()).isInstanceOf(SoraException.class).hasNoCause()
                .hasMessageContaining(expected.sentence());
        SoraException exception = (SoraException) exchange.getException();
        assertThat(exception.getOutcome()).isEqualTo(expected.outcome());
        assertThat(exception.getCategory()).isEqualTo(expected.category());
        assertThat(exception.isRetryable()).isEqualTo(expected.retryable());
        assertThat(exception.isPossiblyCharged()).isEqualTo(expected.outcome() != SoraOutcome.REFUSED);
        assertThat(exception.getTaskId() != null).isEqualTo(expected.story().contains("SUBMITTED"));
    }

    private void assertLastEvent(SoraEvent last, Fault.Sight expected, Exchange exchange) {
        assertThat(last.last()).isTrue();
        assertThat(last.getOutcome()).isEqualTo(expected.outcome());
        assertThat(exchange.getMessage().getHeader(SoraConstants.OUTCOME)).isEqualTo(expected.outcome().name());
        if (expected.outcome() == SoraOutcome.COMPLETED) {
            assertThat(last.getProgress()).isEqualTo(100);
        } else {
            assertThat(last.getCategory()).isEqualTo(expected.category());
            assertThat(last.getRetryable()).isEqualTo(expected.retryable());
            assertThat(last.getPossiblyCharged()).isEqualTo(expected.outcome() != SoraOutcome.REFUSED);
        }
    }

    @Test
    void theDocumentationHoldsThisTable() throws Exception {
        String page = Files.readString(Path.of("../docs/faults.md"), StandardCharsets.UTF_8);
        String table = page.lines().filter(line -> line.startsWith("| `")).collect(Collectors.joining("\n"));
        assertThat(table).isEqualTo(Faults.all().stream().map(Fault::row).collect(Collectors.joining("\n")));
    }
}
