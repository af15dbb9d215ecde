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
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;

import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.VideoAnswer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Films and pictures that the studio itself serves. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:film", "studio.simulator.port=0", "studio.simulator.duration=100ms" })
@ActiveProfiles("simulator")
@DirtiesContext
class FilmTest {

    private static final byte[] PICTURE = { 1, 2, 3, -1 };

    private final HttpClient client = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;
    @Autowired
    private SoraSimulator simulator;
    @Autowired
    private JdbcTemplate database;

    @Test
    void filmIsAnAttachmentWithTheNameOfItsPrompt() throws Exception {
        // The connection breaks once: the rest is fetched.
        simulator.answer(Answer.success().videoAnswers(VideoAnswer.cutAfter(1000), VideoAnswer.video()));
        String id = made("Two foxes, \\\"at dawn\\\"\\r\\nX-Evil: 1 " + "x".repeat(100));
        HttpResponse<byte[]> film = get("/api/videos/" + id + "/film");
        assertThat(film.statusCode()).isEqualTo(200);
        assertThat(film.headers().firstValue("content-type")).hasValue("video/mp4");
        assertThat(film.headers().firstValue("content-disposition").orElseThrow())
                .matches("attachment; filename=\"two-foxes-at-dawn-x-evil-1-x+\\.mp4\"").hasSizeLessThan(100);
        assertThat(film.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(film.headers().firstValue("x-evil")).isEmpty();
        assertThat(film.body()).isEqualTo(get(URI.create(database.queryForObject("select video_url from video where id = ?",
                String.class, id))).body());
    }

    @Test
    void filmThatTheGatewayDoesNotGiveIsSaidInASentence() throws Exception {
        simulator.answer(Answer.success().videoAnswers(VideoAnswer.html()));
        HttpResponse<byte[]> film = get("/api/videos/" + made("a page") + "/film");
        assertThat(film.statusCode()).isEqualTo(502);
        assertThat(film.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
        assertThat(film.headers().firstValue("content-disposition")).isEmpty();
        assertThat(new String(film.body())).startsWith("This film cannot be fetched (BAD_ANSWER).");
    }

    @Test
    void pictureIsServedAsWhatItIs() throws Exception {
        HttpResponse<byte[]> picture = get("/api/videos/" + made("a picture") + "/picture");
        assertThat(picture.statusCode()).isEqualTo(200);
        assertThat(picture.headers().firstValue("content-type")).hasValue("image/webp");
        assertThat(picture.headers().firstValue("x-content-type-options")).hasValue("nosniff");
        assertThat(picture.body()).isEqualTo(PICTURE);
    }

    private String made(String prompt) throws IOException {
        String id = new RawHttp(port).order("/api/videos", "{\"gateway\":\"simulator\",\"prompt\":\"" + prompt
                + "\",\"image\":\"data:image/webp;base64," + Base64.getEncoder().encodeToString(PICTURE) + "\"}").id();
        Awaitility.await().untilAsserted(() -> assertThat(database.queryForObject("select stage from video where id = ?",
                String.class, id)).isEqualTo("COMPLETED"));
        return id;
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return get(URI.create("http://127.0.0.1:" + port + path));
    }

    private HttpResponse<byte[]> get(URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
