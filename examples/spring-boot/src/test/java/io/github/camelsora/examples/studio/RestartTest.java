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

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelsora.task.JdbcTaskRepository;
import io.github.camelsora.task.SoraTaskState;
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
        String before;
        try (ConfigurableApplicationContext studio = start()) {
            before = order(studio, "done before");
            awaitStage(studio, "done before", "COMPLETED");
            gateway.simulator().answer(Answer.success().holdAt(61, gate));
            order(studio, "still running");
            awaitProgress(studio, "still running", 61);
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertThat(row(studio, "done before")).containsEntry("stage", "COMPLETED");
            // The stop has given its claim back: nobody waits until it expires.
            awaitStage(studio, "still running", "GENERATING");
            awaitProgress(studio, "still running", 61);
            gate.open();
            awaitStage(studio, "still running", "COMPLETED");
            assertThat(row(studio, "still running").get("videoUrl").toString()).startsWith(gateway.simulator().baseUrl());
            assertThat(gateway.simulator().paidRequests()).isEqualTo(2);

            post(studio, "{\"prompt\":\"changed\",\"remixOf\":\"" + before + "\"}", 200);
            awaitStage(studio, "changed", "COMPLETED");
            assertThat(gateway.simulator().paidRequests()).isEqualTo(3);
        }
    }

    @Test
    void orderWithoutTaskIdIsLostAfterAStopAndNotSentAgain() throws Exception {
        String id;
        try (ConfigurableApplicationContext studio = start()) {
            gateway.simulator().answer(Answer.success().holdAt(Point.ACCEPTED, new Gate()));
            id = order(studio, "not even accepted");
            Awaitility.await().until(() -> gateway.simulator().paidRequests() == 1);
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertLost(studio, "not even accepted");
            post(studio, "/again", "{\"id\":\"" + id + "\"}", 200);
            order(studio, "done");
            awaitStage(studio, "done", "COMPLETED");
            assertLost(studio, "not even accepted");
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void killBeforeTheRequestOrBehindTheResultLeavesNoCardWithoutAnEnd() throws Exception {
        try (ConfigurableApplicationContext studio = start()) {
            order(studio, "just done");
            awaitStage(studio, "just done", "COMPLETED");
            JdbcTemplate database = studio.getBean(JdbcTemplate.class);
            // The result is stored, and its event has not reached the card.
            database.update("update video set stage = 'GENERATING', video_url = null");
            // The order was confirmed, and nothing more.
            database.update("insert into video (id, prompt, gateway, changed) values ('4711', 'just ordered', 'goapi', 0)");
        }
        try (ConfigurableApplicationContext studio = start()) {
            awaitStage(studio, "just done", "COMPLETED");
            awaitStage(studio, "just ordered", "COMPLETED");
            assertThat(row(studio, "just done").get("videoUrl")).isNotNull();
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void listOfAnEarlierVersionIsKeptAndNothingOfItIsSentAgain() throws Exception {
        try (ConfigurableApplicationContext studio = start()) {
            order(studio, "before");
            awaitStage(studio, "before", "COMPLETED");
            JdbcTemplate database = studio.getBean(JdbcTemplate.class);
            // Version 0.1 of the studio kept no pictures, and no tasks.
            database.execute("drop view card");
            database.execute("alter table video drop column image");
            database.execute("alter table video alter column changed rename to ended");
            database.update("insert into video (id, prompt, gateway) values ('1', 'sent before', 'goapi')");
            database.update("insert into video (id, prompt, gateway, stage, ended) "
                    + "values ('2', 'stopped before', 'goapi', 'INTERRUPTED', 1)");
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertThat(row(studio, "before")).containsEntry("stage", "COMPLETED");
            assertLost(studio, "sent before");
            assertLost(studio, "stopped before");
            order(studio, "after");
            awaitStage(studio, "after", "COMPLETED");
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void videoIsChangedByTheGatewayThatMadeIt() throws Exception {
        String other = "--camel.component.sora.gateways.other.";
        String[] gateways = { other + "base-url=" + gateway.simulator().baseUrl(), other + "api-key=another",
                other + "model=sora-2" };
        String id;
        try (ConfigurableApplicationContext studio = start(gateways)) {
            id = post(studio, "{\"prompt\":\"a cow\",\"gateway\":\"other\"}", 200).id();
            awaitStage(studio, "a cow", "COMPLETED");
            String change = "\"prompt\":\"with a halo\",\"remixOf\":\"" + id + "\"";
            assertThat(post(studio, "{\"gateway\":\"goapi\"," + change + "}", 400).body())
                    .contains("The gateway other made this video, and no other can change it.");
            post(studio, "{" + change + "}", 200);
            awaitStage(studio, "with a halo", "COMPLETED");
            assertThat(row(studio, "with a halo")).containsEntry("gateway", "other");
        }
        try (ConfigurableApplicationContext studio = start()) {
            assertThat(post(studio, "{\"prompt\":\"at night\",\"remixOf\":\"" + id + "\"}", 400).body())
                    .contains("The gateway other made this video. Start the studio with it to change it.");
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void whatWasCancelledStaysCancelledAfterARestartUntilSomebodyLooksForIt() throws Exception {
        Gate gate = new Gate();
        String id;
        try (ConfigurableApplicationContext studio = start()) {
            gateway.simulator().answer(Answer.success().holdAt(61, gate));
            id = order(studio, "not wanted any more");
            awaitProgress(studio, "not wanted any more", 61);
            assertThat(post(studio, "/delete", named(id), 400).body()).contains("Cancel it first.");
            post(studio, "/cancel", named(id), 200);
            awaitStage(studio, "not wanted any more", "FAILED");
            assertLost(studio, "not wanted any more");
            assertThat(post(studio, "/cancel", named(id), 400).body()).contains("nothing to cancel");
            assertThat(tasks(studio).find(id)).isPresent();
        }
        gate.open();
        try (ConfigurableApplicationContext studio = start()) {
            // Nobody takes it up: the studio has noted in the repository that it was given up.
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(tasks(studio).find(id))
                    .hasValueSatisfying(stored -> assertThat(stored.task().state()).isEqualTo(SoraTaskState.LOST)));
            assertLost(studio, "not wanted any more");
            assertThat(row(studio, "not wanted any more")).containsEntry("category", "CANCELLED");
            post(studio, "/again", named(id), 200);
            awaitStage(studio, "not wanted any more", "COMPLETED");
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void cancelThatAKillCutShortIsFinishedAtTheNextStartAndNothingIsSent() throws Exception {
        try (ConfigurableApplicationContext studio = start()) {
            studio.getBean(JdbcTemplate.class).update("insert into video (id, prompt, gateway, changed, cancelled) "
                    + "values ('4712', 'cancelled at once', 'goapi', 0, true)");
        }
        try (ConfigurableApplicationContext studio = start()) {
            awaitStage(studio, "cancelled at once", "FAILED");
            assertThat(row(studio, "cancelled at once")).containsEntry("category", "CANCELLED")
                    .containsEntry("outcome", "REFUSED").containsEntry("possiblyCharged", false);
        }
        assertThat(gateway.simulator().chatRequests()).isZero();
    }

    @Test
    void deletionThatAKillCutShortIsFinishedAtTheNextStart() throws Exception {
        String id;
        try (ConfigurableApplicationContext studio = start()) {
            id = order(studio, "not needed");
            awaitStage(studio, "not needed", "COMPLETED");
            order(studio, "needed");
            awaitStage(studio, "needed", "COMPLETED");
            studio.getBean(JdbcTemplate.class).update("update video set stage = 'DELETED' where id = ?", id);
        }
        try (ConfigurableApplicationContext studio = start()) {
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(studio.getBean(JdbcTemplate.class)
                    .queryForList("select prompt from video", String.class)).containsExactly("needed"));
            assertThat(tasks(studio).find(id)).isEmpty();
        }
        assertThat(gateway.simulator().paidRequests()).isEqualTo(2);
    }

    private static JdbcTaskRepository tasks(ConfigurableApplicationContext studio) {
        return studio.getBean(JdbcTaskRepository.class);
    }

    private static String named(String id) {
        return "{\"id\":\"" + id + "\"}";
    }

    private ConfigurableApplicationContext start(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--studio.home=" + home, "--SORA_GATEWAY=goapi",
                "--SORA_API_KEY=secret", "--camel.main.shutdown-timeout=2",
                "--camel.component.sora.base-url=" + gateway.simulator().baseUrl(),
                "--camel.component.sora.recovery-delay=100ms"));
        arguments.addAll(List.of(more));
        return new SpringApplicationBuilder(StudioApplication.class).profiles("gateway").run(arguments.toArray(String[]::new));
    }

    private static String order(ConfigurableApplicationContext studio, String prompt) throws IOException {
        return post(studio, "{\"prompt\":\"" + prompt + "\",\"gateway\":\"goapi\"}", 200).id();
    }

    private static RawHttp.Answer post(ConfigurableApplicationContext studio, String body, int status) throws IOException {
        return post(studio, "", body, status);
    }

    private static RawHttp.Answer post(ConfigurableApplicationContext studio, String path, String body, int status)
            throws IOException {
        int port = Integer.parseInt(studio.getEnvironment().getProperty("local.server.port"));
        RawHttp.Answer answer = new RawHttp(port).order("/api/videos" + path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer;
    }

    private static void assertLost(ConfigurableApplicationContext studio, String prompt) {
        assertThat(row(studio, prompt)).containsEntry("stage", "FAILED").containsEntry("outcome", "LOST")
                .containsEntry("possiblyCharged", true);
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
