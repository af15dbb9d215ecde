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
package io.github.camelsora.examples.recipes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a route makes of events and videos. */
class ProgressRecipesTest extends RecipeTest {

    private final List<Exchange> received = new CopyOnWriteArrayList<>();

    /** In place of a user's own bean. */
    public static final class Judge {

        public SoraVideo best(List<SoraVideo> takes) {
            return takes == null ? null : takes.stream().max(Comparator.comparing(SoraVideo::taskId)).orElse(null);
        }
    }

    @Override
    void prepare() throws Exception {
        context.getRegistry().bind("judge", new Judge());
    }

    @Test
    @Recipe("Write one log line for each video")
    void everyGenerationIsOneLine() throws Exception {
        simulator().answer(Answer.success(), Answer.failureText("input_moderation"), Answer.status(400));
        for (int i = 0; i < 3; i++) {
            send("direct:prompts", "x");
        }
        assertThat(log).hasSize(3);
        assertThat(log.get(0)).contains(": COMPLETED on goapi, task " + simulator().tasks().get(0).id());
        assertThat(log.get(1)).contains(": FAILED on goapi").contains("input_moderation");
        assertThat(log.get(2)).contains(": REFUSED on goapi");
        assertThat(log).noneMatch(line -> line.contains("http"));
    }

    @Test
    @Recipe("Find out which order an event belongs to")
    void everyEventOfManyOrdersAtOnceHasTheIdOfItsOrder() throws Exception {
        route("direct:show", received);
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(sendAsync("direct:prompts", "prompt of order-" + i, Map.of("orderId", "order-" + i)));
        }
        for (CompletableFuture<Exchange> exchange : sent) {
            assertVideo(end(exchange));
        }
        for (int i = 0; i < 10; i++) {
            String order = "order-" + i;
            List<SoraEvent> events = events(received.stream()
                    .filter(event -> order.equals(event.getMessage().getHeader("orderId"))).toList());
            assertThat(events).extracting(SoraEvent::getSequence).containsExactly(numbers(events.size()));
            assertThat(events.get(events.size() - 1).getVideo().prompt()).isEqualTo("prompt of " + order);
        }
    }

    @Test
    @Recipe("Get the video after a streaming split")
    void theRouteGoesOnWithTheVideo() throws Exception {
        route("direct:videos", received);
        simulator().answer(Answer.success().progress(12, 61));
        assertThat(send("direct:prompts", "x").getException()).isNull();
        assertThat(received).hasSize(1);
        assertThat(received.get(0).getMessage().getBody(SoraVideo.class).videoUrl()).startsWith(simulator().baseUrl());
        assertThat(log).containsExactly("SUBMITTED ", "QUEUED ", "GENERATING ", "PROGRESS 12", "PROGRESS 61",
                "COMPLETED 100");
    }

    @Test
    @Recipe("Get the video after a streaming split")
    void withoutAVideoTheSplitFails() throws Exception {
        route("direct:videos", received);
        simulator().answer(Answer.failureText("input_moderation"));
        assertThat(send("direct:prompts", "x").getException()).isInstanceOf(GenerationFailedException.class);
        assertThat(received).isEmpty();
    }

    @Test
    @Recipe("Make several takes and keep the best")
    void threeTakesAreFilmedAtOnceAndTheJudgeDecides() throws Exception {
        simulator().answerAlways(Answer.success().progress(12));
        Exchange exchange = send("direct:prompts", "x");
        assertVideo(exchange);
        assertThat(simulator().paidRequests()).isEqualTo(3);
        assertThat(exchange.getMessage().getBody(SoraVideo.class).taskId())
                .isEqualTo(simulator().tasks().stream().map(task -> task.id()).max(Comparator.naturalOrder()).orElseThrow());
        assertThat(simulator().requests()).filteredOn(request -> request.method().equals("POST"))
                .allMatch(request -> request.body().contains("\"x\""));
    }

    @Test
    @Recipe("Make several takes and keep the best")
    void aTakeThatFailsDoesNotSpoilTheOthers() throws Exception {
        simulator().answer(Answer.failureText("input_moderation"), Answer.status(400), Answer.success());
        assertVideo(send("direct:prompts", "x"));
        simulator().answerAlways(Answer.status(400));
        Exchange none = send("direct:prompts", "x");
        assertThat(none.getException()).isNull();
        assertThat(none.getMessage().getBody()).isNull();
    }

    @Test
    @Recipe("Try a route with the Camel CLI")
    void theRouteMakesAVideoWithoutAnyGateway() throws Exception {
        await().until(() -> !log.isEmpty());
        assertThat(log.get(0)).startsWith("The video: http");
        assertThat(simulator().chatRequests()).isZero();
    }

    private static Integer[] numbers(int count) {
        Integer[] numbers = new Integer[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i + 1;
        }
        return numbers;
    }
}
