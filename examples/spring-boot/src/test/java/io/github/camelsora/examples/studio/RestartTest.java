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
package io.github.camelsora.examples.studio;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The studio stops and starts again, while a gateway outside goes on. */
class RestartTest {

    @RegisterExtension
    final SoraSimulatorExtension gateway = new SoraSimulatorExtension();

    @TempDir
    Path home;

    @Test
    void restartKeepsTheListAndResumesRunningTasksWithoutPayingAgain() throws Exception {
        Gate gate = new Gate();
        try (ConfigurableApplicationContext studio = start()) {
            order(studio, "done before");
            awaitStage(studio, "done before", "COMPLETED");
            gateway.simulator().answer(Answer.success().holdAt(61, gate));
            order(studio, "still running");
            awaitProgress(studio, "still running", 61);
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertThat(row(studio, "done before")).containsEntry("stage", "COMPLETED").containsEntry("changeable", true);
            awaitStage(studio, "still running", "RECOVERING");
            gate.open();
            awaitStage(studio, "still running", "COMPLETED");
            Awaitility.await().untilAsserted(() -> assertThat(row(studio, "still running")).containsEntry("changeable", true));
            assertThat(row(studio, "still running").get("videoUrl").toString()).startsWith(gateway.simulator().baseUrl());
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void orderWithoutTaskIdIsInterruptedAfterACrashAndNotSentAgain() throws Exception {
        try (ConfigurableApplicationContext studio = start()) {
            gateway.simulator().answer(Answer.success().holdAt(Point.ACCEPTED, new Gate()));
            order(studio, "not even accepted");
            Awaitility.await().until(() -> gateway.simulator().paidRequests() == 1);
            order(studio, "done");
            awaitStage(studio, "done", "COMPLETED");
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertThat(row(studio, "not even accepted")).containsEntry("stage", "INTERRUPTED");
            // The state of the database after a power failure, before any task id was known.
            studio.getBean(JdbcTemplate.class).update("update video set stage = 'GENERATING', task_id = null");
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertThat(studio.getBean(JdbcTemplate.class).queryForList("select \"stage\" from card", String.class))
                    .isEqualTo(List.of("INTERRUPTED", "INTERRUPTED"));
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void listOfAnEarlierVersionIsKept() throws Exception {
        try (ConfigurableApplicationContext studio = start()) {
            order(studio, "before");
            awaitStage(studio, "before", "COMPLETED");
            // The result is written behind the event: the columns are changed after that.
            Awaitility.await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(row(studio, "before")).containsEntry("changeable", true));
            JdbcTemplate database = studio.getBean(JdbcTemplate.class);
            database.execute("drop view card");
            // Version 0.1 of the studio kept no pictures.
            database.execute("alter table video drop column image");
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertThat(row(studio, "before")).containsEntry("stage", "COMPLETED").containsEntry("pictured", false);
            order(studio, "after");
            awaitStage(studio, "after", "COMPLETED");
        }
    }

    private ConfigurableApplicationContext start() {
        return new SpringApplicationBuilder(StudioApplication.class).profiles("gateway").run("--server.port=0",
                "--studio.home=" + home, "--SORA_GATEWAY=goapi", "--SORA_API_KEY=secret", "--camel.main.shutdown-timeout=2",
                "--camel.component.sora.base-url=" + gateway.simulator().baseUrl(),
                "--camel.component.sora.recovery-delay=100ms");
    }

    private static void order(ConfigurableApplicationContext studio, String prompt) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + studio.getEnvironment().getProperty("local.server.port")
                + "/api/videos");
        String origin = "http://" + address.getAuthority();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json").header("Origin", origin)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"prompt\":\"" + prompt + "\",\"gateway\":\"goapi\"}")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static void awaitStage(ConfigurableApplicationContext studio, String prompt, String stage) {
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(row(studio, prompt)).containsEntry("stage", stage));
    }

    private static void awaitProgress(ConfigurableApplicationContext studio, String prompt, int percent) {
        Awaitility.await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(row(studio, prompt)).containsEntry("progress", percent));
    }

    private static Map<String, Object> row(ConfigurableApplicationContext studio, String prompt) {
        return studio.getBean(JdbcTemplate.class).queryForMap("select * from card where \"prompt\" = ?", prompt);
    }
}
