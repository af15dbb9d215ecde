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
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.ThrottlerRejectedExecutionException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Limits of how many generations run, and how many are bought. */
class LimitRecipesTest extends RecipeTest {

    private static final int PROMPTS = 9;

    private final Gate gate = new Gate();

    @Override
    void prepare() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        context.getRegistry().bind("database", database);
        JdbcTaskRepository repository = new JdbcTaskRepository(database);
        repository.setCreateSchema(true);
        repository.unfinished(1);
        context.getComponent("sora", SoraComponent.class).getConfiguration().setTaskRepository(repository);
    }

    @Test
    @Recipe("Limit how many run at once")
    void atNoMomentMoreThanThreeStreamsAreOpen() throws Exception {
        simulator().answerAlways(Answer.success().progress(12).holdAt(12, gate));
        List<CompletableFuture<Exchange>> sent = sendAll("direct:prompts", PROMPTS);
        await().until(() -> simulator().openStreams() == 3 && context.getInflightRepository().size() == PROMPTS);
        gate.open();
        for (CompletableFuture<Exchange> exchange : sent) {
            assertVideo(end(exchange));
        }
        assertThat(streams.most()).isEqualTo(3);
        assertThat(simulator().paidRequests()).isEqualTo(PROMPTS);
    }

    @Test
    @Recipe("Limit how many run at once")
    void afterARefusalTheNextOneMayRun() throws Exception {
        simulator().answer(Answer.status(400), Answer.status(400), Answer.status(400), Answer.status(400));
        for (int i = 0; i < 4; i++) {
            assertThat(send("direct:prompts", "x").getException()).isInstanceOf(GatewayRefusedException.class);
        }
        assertVideo(send("direct:prompts", "x"));
    }

    @Test
    @Recipe("Limit how many run at once")
    void consumersOfSedaDoNotLimit() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:prompts?concurrentConsumers=3").to("sora:generate");
            }
        });
        simulator().answerAlways(Answer.success().progress(12).holdAt(12, gate));
        for (int i = 0; i < PROMPTS; i++) {
            template.sendBody("seda:prompts?waitForTaskToComplete=Never", "prompt " + i);
        }
        await().until(() -> simulator().openStreams() == PROMPTS);
        gate.open();
        await().until(() -> context.getInflightRepository().size() == 0);
    }

    /** The test's scheduler runs at once what Camel schedules for ten seconds later. */
    @Test
    @Recipe("Limit how many run at once")
    void camelsThrottleForgetsWhatRunsTenSecondsAfterAnExchangeHasEnded() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:throttled").throttle(3).concurrentRequestsMode().to("sora:generate");
            }
        });
        simulator().answer(Answer.success().progress(12).holdAt(12, gate), Answer.success().progress(12).holdAt(12, gate),
                Answer.success());
        List<CompletableFuture<Exchange>> sent = new ArrayList<>(sendAll("direct:throttled", 2));
        await().until(() -> simulator().openStreams() == 2);
        scheduling.noWaiting();
        assertVideo(send("direct:throttled", "the third ends"));
        scheduling.awaitIdle();
        simulator().answerAlways(Answer.success().progress(12).holdAt(12, gate));
        sent.addAll(sendAll("direct:throttled", 3));
        await().until(() -> simulator().openStreams() == 5);
        gate.open();
        for (CompletableFuture<Exchange> exchange : sent) {
            assertVideo(end(exchange));
        }
    }

    @Test
    @Recipe("Buy at most N videos an hour")
    void theTwentyFirstVideoIsNotBought() throws Exception {
        simulator().answerAlways(Answer.success().progress(12));
        for (int i = 0; i < 20; i++) {
            assertVideo(send("direct:prompts", "prompt " + i));
        }
        assertThat(send("direct:prompts", "one too many").getException())
                .isInstanceOf(ThrottlerRejectedExecutionException.class);
        assertThat(simulator().paidRequests()).isEqualTo(20);
        assertThat(simulator().chatRequests()).isEqualTo(20);
    }

    @Test
    @Recipe("Buy at most N videos an hour")
    void refusalsCount() throws Exception {
        simulator().answer(Answer.status(400), Answer.status(400), Answer.status(400));
        for (int i = 0; i < 25; i++) {
            send("direct:prompts", "prompt " + i);
        }
        assertThat(simulator().paidRequests()).isEqualTo(17);
    }

    @Test
    @Recipe("Buy at most N videos an hour")
    void processesThatShareADatabaseShareTheBudgetAndRefusalsAreFree() {
        simulator().answer(Answer.status(400), Answer.status(400), Answer.status(400));
        simulator().answerAlways(Answer.success().progress(12));
        for (int i = 0; i < 30; i++) {
            send("direct:shared", "prompt " + i);
        }
        assertThat(send("direct:shared", "one too many").getException()).hasMessage("The budget of this hour is spent.");
        assertThat(simulator().paidRequests()).isEqualTo(20);
    }
}
