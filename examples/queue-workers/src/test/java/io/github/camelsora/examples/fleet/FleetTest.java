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
package io.github.camelsora.examples.fleet;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The example as its user runs it, with fewer orders. */
class FleetTest {

    @ParameterizedTest
    @EnumSource(Way.class)
    void aKilledWorkerCostsNoVideoAndNoSecondPayment(Way way) throws Exception {
        killOne(way, "");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "SORA_POSTGRESQL", matches = ".+", disabledReason = "There is no PostgreSQL: run the "
            + "tests as .ci/postgresql ./mvnw …, or set SORA_POSTGRESQL to a JDBC URL with user and password")
    void theSameOnPostgresql() throws Exception {
        killOne(Way.EARLY, System.getenv("SORA_POSTGRESQL"));
    }

    private static void killOne(Way way, String databaseUrl) throws Exception {
        FleetSettings settings = new FleetSettings(List.of(way), 2, 8, 1, 3, 3, Duration.ofSeconds(2), Duration.ofSeconds(4),
                Duration.ofSeconds(90), 1, "", databaseUrl, "", "");

        FleetReport report = Fleet.run(settings, way);

        assertThat(report.holds()).as(FleetReport.table(List.of(report))).isTrue();
        assertThat(report.kills()).isEqualTo(1);
        assertThat(report.videos() + report.lost()).isEqualTo(8);
    }

    @Test
    void aVideoThatIsPaidForTwiceOrMissingIsSaid() {
        assertThat(report(10, 10, 0, Map.of()).holds()).isTrue();
        assertThat(report(9, 10, 0, Map.of("order", "LOST: sent, no answer")).holds()).isTrue();
        assertThat(report(10, 10, 1, Map.of()).holds()).isFalse();
        assertThat(report(9, 10, 0, Map.of()).holds()).isFalse();
        assertThat(report(9, 10, 0, Map.of("order", "FAILED: moderation")).holds()).isFalse();
    }

    private static FleetReport report(int videos, int paid, int paidTwice, Map<String, String> failures) {
        return new FleetReport(Way.EARLY, 10, 1, videos, 0, paid, paidTwice, 0, failures, List.of(), 1);
    }
}
