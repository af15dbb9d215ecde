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

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskState;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Calls of a task repository that fail, or hang, where it hurts. */
class RepositoryTroubleTest extends SoraRouteTest {

    private static final String ORDER = "order-7";
    private static final String FOLLOWED = "recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50&recoveryTimeout=5000";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SoraTaskRepository stored = new MemoryTaskRepository();
    private final AtomicInteger failures = new AtomicInteger();
    private final CountDownLatch hung = new CountDownLatch(1);
    private volatile String method = "";
    private volatile boolean after;
    private volatile boolean hangs;
    private volatile int called;

    /** From now on these calls fail, before or after they have done their work. */
    private void fail(String name, int times, boolean afterwards) {
        failures.set(times);
        after = afterwards;
        method = name;
    }

    private void repository() {
        SoraTaskRepository troubled = (SoraTaskRepository) Proxy.newProxyInstance(getClass().getClassLoader(),
                new Class<?>[] { SoraTaskRepository.class }, (proxy, call, arguments) -> {
                    boolean meant = call.getName().equals(method);
                    boolean fails = meant && failures.getAndDecrement() > 0;
                    if (meant) {
                        called++;
                    }
                    if (meant && hangs) {
                        hung.await();
                    }
                    if (fails && !after) {
                        throw new StackOverflowError("in the driver");
                    }
                    Object result;
                    try {
                        result = call.invoke(stored, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    if (fails) {
                        throw new IllegalStateException("the connection broke behind the commit");
                    }
                    return result;
                });
        context.getComponent("sora", SoraComponent.class).getConfiguration().setTaskRepository(troubled);
    }

    private void routes() throws Exception {
        repository();
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:follow").to("sora:generate?" + FOLLOWED);
            route.from("direct:again").to("sora:generate?resubmitLost=true");
            route.from("direct:stream").to("sora:generate?streaming=true").split(route.body()).streaming().stopOnException()
                    .throwException(new IllegalStateException("enough"));
        });
    }

    private Exchange order(String endpoint) {
        return send(endpoint, "a cat", Map.of(SoraConstants.REQUEST_KEY, ORDER));
    }

    private static SoraVideo video(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SoraVideo.class);
    }

    private SoraTaskState state() {
        return stored.find(ORDER).map(found -> found.task().state()).orElse(null);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aRefusalWhoseReleaseFailsIsReleasedLater(boolean afterwards) throws Exception {
        routes();
        simulator().answer(Answer.status(429));
        fail("release", 2, afterwards);
        assertThat(order("direct:in").getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(video(order("direct:in")).generationId()).isEqualTo(ORDER);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aSecondPurchaseThatIsRefusedLeavesTheFirstOneLost() throws Exception {
        routes();
        simulator().answer(Answer.success().reset(), Answer.status(429));
        assertThat(order("direct:in").getException()).isInstanceOf(GenerationLostException.class);
        assertThat(order("direct:again").getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(state()).isEqualTo(SoraTaskState.LOST);
        assertThat(order("direct:in").getException()).isInstanceOf(GenerationLostException.class);
        assertThat(simulator().paidRequests()).isEqualTo(1);
        assertThat(video(order("direct:again")).generationId()).isEqualTo(ORDER);
    }

    @ParameterizedTest
    @ValueSource(ints = { 1, 2 })
    void aTakeOverWhoseConnectionBreaksKeepsTheKeyFromNobody(int times) throws Exception {
        routes();
        simulator().answer(Answer.success().cutAfter(12).sourceAnswers(SourceAnswer.report()));
        assertThat(order("direct:in").getException()).isInstanceOf(GenerationLostException.class);
        fail("takeOver", times, true);
        if (times == 2) {
            fail("takeOver", 1, false);
            assertThat(order("direct:follow").getException()).isInstanceOf(GatewayRefusedException.class)
                    .hasMessageContaining("Nothing was sent");
        }
        assertThat(video(order("direct:follow")).generationId()).isEqualTo(ORDER);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aStopDuringTheClaimGivesItBack() throws Exception {
        routes();
        method = "claim";
        hangs = true;
        CompletableFuture<Exchange> delivery = template.asyncSend("direct:in", exchange -> {
            exchange.getMessage().setBody("a cat");
            exchange.getMessage().setHeader(SoraConstants.REQUEST_KEY, ORDER);
        });
        await().atMost(LIMIT).until(() -> called == 1);
        context.getRouteController().stopRoute(context.getRoutes().get(0).getId());
        assertThat(delivery.get(30, TimeUnit.SECONDS).getException()).isInstanceOf(GatewayRefusedException.class)
                .hasMessageContaining("Nothing was sent");
        hung.countDown();
        await().atMost(LIMIT).until(() -> state() == null);
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void aStreamThatIsReadNoMoreIsFollowedByTheNextDelivery() throws Exception {
        routes();
        simulator().answer(Answer.success().sourceAnswers(SourceAnswer.pending(), SourceAnswer.report()));
        assertThat(order("direct:stream").getException()).hasRootCauseMessage("enough");
        assertThat(video(order("direct:follow")).generationId()).isEqualTo(ORDER);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }
}
