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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import io.github.camelsora.examples.studio.RawHttp.Answer;
import io.github.camelsora.test.SoraSimulator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Bodies that are no order are answered with 400 and a sentence, and leave nothing behind. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:bad", "studio.simulator.port=0" })
@ActiveProfiles("simulator")
@DirtiesContext
class BadBodyTest {

    private static final String NO_JSON = "The body must be JSON as the page sends it.";
    /** They need the id of a video. */
    private static final List<String> ACTIONS = List.of("/api/videos/again", "/api/videos/repeat", "/api/videos/cancel",
            "/api/videos/delete");
    private static final String UNKNOWN = "There is no such video.";

    @LocalServerPort
    private int port;
    @Autowired
    private SoraSimulator simulator;
    @Autowired
    private JdbcTemplate database;

    private RawHttp http;

    @BeforeEach
    void start() {
        http = new RawHttp(port);
    }

    @AfterEach
    void nothingWasOrdered() {
        assertThat(database.queryForObject("select count(*) from video", Integer.class)).isZero();
        assertThat(simulator.chatRequests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "", " ", "null", "[]", "[1]", "5", "\"a boat\"", "{", "a boat", "{\"prompt\":{}}",
            "{\"prompt\":[\"a boat\"]}", "{\"who\":\"knows\"}", "{\"prompt\":\"a \u0000 boat\"}", "<order/>" })
    void bodiesThatAreNoOrder(String body) throws IOException {
        assertBad("/api/videos", body, NO_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "[]", "[1]", "5", "\"id\"", "{", "{\"id\":{}}", "{\"id\":[1]}", "{\"who\":\"knows\"}" })
    void bodiesThatNameNoVideo(String body) throws IOException {
        for (String path : ACTIONS) {
            assertBad(path, body, NO_JSON);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "null", "{}", "{\"id\":null}", "{\"id\":\"\"}", "{\"id\":\"no-such-video\"}", "{\"id\":5}" })
    void unknownVideos(String body) throws IOException {
        for (String path : ACTIONS) {
            assertBad(path, body, UNKNOWN);
        }
    }

    @Test
    void filmsAndPicturesThatAreNotThere() throws IOException {
        Answer film = http.get("/api/videos/no-such-video/film", "Host: " + http.host());
        assertThat(film.status()).isEqualTo(400);
        assertThat(film.body()).contains(UNKNOWN);
        Answer picture = http.get("/api/videos/no-such-video/picture", "Host: " + http.host());
        assertThat(picture.status()).isEqualTo(404);
        assertThat(picture.body()).contains("There is no such picture.");
    }

    @Test
    void bytesThatAreNoText() throws IOException {
        for (String path : Stream.concat(Stream.of("/api/videos"), ACTIONS.stream()).toList()) {
            byte[] body = "{\"prompt\":\"a b?at\"}".getBytes(StandardCharsets.US_ASCII);
            body[14] = (byte) 0xff;
            Answer answer = http.post(path, body, "Host: " + http.host(), "Origin: http://" + http.host(),
                    "Content-Type: application/json");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains(NO_JSON);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "{} | Describe the video first.",
            "{\"prompt\":\" \",\"gateway\":\"simulator\"} | Describe the video first.",
            "{\"prompt\":\"a boat\"} | There is no such gateway; choose one of simulator.",
            "{\"prompt\":\"a boat\",\"gateway\":\"simulator?apiKey=x\"} | There is no such gateway; choose one of simulator.",
            "{\"prompt\":\"a boat\",\"gateway\":\"simulator\",\"image\":\"https://x/y.png\"} "
                    + "| The picture must be a PNG, JPEG, WebP or GIF file.",
            "{\"prompt\":\"a boat\",\"gateway\":\"simulator\",\"remixOf\":\"no-such-video\"} | There is no such video.",
            "{\"prompt\":\"a boat\",\"gateway\":\"simulator\",\"remixOf\":\"1234567890123456789012345678901234567\"} "
                    + "| There is no such video." })
    void ordersThatCannotBeTaken(String body, String sentence) throws IOException {
        assertBad("/api/videos", body, sentence);
    }

    private void assertBad(String path, String body, String sentence) throws IOException {
        Answer answer = http.order(path, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.headers().get("content-type")).startsWith("text/plain");
        assertThat(answer.body()).contains(sentence).doesNotContain("Exception", "java", "Source");
    }
}
