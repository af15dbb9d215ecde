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

/** A video that was refused is ordered again, with its picture. */
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
    void pictureIsSentAgainAndKeptUntilTheVideoIsThere() throws IOException {
        simulator.answer(Answer.status(429));
        order("\"prompt\":\"first\",\"image\":\"" + PICTURE + "\"");
        Map<String, Object> first = awaitStage("first", "FAILED");
        assertThat(first).containsEntry("pictured", true);

        order("\"prompt\":\"second\",\"imageOf\":\"" + first.get("id") + "\"");
        Map<String, Object> second = awaitStage("second", "COMPLETED");
        assertThat(orders()).hasSize(2).allSatisfy(body -> assertThat(body).contains(PICTURE));
        // It cannot be ordered again any more.
        assertThat(second).containsEntry("pictured", false);

        // The picture is gone: it is better to ask than to buy a video without it.
        RawHttp.Answer third = new RawHttp(port).order("/api/videos",
                "{\"gateway\":\"simulator\",\"prompt\":\"third\",\"imageOf\":\"" + second.get("id") + "\"}");
        assertThat(third.status()).isEqualTo(400);
        assertThat(third.body()).contains("The picture is not there any more. Add it again.");
        assertThat(orders()).hasSize(2);
    }

    private void order(String fields) throws IOException {
        RawHttp.Answer answer = new RawHttp(port).order("/api/videos", "{\"gateway\":\"simulator\"," + fields + "}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Map<String, Object> awaitStage(String prompt, String stage) {
        Awaitility.await().untilAsserted(() -> assertThat(card(prompt)).containsEntry("stage", stage));
        return card(prompt);
    }

    private Map<String, Object> card(String prompt) {
        return database.queryForMap("select * from card where \"prompt\" = ?", prompt);
    }

    private List<String> orders() {
        return simulator.requests().stream().filter(request -> request.path().equals("/v1/chat/completions"))
                .map(request -> request.body()).toList();
    }
}
