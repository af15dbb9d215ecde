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
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import io.github.camelsora.task.SoraTaskState;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.Point;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What trouble of the database does to generations with a request key: nothing that was paid for is lost. The component
 * {@code sora2} stands for another process: it has a repository, and with that an owner, of its own.
 */
class DatabaseTroubleTest extends SoraRouteTest {

    private static final String KEY_OF_ALL = "order-7";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TroubledDatabase database = new TroubledDatabase();

    private void processes(SoraTaskRepository one, SoraTaskRepository other) throws Exception {
        context.getComponent("sora", SoraComponent.class).getConfiguration().setTaskRepository(one);
        SoraComponent second = new SoraComponent();
        context.addComponent("sora2", second);
        second.getConfiguration().setTaskRepository(other);
        second.getConfiguration().setBaseUrl(simulator().baseUrl());
        second.getConfiguration().setApiKey(KEY);
        second.getConfiguration().setRecoveryDelay(20);
        second.getConfiguration().setRecoveryMaxDelay(50);
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:other").to("sora2:generate");
        });
    }

    private CompletableFuture<Exchange> order(String endpoint, String key) {
        return template.asyncSend(endpoint, exchange -> {
            exchange.getMessage().setBody("a cat");
            exchange.getMessage().setHeader(SoraConstants.REQUEST_KEY, key);
        });
    }

    private static SoraVideo video(CompletableFuture<Exchange> delivery) throws Exception {
        Exchange exchange = delivery.get(60, TimeUnit.SECONDS);
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SoraVideo.class);
    }

    private static SoraTaskState stored(SoraTaskRepository repository) {
        return repository.find(KEY_OF_ALL).map(stored -> stored.task().state()).orElse(null);
    }

    @Test
    void aStatementThatTakesForEverDelaysOnlyItsOwnGeneration() throws Exception {
        processes(database.repository(), database.repository());
        video(order("direct:in", "before"));
        boolean[] first = { true };
        Runnable goOn = database.block(sql -> {
            synchronized (first) {
                boolean blocks = first[0] && TroubledDatabase.isClaim(sql);
                first[0] &= !blocks;
                return blocks;
            }
        });
        CompletableFuture<Exchange> slow = order("direct:in", KEY_OF_ALL);
        await().atMost(LIMIT).until(() -> !first[0]);
        List<CompletableFuture<Exchange>> others = IntStream.range(0, 20).mapToObj(i -> order("direct:in", "order-1" + i))
                .toList();
        for (CompletableFuture<Exchange> other : others) {
            video(other);
        }
        assertThat(slow).isNotDone();
        goOn.run();
        assertThat(video(slow).generationId()).isEqualTo(KEY_OF_ALL);
        assertThat(simulator().paidRequests()).isEqualTo(22);
    }

    @Test
    void aDatabaseThatIsDownBeforeTheClaimIsARefusal() throws Exception {
        processes(database.repository(), database.repository());
        database.fail(sql -> true);
        assertThat(order("direct:in", KEY_OF_ALL).get(60, TimeUnit.SECONDS).getException())
                .isInstanceOf(GatewayRefusedException.class).hasMessageContaining("Nothing was sent")
                .hasMessageContaining("task repository");
        database.fail(sql -> false);
        assertThat(video(order("direct:in", KEY_OF_ALL)).generationId()).isEqualTo(KEY_OF_ALL);
        assertThat(simulator().chatRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = { false, true })
    void aDatabaseThatGoesDownDuringTheGenerationGetsTheVideoWhenItIsBack(boolean knowsTheId) throws Exception {
        SoraTaskRepository repository = database.repository();
        processes(repository, database.repository());
        Gate gate = new Gate();
        simulator().answer(knowsTheId ? Answer.success().holdAt(12, gate) : Answer.success().holdAt(Point.ACCEPTED, gate));
        CompletableFuture<Exchange> delivery = order("direct:in", KEY_OF_ALL);
        gate.awaitReached(LIMIT);
        if (knowsTheId) {
            await().atMost(LIMIT).until(() -> stored(repository) == SoraTaskState.SUBMITTED);
        }
        database.fail(sql -> true);
        gate.open();
        SoraVideo video = video(delivery);
        database.fail(sql -> false);
        assertThat(video(order("direct:other", KEY_OF_ALL))).isEqualTo(video);
        assertThat(stored(repository)).isEqualTo(SoraTaskState.COMPLETED);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aDatabaseThatFailsBetweenClaimAndUpdateKeepsNoVideoBack() throws Exception {
        SoraTaskRepository repository = database.repository();
        processes(repository, database.repository());
        database.fail(sql -> sql.startsWith("UPDATE sora_task "));
        SoraVideo video = video(order("direct:in", KEY_OF_ALL));
        assertThat(stored(repository)).isEqualTo(SoraTaskState.CLAIMED);
        database.fail(sql -> false);
        assertThat(video(order("direct:other", KEY_OF_ALL))).isEqualTo(video);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({ "5, true", "-5, true", "5, false", "-5, false" })
    void aClockThatJumpsLosesNoVideo(int hours, boolean knowsTheId) throws Exception {
        SoraTaskRepository repository = database.repository();
        processes(repository, database.repository());
        Gate gate = new Gate();
        simulator().answer(knowsTheId ? Answer.success().holdAt(12, gate) : Answer.success().holdAt(Point.ACCEPTED, gate));
        CompletableFuture<Exchange> first = order("direct:in", KEY_OF_ALL);
        gate.awaitReached(LIMIT);
        if (knowsTheId) {
            await().atMost(LIMIT).until(() -> stored(repository) == SoraTaskState.SUBMITTED);
        }
        database.jump(hours);
        CompletableFuture<Exchange> second = order("direct:other", KEY_OF_ALL);
        boolean looksDead = hours > 0;
        if (looksDead && !knowsTheId) {
            assertThat(second.get(60, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class)
                    .hasMessageContaining("may have been paid for");
        }
        gate.open();
        SoraVideo video = video(first);
        if (!looksDead || knowsTheId) {
            assertThat(video(second).videoUrl()).isEqualTo(video.videoUrl());
        }
        assertThat(video(order("direct:other", KEY_OF_ALL)).videoUrl()).isEqualTo(video.videoUrl());
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void theTaskOfADeadProcessIsFollowedWhenAClockThatWentBackIsRightAgain() throws Exception {
        processes(database.repository(), database.repository());
        simulator().answer(Answer.success().cutAfter(12));
        GenerationLostException lost = (GenerationLostException) order("direct:in", "before").get(60, TimeUnit.SECONDS)
                .getException();
        SoraTaskRepository dead = database.repository(Duration.ofMillis(1));
        dead.renewLease();
        Instant now = Instant.now();
        dead.claim("of the dead", new SoraTask(KEY_OF_ALL, "", "chat", simulator().baseUrl(), null, SoraTaskState.SUBMITTED,
                SoraVideo.builder().gateway("goapi").taskId(lost.getTaskId()).sourceUrl(lost.getSourceUrl()).build(), null, now,
                now));
        database.jump(-5);
        CompletableFuture<Exchange> second = order("direct:other", KEY_OF_ALL);
        SoraRuntime runtime = context.getComponent("sora2", SoraComponent.class).runtime();
        int said = database.statements();
        await().atMost(LIMIT).until(() -> runtime.pendingTasks() == 1 && database.statements() > said + 4);
        assertThat(second).isNotDone();
        database.jump(0);
        assertThat(video(second).taskId()).isEqualTo(lost.getTaskId());
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = { "direct:in", "direct:other" })
    void deliveriesThatWaitHoldNoThreadAndShareOneStatementASecond(String endpoint) throws Exception {
        processes(database.repository(), database.repository());
        Gate gate = new Gate();
        simulator().answer(Answer.success().holdAt(12, gate));
        CompletableFuture<Exchange> owner = order("direct:in", KEY_OF_ALL);
        gate.awaitReached(LIMIT);
        Set<Thread> before = Set.copyOf(Thread.getAllStackTraces().keySet());
        List<CompletableFuture<Exchange>> waiting = IntStream.range(0, 200).mapToObj(i -> order(endpoint, KEY_OF_ALL)).toList();
        boolean same = endpoint.equals("direct:in");
        int pending = same ? 201 : 200;
        SoraRuntime runtime = context.getComponent(same ? "sora" : "sora2", SoraComponent.class).runtime();
        await().atMost(LIMIT).until(() -> runtime.pendingTasks() == pending);
        // The claims are over when only the looks are left.
        await().atMost(LIMIT).until(() -> database.statements(TroubledDatabase::isClaim) == 201);
        int said = database.statements();
        long start = System.nanoTime();
        await().atMost(LIMIT).until(() -> database.statements() >= said + 3);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) + 1;
        assertThat(database.statements() - said).isLessThanOrEqualTo((int) (3 * seconds));
        assertThat(Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread))
                .map(Thread::getName).filter(name -> !name.contains("vert.x")).collect(Collectors.toSet()))
                .hasSizeLessThanOrEqualTo(40);
        int waited = database.statements();
        gate.open();
        SoraVideo video = video(owner);
        for (CompletableFuture<Exchange> delivery : waiting) {
            assertThat(video(delivery)).isEqualTo(video);
        }
        assertThat(database.statements() - waited).as("statements that tell 200 deliveries of the video").isLessThan(30);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aGenerationMakesThreeStatements() throws Exception {
        processes(database.repository(), database.repository());
        video(order("direct:in", "the tables, and the lease"));
        long before = database.statements(TroubledDatabase::isOfTasks);
        for (int i = 0; i < 20; i++) {
            video(order("direct:in", "order-1" + i));
        }
        // The claim, the task id, the result: or fewer, where the result is there before the id is written.
        assertThat(database.statements(TroubledDatabase::isOfTasks) - before).isBetween(2 * 20L, 3 * 20L);
        assertThat(database.statements(sql -> sql.contains("sora_task_owner") && !TroubledDatabase.isOfTasks(sql)))
                .as("heartbeats, for all of them together").isLessThan(10);
    }

    @Test
    void anIdleComponentMakesNoStatementAndHasNoTimer() throws Exception {
        Duration lease = Duration.ofMillis(300);
        processes(database.repository(lease), database.repository(lease));
        Gate gate = new Gate();
        simulator().answer(Answer.success().holdAt(12, gate));
        CompletableFuture<Exchange> running = order("direct:in", KEY_OF_ALL);
        gate.awaitReached(LIMIT);
        int said = database.statements();
        await().atMost(LIMIT).until(() -> database.statements() > said + 3);
        gate.open();
        video(running);
        SoraRuntime runtime = context.getComponent("sora", SoraComponent.class).runtime();
        await().atMost(LIMIT).until(() -> runtime.pendingTimers() == 0 && runtime.pendingTasks() == 0);
        int idle = database.statements();
        await().during(lease.multipliedBy(3)).atMost(LIMIT).until(() -> database.statements() == idle
                && runtime.pendingTimers() == 0);
    }
}
