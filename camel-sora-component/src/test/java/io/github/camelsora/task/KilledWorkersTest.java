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
package io.github.camelsora.task;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SoraSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Workers are killed with SIGKILL while they make videos, and their orders are delivered again to others, as a broker does. No
 * order is paid for twice, and each has its video in the end; unless its worker died behind the claim and before a task id was
 * stored: then it is lost, which the next delivery says.
 *
 * <p>{@code -Dsora.kills=100} is the number of rounds, {@code -Dsora.seed} repeats a run.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class KilledWorkersTest {

    private static final int ROUNDS = Integer.getInteger("sora.kills", 5);
    private static final long SEED = Long.getLong("sora.seed", System.nanoTime());
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int[] PERCENTAGES = { 12, 27, 44, 61, 81, 93 };
    /** A generation at leisure takes about as long, with claim and result. */
    private static final int MILLIS_OF_A_GENERATION = 700;

    @TempDir
    static Path folder;

    @Test
    void everyOrderIsPaidOnceWheneverItsWorkerDiesOnH2() throws Exception {
        try (TestDatabase database = TestDatabase.h2File(folder)) {
            kill(database);
        }
    }

    @Test
    @EnabledIf(value = "io.github.camelsora.task.TestDatabase#isHereOrMustBe", disabledReason = TestDatabase.NO_POSTGRESQL)
    void everyOrderIsPaidOnceWheneverItsWorkerDiesOnPostgresql() throws Exception {
        try (TestDatabase database = TestDatabase.postgresql()) {
            kill(database);
        }
    }

    private static void kill(TestDatabase database) throws Exception {
        System.out.println("Killed workers: " + ROUNDS + " rounds, -Dsora.seed=" + SEED);
        try (SoraSimulator simulator = SoraSimulator.builder().chunkDelay(Duration.ofMillis(10)).start();
                Fleet fleet = new Fleet(database, simulator)) {
            Random random = new Random(SEED);
            List<Moment> moments = List.of();
            for (int round = 0; round < ROUNDS; round++) {
                if (moments.isEmpty()) {
                    moments = new ArrayList<>(List.of(Moment.values()));
                    Collections.shuffle(moments, random);
                }
                fleet.round("order-" + round, moments.remove(0), random);
            }
            fleet.print();
        }
    }

    private static final class Fleet implements AutoCloseable {

        private final TestDatabase database;
        private final SoraSimulator simulator;
        private final SoraTaskRepository repository;
        private final Map<Moment, Tally> tallies = new EnumMap<>(Moment.class);
        private TestWorker worker;
        private TestWorker other;

        Fleet(TestDatabase database, SoraSimulator simulator) throws Exception {
            this.database = database;
            this.simulator = simulator;
            JdbcTaskRepository jdbc = new JdbcTaskRepository(database.dataSource());
            jdbc.setCreateSchema(true);
            this.repository = jdbc;
            this.worker = start();
            this.other = start();
            worker.ready();
            other.ready();
        }

        private TestWorker start() throws Exception {
            return TestWorker.start(database.url(), simulator.baseUrl(), LEASE);
        }

        void round(String key, Moment moment, Random random) throws Exception {
            int percent = PERCENTAGES[random.nextInt(PERCENTAGES.length)];
            int pause = random.nextInt(MILLIS_OF_A_GENERATION);
            Gate gate = new Gate();
            switch (moment) {
                case ACCEPTED -> simulator.answer(Answer.success().holdAt(Point.ACCEPTED, gate));
                case MID_STREAM, OWNER, WAITING -> simulator.answer(Answer.success().holdAt(percent, gate));
                default -> gate.open();
            }
            boolean waits = moment == Moment.WAITING || moment == Moment.OWNER;
            if (moment == Moment.WAITING) {
                other.order(key);
                gate.awaitReached(LIMIT);
            }
            worker.order(key, moment);
            if (moment == Moment.ANY) {
                TimeUnit.MILLISECONDS.sleep(pause);
            } else if (moment.isReported()) {
                worker.awaitMoment(key, moment);
            } else {
                gate.awaitReached(LIMIT);
            }
            if (moment == Moment.MID_STREAM || moment == Moment.OWNER) {
                // Written by the gateway is not yet read by the worker.
                await().atMost(LIMIT).until(() -> is(key, SoraTaskState.SUBMITTED));
            }
            if (moment == Moment.OWNER) {
                other.order(key, Moment.WAITING);
                other.awaitMoment(key, Moment.WAITING);
            }
            assertThat(worker.kill()).isEqualTo(TestWorker.KILLED);
            boolean isOver = worker.hasAcknowledged(key);
            // All that is known of it is that a process has begun it.
            boolean mayBeLost = !waits && is(key, SoraTaskState.CLAIMED);
            TestWorker dead = worker;
            worker = start();
            gate.open();
            worker.ready();
            if (!isOver) {
                worker.order(key);
            }
            String end = (isOver ? dead : worker).acknowledged(key);
            check(key, moment, end, mayBeLost);
            if (waits) {
                assertThat(other.acknowledged(key)).as("the order of the other worker").isEqualTo(end);
            }
        }

        private boolean is(String key, SoraTaskState state) {
            Optional<SoraTaskRepository.Stored> stored = repository.find(key);
            return stored.isPresent() && stored.get().task().state() == state;
        }

        private void check(String key, Moment moment, String end, boolean mayBeLost) {
            List<String> paid = simulator.tasks().stream().filter(task -> task.prompt().equals(WorkerProcess.prompt(key)))
                    .map(task -> "VIDEO " + task.videoUrl()).toList();
            assertThat(paid).as("paid requests of %s, killed %s", key, moment).hasSizeLessThanOrEqualTo(1);
            Tally tally = tallies.computeIfAbsent(moment, each -> new Tally());
            tally.rounds++;
            tally.paid += paid.size();
            if (mayBeLost) {
                assertThat(end).as("%s, killed %s", key, moment).startsWith(GenerationLostException.class.getName())
                        .contains("may have been paid for", "nothing was bought now");
                assertThat(repository.find(key).orElseThrow().task().state()).isEqualTo(SoraTaskState.LOST);
                tally.lost++;
            } else {
                assertThat(end).as("%s, killed %s", key, moment).isEqualTo(paid.isEmpty() ? "a paid video" : paid.get(0));
                tally.videos++;
            }
        }

        void print() {
            System.out.println("| killed | rounds | videos | lost, possibly charged | paid requests |\n|---|---|---|---|---|");
            Tally all = new Tally();
            tallies.forEach((moment, tally) -> {
                System.out.println(tally.row(moment.text()));
                all.add(tally);
            });
            System.out.println(all.row("in all"));
        }

        @Override
        public void close() {
            worker.close();
            other.close();
        }
    }

    private static final class Tally {

        private int rounds;
        private int videos;
        private int lost;
        private int paid;

        void add(Tally tally) {
            rounds += tally.rounds;
            videos += tally.videos;
            lost += tally.lost;
            paid += tally.paid;
        }

        String row(String what) {
            return "| " + what + " | " + rounds + " | " + videos + " | " + lost + " | " + paid + " |";
        }
    }
}
