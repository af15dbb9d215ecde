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
import java.util.List;
import java.util.Map;

import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.SoraSimulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/** A video that was refused is tried again, with its picture. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:again", "studio.simulator.port=0", "studio.simulator.duration=100ms" })
@ActiveProfiles("simulator")
@DirtiesContext
class TryAgainTest {

    /** 3 MB of picture. */
    private static final String PICTURE = "data:image/png;base64," + "iVBORw0KGgoA".repeat(340_000);

    @LocalServerPort
    private int port;
    @Autowired
    private SoraSimulator simulator;
    @Autowired
    private JdbcTemplate database;

    @Test
    void pictureIsSentAgainAndKeptUntilTheVideoIsDeleted() throws IOException {
        simulator.answer(Answer.status(429));
        String id = order();
        awaitStage(id, "FAILED");
        assertThat(hasPicture(id)).isTrue();

        again(id);
        awaitStage(id, "COMPLETED");
        assertThat(orders()).hasSize(2).allSatisfy(body -> assertThat(body).contains(PICTURE));
        assertThat(hasPicture(id)).isTrue();

        // There is nothing to try again any more.
        again(id);
        assertThat(orders()).hasSize(2);

        String copy = act("repeat", id).id();
        awaitStage(copy, "COMPLETED");
        assertThat(orders()).hasSize(3).allSatisfy(body -> assertThat(body).contains(PICTURE));

        act("delete", id);
        assertThat(database.queryForObject("select count(*) from video where id = ?", Integer.class, id)).isZero();
        assertThat(hasPicture(copy)).isTrue();
    }

    @Test
    void whatIsTriedAgainTwiceAtOnceIsPaidForOnce() throws IOException {
        simulator.answer(Answer.status(429));
        String id = order();
        awaitStage(id, "FAILED");
        int paid = simulator.paidRequests();
        Gate gate = new Gate();
        simulator.answerAlways(Answer.success().holdAt(61, gate));
        again(id);
        // As if the card had still been refused for the second one.
        database.update("update video set outcome = 'REFUSED' where id = ?", id);
        again(id);
        Awaitility.await().untilAsserted(() -> assertThat(card(id)).containsEntry("progress", 61));
        gate.open();
        awaitStage(id, "COMPLETED");
        assertThat(simulator.paidRequests()).isEqualTo(paid + 1);
    }

    private String order() throws IOException {
        RawHttp.Answer answer = new RawHttp(port).order("/api/videos",
                "{\"gateway\":\"simulator\",\"prompt\":\"a boat\",\"image\":\"" + PICTURE + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.id();
    }

    private void again(String id) throws IOException {
        act("again", id);
    }

    private RawHttp.Answer act(String action, String id) throws IOException {
        RawHttp.Answer answer = new RawHttp(port).order("/api/videos/" + action, "{\"id\":\"" + id + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private void awaitStage(String id, String stage) {
        Awaitility.await().untilAsserted(() -> assertThat(card(id)).containsEntry("stage", stage));
    }

    private Map<String, Object> card(String id) {
        return database.queryForMap("select * from card where \"id\" = ?", id);
    }

    private boolean hasPicture(String id) {
        String count = "select count(image) from video where id = ?";
        return database.queryForObject(count, Integer.class, id) == 1;
    }

    private List<String> orders() {
        return simulator.requests().stream().filter(request -> request.path().equals("/v1/chat/completions"))
                .map(request -> request.body()).toList();
    }
}
