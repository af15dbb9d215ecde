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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class StreamRepliesToTest extends SoraRouteTest {

    private static final String[] WHOLE_STORY = { "SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12", "PROGRESS 61",
        "COMPLETED" };

    @Test
    void everyEventIsAnExchangeOfItsOwnBeforeTheOriginalGoesOn() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies").to("mock:result");
            route.from("direct:replies").to("mock:replies");
        });
        simulator().answer(Answer.success().progress(12, 61));
        Exchange original = send("direct:in", "x");

        List<Exchange> replies = getMockEndpoint("mock:replies").getExchanges();
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly(WHOLE_STORY);
        assertThat(replies).extracting(reply -> reply.getMessage().getHeader(SoraConstants.EVENT_SEQUENCE))
                .containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.getPattern()).isEqualTo(ExchangePattern.InOnly);
            assertThat(reply.getProperty(Exchange.CORRELATION_ID)).isEqualTo(original.getExchangeId());
        });
        assertThat(replies).extracting(Exchange::getExchangeId).doesNotHaveDuplicates()
                .doesNotContain(original.getExchangeId());
        assertThat(getMockEndpoint("mock:result").getExchanges()).hasSize(1);
    }

    @Test
    void eachReplyHasAUnitOfWorkOfItsOwn() throws Exception {
        Set<Object> units = ConcurrentHashMap.newKeySet();
        Set<String> completed = ConcurrentHashMap.newKeySet();
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").onCompletion().process(exchange -> completed.add(exchange.getExchangeId())).end()
                    .process(exchange -> units.add(exchange.getUnitOfWork()));
        });
        simulator().answer(Answer.success().progress(12, 61));
        send("direct:in", "x");
        assertThat(units).hasSize(6);
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(completed).hasSize(6));
    }

    @Test
    void eventsReachASlowReplyRouteInOrderAndDelayOnlyTheirOwnGeneration() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&inheritExchangePropertiesForReplies=true");
            route.from("direct:replies").choice().when(route.simple("${exchangeProperty.slow}"))
                    .delay(150).asyncDelayed().to("mock:slow").end().endChoice().otherwise().to("mock:quick");
        });
        simulator().answerAlways(Answer.success().progress(12, 61));
        CompletableFuture<Exchange> slow = template.asyncSend("direct:in", exchange -> {
            exchange.setProperty("slow", true);
            exchange.getMessage().setBody("slow");
        });
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().paidRequests() == 1);
        for (int i = 0; i < 5; i++) {
            assertThat(send("direct:in", "quick").getMessage().getBody()).isInstanceOf(SoraVideo.class);
        }
        assertThat(slow).isNotDone();
        slow.get(30, TimeUnit.SECONDS);
        assertThat(names(events(getMockEndpoint("mock:slow")))).containsExactly(WHOLE_STORY);
        assertThat(getMockEndpoint("mock:quick").getExchanges()).hasSize(30);
    }

    @Test
    void aReplyRouteThatThrowsDoesNotEndThePaidGeneration() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies").throwException(new IllegalStateException("no disk"));
        });
        simulator().answer(Answer.success().progress(12, 61));
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly(WHOLE_STORY);
    }

    @Test
    void aReplyRouteThatFailsForEveryEventIsLoggedOncePerGeneration() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:failing");
            route.from("direct:failing").throwException(new IllegalStateException("no"));
        });
        try (LogRecorder log = new LogRecorder("io.github.camelsora")) {
            send("direct:in", "x");
            send("direct:in", "y");
            assertThat(log.lines()).filteredOn(line -> line.startsWith("WARN") || line.startsWith("ERROR"))
                    .hasSize(2).allMatch(line -> line.contains("The reply for event 1 (SUBMITTED)") && !line.contains("\n"));
        }
    }

    @Test
    void aReplyRouteThatThrowsEndsTheGenerationWithStopOnException() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&stopOnException=true");
            route.from("direct:replies").to("mock:replies").filter(route.simple("${body.sequence} == 2"))
                    .throwException(new IllegalStateException("no disk"));
        });
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        Exchange exchange = send("direct:in", "x");

        assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class).hasMessageContaining("stopOnException")
                .hasMessageContaining("QUEUED").hasNoCause();
        assertThat(exchange.getException().getSuppressed()).hasAtLeastOneElementOfType(IllegalStateException.class);
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly("SUBMITTED", "QUEUED", "FAILED");
        assertThat(events(getMockEndpoint("mock:replies"))).extracting(SoraEvent::getSequence).containsExactly(1, 2, 3);
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().openStreams() == 0);
    }

    @Test
    void aVideoThatWasReadIsTheResultAlsoWhenAFailingReplyStopsTheGeneration() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&stopOnException=true");
            route.from("direct:replies").to("mock:replies").filter(route.simple("${body.sequence} == 2"))
                    .process(exchange -> await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().openStreams() == 0))
                    .throwException(new IllegalStateException("no disk"));
        });
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly("SUBMITTED", "QUEUED", "COMPLETED");
        assertThat(events(getMockEndpoint("mock:replies"))).extracting(SoraEvent::getSequence).containsExactly(1, 2, 3);
    }

    @Test
    void anInboundAuthorizationIsInNoReply() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
        Exchange exchange = send("direct:in", "x", Map.of("Authorization", "Bearer of-somebody-else", "X-Own", "1"));
        assertThat(getMockEndpoint("mock:replies").getExchanges()).isNotEmpty().allSatisfy(reply ->
                assertThat(reply.getMessage().getHeaders()).doesNotContainKeys("Authorization", "X-Own"));
        assertThat(exchange.getMessage().getHeaders()).containsEntry("X-Own", "1");
        assertThat(simulator().requests()).allSatisfy(request ->
                assertThat(request.headers()).containsEntry("Authorization", "Bearer " + KEY).doesNotContainKey("X-Own"));
    }

    @Test
    void routesNeverRunOnAnIoThread() throws Exception {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies")
                    .process(exchange -> threads.add(Thread.currentThread().getName()));
            route.from("direct:replies").process(exchange -> threads.add(Thread.currentThread().getName()));
        });
        send("direct:in", "x");
        assertThat(threads).isNotEmpty().allMatch(name -> name.contains("SoraWorker"));
    }

    @Test
    void eventsComeWhileTheStreamIsOpen() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody("x"));
        gate.awaitReached(Duration.ofSeconds(10));
        await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(names(events(getMockEndpoint("mock:replies"))))
                .containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12"));
        assertThat(original).isNotDone();
        gate.open();
        original.get(10, TimeUnit.SECONDS);
        assertThat(names(events(getMockEndpoint("mock:replies")))).containsExactly(WHOLE_STORY);
    }

    @Test
    void placeholdersInAReportResolveToNothing() throws Exception {
        System.setProperty("sora.test.secret", "resolved-secret");
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
        simulator().answer(Answer.chunks(chunk("> ID: `task_{{sora.test.secret}}`\\n> Queuing."),
                chunk("\\n> Generation complete ✅\\n\\n[Play online](https://a.example/{{sora.test.secret}}.mp4)\\n"),
                chunk("[Play online](https://a.example/good.mp4)"), "data: [DONE]\n\n"));
        Exchange exchange = send("direct:in", "{{sora.test.secret}}");

        SoraVideo video = exchange.getMessage().getBody(SoraVideo.class);
        assertThat(video.videoUrls()).containsExactly("https://a.example/good.mp4");
        assertThat(video.taskId()).isNull();
        assertThat(video.toString() + video.report() + exchange.getMessage().getHeaders() + simulator().requests())
                .doesNotContain("resolved-secret");
        assertThat(getMockEndpoint("mock:replies").getExchanges()).allSatisfy(reply ->
                assertThat(reply.getMessage().getHeaders().toString()).doesNotContain("resolved-secret"));
    }

    private static String chunk(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
    }
}
