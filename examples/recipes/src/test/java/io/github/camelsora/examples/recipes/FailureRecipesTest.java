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

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Gateways to choose from, and what to do with what they refuse. */
class FailureRecipesTest extends RecipeTest {

    private static final String BUSY = "{\"error\":{\"message\":\"busy\"}}";

    @Override
    void prepare() {
        MemoryTaskRepository repository = new MemoryTaskRepository();
        context.getRegistry().bind("soraTaskRepository", repository);
        context.getComponent("sora", SoraComponent.class).getConfiguration().setTaskRepository(repository);
    }

    @Test
    @Recipe("Wait as long as the gateway asks")
    void theRouteWaitsForRetryAfterAndForItsOwnDelayWhereThereIsNone() throws Exception {
        simulator().answer(busy(429, Map.of("Retry-After", "7")), busy(503, Map.of()),
                busy(429, Map.of("Retry-After", "86400")), Answer.success());
        assertVideo(send("direct:prompts", "x"));
        assertThat(scheduling.redeliveries()).containsExactly(7_000L, 2_000L, 600_000L);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    @Recipe("Wait as long as the gateway asks")
    void whatIsNoMatterOfTimeIsNotRepeated() throws Exception {
        simulator().answer(busy(400, Map.of("Retry-After", "7")));
        assertThat(send("direct:prompts", "x").getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @Test
    @Recipe("Choose the gateway for each message")
    void theHeaderDecidesWhichGatewayIsPaid() throws Exception {
        assertThat(send("direct:prompts", "x", Map.of("plan", "premium")).getMessage().getBody(SoraVideo.class).gateway())
                .isEqualTo("piapi");
        assertThat(List.of(simulator().paidRequests(), second().paidRequests())).containsExactly(0, 1);
        assertThat(send("direct:prompts", "x", Map.of("plan", "other&baseUrl=http://127.0.0.1:1")).getMessage()
                .getHeader(SoraConstants.GATEWAY)).isEqualTo("goapi");
        assertThat(List.of(simulator().paidRequests(), second().paidRequests())).containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 429, 503})
    @Recipe("Use a second gateway when the first refuses")
    void afterARefusalTheSecondGatewayIsPaidOnce(int status) throws Exception {
        simulator().answer(busy(status, Map.of()));
        Exchange exchange = send("direct:prompts", "x");
        assertVideo(exchange);
        assertThat(exchange.getMessage().getBody(SoraVideo.class).gateway()).isEqualTo("piapi");
        assertThat(List.of(simulator().paidRequests(), second().paidRequests())).containsExactly(0, 1);
    }

    @Test
    @Recipe("Use a second gateway when the first refuses")
    void afterAFailureOrALossTheSecondGatewayIsNotAsked() throws Exception {
        simulator().answer(Answer.failureText("input_moderation"), Answer.htmlPage(), Answer.emptyBody());
        assertThat(send("direct:prompts", "x").getException()).isInstanceOf(GenerationFailedException.class);
        assertThat(send("direct:prompts", "x").getException()).isInstanceOf(GenerationLostException.class);
        assertThat(send("direct:prompts", "x").getException()).isInstanceOf(GenerationLostException.class);
        assertThat(simulator().paidRequests()).isEqualTo(3);
        assertThat(second().chatRequests()).isZero();
    }

    @Test
    @Recipe("Use a second gateway when the first refuses")
    void ifBothRefuseNothingIsPaid() throws Exception {
        simulator().answer(busy(503, Map.of()));
        second().answer(busy(429, Map.of()));
        assertThat(send("direct:prompts", "x").getException(GatewayRefusedException.class).getStatusCode()).isEqualTo(429);
        assertThat(List.of(simulator().chatRequests(), second().chatRequests())).containsExactly(1, 1);
    }

    @Test
    @Recipe("Cancel a running generation")
    void theGenerationOfAnOrderEndsAsCancelledAndIsNotBoughtAgain() throws Exception {
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12).holdAt(12, gate));
        CompletableFuture<Exchange> order = sendAsync("direct:prompts", "x", Map.of("orderId", "order-7"));
        await().until(() -> simulator().openStreams() == 1 && gate.isReached());
        Exchange cancelled = send("direct:cancel", null, Map.of("orderId", "order-7"));
        assertThat(cancelled.getException()).isNull();
        assertThat(cancelled.getMessage().getBody()).isInstanceOf(SoraEvent.class);
        SoraException lost = end(order).getException(SoraException.class);
        assertThat(lost).isInstanceOf(GenerationLostException.class);
        assertThat(lost.getCategory()).isEqualTo(SoraFailureCategory.CANCELLED);
        assertThat(simulator().paidRequests()).isEqualTo(1);
        gate.open();
    }

    /** A cancelled generation stays in the repository like one whose process was stopped. */
    @Test
    @Recipe("Watch what is unfinished")
    void whatNobodyWorksOnIsALineAndWhatHasItsVideoIsNot() throws Exception {
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12), Answer.success().progress(12).holdAt(12, gate));
        assertVideo(send("sora:generate?requestKey=order-8", "x"));
        CompletableFuture<Exchange> order = sendAsync("sora:generate?requestKey=order-7", "x", Map.of());
        await().until(() -> simulator().openStreams() == 1 && gate.isReached());
        context.getRouteController().stopRoute("unfinished");
        assertThat(log).isEmpty();
        send("sora:cancel", "order-7");
        assertThat(end(order).getException()).isInstanceOf(GenerationLostException.class);
        context.getRouteController().startRoute("unfinished");
        await().until(() -> !log.isEmpty());
        assertThat(log).containsExactly("Video order-7 is unfinished, its task is " + simulator().tasks().get(1).id());
        gate.open();
    }

    private static Answer busy(int status, Map<String, String> headers) {
        return Answer.status(status, BUSY, headers);
    }
}
