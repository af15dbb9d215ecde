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

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ManyGenerationsTest extends SoraRouteTest {

    @Test
    void twoHundredAtOnceAddAHandfulOfThreads() throws Exception {
        Set<String> videos = ConcurrentHashMap.newKeySet();
        routes(route -> {
            route.from("seda:in?concurrentConsumers=1&size=1000").to("sora:generate?streamRepliesTo=direct:replies")
                    .process(exchange -> videos.add(exchange.getMessage().getBody(SoraVideo.class).videoUrl()));
            route.from("direct:replies").to("mock:replies");
        });
        Gate gate = new Gate();
        simulator().answerAlways(Answer.success().progress(12, 61).holdAt(12, gate));
        Set<Thread> before = threads();

        Stream.iterate(1, i -> i + 1).limit(200).forEach(i -> template.sendBody("seda:in", "prompt " + i));
        await().atMost(Duration.ofSeconds(30)).until(() -> simulator().openStreams() == 200);
        await().atMost(Duration.ofSeconds(30)).until(() -> getMockEndpoint("mock:replies").getReceivedCounter() == 800);
        Set<String> added = threads().stream().filter(thread -> !before.contains(thread)).map(Thread::getName)
                .filter(name -> !name.contains("vert.x")).collect(Collectors.toSet());
        assertThat(added).hasSizeLessThanOrEqualTo(16);

        gate.open();
        await().atMost(Duration.ofSeconds(30)).until(() -> videos.size() == 200);
        assertThat(simulator().paidRequests()).isEqualTo(200);
        assertThat(getMockEndpoint("mock:replies").getReceivedCounter()).isEqualTo(1200);
        await().atMost(Duration.ofSeconds(10)).until(() -> simulator().openStreams() == 0);
    }

    @Test
    void whatHasEndedIsNotHeldInMemory() throws Exception {
        List<WeakReference<Object>> references = new CopyOnWriteArrayList<>();
        // The repository remembers results, as many as it is told to.
        MemoryTaskRepository remembered = new MemoryTaskRepository();
        remembered.setMaxFinished(1);
        context.getComponent("sora", SoraComponent.class).getConfiguration().setTaskRepository(remembered);
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies").process(exchange ->
                    references.add(new WeakReference<>(exchange.getMessage().getBody())));
            route.from("direct:replies").process(reply -> references.add(new WeakReference<>(reply.getMessage().getBody())));
            route.from("direct:streaming").to("sora:generate?streaming=true").process(exchange ->
                    references.add(new WeakReference<>(exchange.getMessage().getBody()))).split(route.body()).streaming()
                    .process(part -> references.add(new WeakReference<>(part.getMessage().getBody())));
        });
        simulator().answerAlways(Answer.success().progress(12));
        for (int i = 0; i < 20; i++) {
            send("direct:in", "x");
            send("direct:streaming", "x");
            simulator().answer(Answer.success().progress(12, 61).cutAfter(12));
            send("direct:in", "x");
        }
        assertThat(references).hasSizeGreaterThan(300);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            // A thread may still refer to the last thing that it did.
            assertThat(references.stream().map(WeakReference::get).filter(Objects::nonNull)).hasSizeLessThan(10);
        });
    }

    private static Set<Thread> threads() {
        return Set.copyOf(Thread.getAllStackTraces().keySet());
    }

    @Test
    void generationsOfManyCallersSucceedSideBySide() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        CompletableFuture<?>[] all = Stream.generate(() -> template.asyncSend("direct:in",
                exchange -> exchange.getMessage().setBody("x"))).limit(50).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(all).get(30, TimeUnit.SECONDS);
        assertThat(all).allSatisfy(future -> assertThat(((Exchange) future.join()).getException()).isNull());
    }
}
