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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.camelsora.test.SimulatedTask;
import io.github.camelsora.test.SoraSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes get the same orders at the same moment: each order is bought once, and both deliver its video.
 * {@code -Dsora.keys=1000} is the number of orders.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class TwoWorkersTest {

    private static final int KEYS = Integer.getInteger("sora.keys", 200);
    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    @Test
    void eachOrderIsBoughtOnceAndDeliveredTwiceOnH2() throws Exception {
        try (TestDatabase database = TestDatabase.h2File(folder)) {
            orderTwice(database);
        }
    }

    @Test
    @EnabledIf(value = "io.github.camelsora.task.TestDatabase#isHereOrMustBe", disabledReason = TestDatabase.NO_POSTGRESQL)
    void eachOrderIsBoughtOnceAndDeliveredTwiceOnPostgresql() throws Exception {
        try (TestDatabase database = TestDatabase.postgresql()) {
            orderTwice(database);
        }
    }

    private static void orderTwice(TestDatabase database) throws Exception {
        List<String> keys = IntStream.range(0, KEYS).mapToObj(i -> "order-" + i).toList();
        try (SoraSimulator simulator = SoraSimulator.start();
                TestWorker one = TestWorker.start(database.url(), simulator.baseUrl(), LEASE);
                TestWorker other = TestWorker.start(database.url(), simulator.baseUrl(), LEASE)) {
            one.ready();
            other.ready();
            for (String key : keys) {
                one.order(key);
                other.order(key);
            }
            for (String key : keys) {
                assertThat(one.acknowledged(key)).as(key).startsWith("VIDEO ").isEqualTo(other.acknowledged(key));
            }
            assertThat(simulator.tasks().stream().map(SimulatedTask::prompt)).as("what was paid for")
                    .containsExactlyInAnyOrderElementsOf(keys.stream().map(WorkerProcess::prompt).toList());
            assertThat(simulator.paidRequests()).isEqualTo(KEYS);
        }
    }
}
