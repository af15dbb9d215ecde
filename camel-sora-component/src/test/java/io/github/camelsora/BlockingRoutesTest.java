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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What blocks in one route delays no other. */
class BlockingRoutesTest extends SoraRouteTest {

    private static final int BLOCKING = 64;
    private static final int ORDINARY = 100;

    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch blocked = new CountDownLatch(BLOCKING);

    @Test
    void blockingRoutesDelayTheFirstEventOfNoOther() throws Exception {
        Map<String, Long> firstEvents = new ConcurrentHashMap<>();
        routes(route -> {
            route.from("direct:ordinary").to("sora:generate?streamRepliesTo=direct:quick"
                    + "&inheritExchangePropertiesForReplies=true");
            route.from("direct:quick").process(reply -> firstEvents.putIfAbsent(
                    reply.getProperty(Exchange.CORRELATION_ID, String.class),
                    System.nanoTime() - reply.getProperty("began", Long.class)));
            route.from("direct:streaming").to("sora:generate?streaming=true").split(route.body()).streaming().to("mock:events");
            route.from("direct:slow").to("sora:generate?streamRepliesTo=direct:blocking");
            route.from("direct:blocking").process(reply -> {
                blocked.countDown();
                assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
            });
        });
        Answer quick = Answer.success().progress(12, 61);
        simulator().answerAlways(quick);
        medianOfFirstEvents(firstEvents);
        long alone = medianOfFirstEvents(firstEvents);

        Gate gate = new Gate();
        simulator().answerAlways(Answer.success().progress(12, 61).holdAt(12, gate));
        List<CompletableFuture<Exchange>> others = new ArrayList<>();
        for (int i = 0; i < BLOCKING; i++) {
            others.add(template.asyncSend("direct:streaming", exchange -> exchange.getMessage().setBody("x")));
            others.add(template.asyncSend("direct:slow", exchange -> exchange.getMessage().setBody("x")));
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> simulator().openStreams() == 2 * BLOCKING);
        assertThat(blocked.await(30, TimeUnit.SECONDS)).as("all block at the same time").isTrue();
        simulator().answerAlways(quick);
        long beside = medianOfFirstEvents(firstEvents);
        gate.open();
        release.countDown();
        CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
        assertThat(others).allSatisfy(other -> assertThat(other.join().getException()).isNull());
        assertThat(beside).as("alone %d µs", alone / 1000).isLessThanOrEqualTo(2 * alone);
    }

    private long medianOfFirstEvents(Map<String, Long> firstEvents) throws Exception {
        firstEvents.clear();
        for (int i = 0; i < ORDINARY; i++) {
            template.asyncSend("direct:ordinary", exchange -> {
                exchange.setProperty("began", System.nanoTime());
                exchange.getMessage().setBody("x");
            }).get(30, TimeUnit.SECONDS);
        }
        long[] sorted = firstEvents.values().stream().mapToLong(Long::longValue).sorted().toArray();
        assertThat(sorted).hasSize(ORDINARY);
        return Arrays.stream(sorted).skip(ORDINARY / 2).findFirst().orElseThrow();
    }

    @Test
    void routesThatWaitForAnotherGenerationBehindTheStepAllFinish() throws Exception {
        routes(route -> {
            route.from("direct:first").to("sora:generate").process(exchange -> exchange.getMessage()
                    .setBody(template.requestBody("direct:second", "x", SoraVideo.class)));
            route.from("direct:second").to("sora:generate");
        });
        CompletableFuture<?>[] all = new CompletableFuture<?>[20];
        for (int i = 0; i < all.length; i++) {
            all[i] = template.asyncSend("direct:first", exchange -> exchange.getMessage().setBody("x"));
        }
        CompletableFuture.allOf(all).get(60, TimeUnit.SECONDS);
        assertThat(all).allSatisfy(each -> assertThat(((Exchange) each.join()).getMessage().getBody())
                .isInstanceOf(SoraVideo.class));
        assertThat(simulator().paidRequests()).isEqualTo(40);
    }

    @Test
    void anErrorInAStepOfTheReplyRouteOrBehindTheGenerationLeavesNoExchangeOpen() throws Exception {
        context.addComponent("broken", new BrokenComponent());
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies").to("mock:result");
            route.from("direct:replies").to("mock:replies").process(exchange -> {
                throw new NoClassDefFoundError("in a processor");
            });
            route.from("direct:behind").to("sora:generate").process(exchange -> {
                throw new NoClassDefFoundError("in a processor");
            }).to("mock:never");
            route.from("direct:producer").to("sora:generate?streamRepliesTo=direct:broken").to("mock:result");
            route.from("direct:broken").to("broken:x");
        });
        for (String in : List.of("direct:in", "direct:producer")) {
            Exchange exchange = template.asyncSend(in, each -> each.getMessage().setBody("x")).get(20, TimeUnit.SECONDS);
            assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        }
        assertThat(names(events(getMockEndpoint("mock:replies")))).endsWith("COMPLETED");
        assertThat(getMockEndpoint("mock:result").getExchanges()).hasSize(2);
        Exchange behind = template.asyncSend("direct:behind", each -> each.getMessage().setBody("x")).get(20, TimeUnit.SECONDS);
        assertThat(behind.getException()).hasRootCauseInstanceOf(NoClassDefFoundError.class);
        assertThat(getMockEndpoint("mock:never").getExchanges()).isEmpty();
    }

    @Test
    void anEndpointThatNobodyConsumesFromDelaysNoVideo() throws Exception {
        try (LogRecorder log = new LogRecorder("io.github.camelsora")) {
            routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=direct:typo"));
            for (int i = 0; i < 3; i++) {
                Exchange exchange = template.asyncSend("direct:in", each -> each.getMessage().setBody("x"))
                        .get(20, TimeUnit.SECONDS);
                assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
            }
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN")).singleElement().asString()
                    .contains("No route consumes from direct://typo").doesNotContain("\tat ");
        }
        List<SoraEvent> late = new ArrayList<>();
        routes(route -> route.from("direct:typo").process(reply -> late.add(reply.getMessage().getBody(SoraEvent.class))));
        send("direct:in", "x");
        assertThat(names(late)).startsWith("SUBMITTED").endsWith("COMPLETED");
    }
}
