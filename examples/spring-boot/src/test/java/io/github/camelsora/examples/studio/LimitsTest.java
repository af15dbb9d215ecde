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
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.examples.studio.RawHttp.Answer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Large bodies, many pages, and pages that do not read. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:limits", "studio.simulator.port=0", "studio.simulator.duration=100ms",
        "studio.max-pages=3", "studio.beat=200ms", "server.tomcat.threads.max=4",
        "server.tomcat.connection-timeout=1s" })
@ActiveProfiles("simulator")
@DirtiesContext
class LimitsTest {

    private static final String EVENTS = "GET /api/events HTTP/1.1";

    @LocalServerPort
    private int port;
    @Autowired
    private Browsers browsers;
    @Autowired
    private JdbcTemplate database;

    private RawHttp http;
    private final List<Socket> pages = new ArrayList<>();

    @BeforeEach
    void start() {
        http = new RawHttp(port);
    }

    @AfterEach
    void closePages() throws IOException {
        for (Socket page : pages) {
            page.close();
        }
        database.update("delete from video");
        await().untilAsserted(() -> assertThat(browsers.count()).isZero());
    }

    @Test
    void largeBodyIsRefusedBeforeItIsRead() throws IOException {
        try (Socket order = openOrder("Content-Length: " + 150 * 1024 * 1024)) {
            Answer answer = RawHttp.read(order);
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.body()).isEqualTo("This is too large: at most 12 MB.");
        }
    }

    @Test
    void bodyWithoutLengthIsRefusedBeforeItIsRead() throws IOException {
        try (Socket order = openOrder("Transfer-Encoding: chunked")) {
            assertThat(RawHttp.read(order).status()).isEqualTo(411);
        }
    }

    @Test
    void largestPictureOfThePageIsTaken() throws IOException {
        String picture = "A".repeat(8 * 1024 * 1024 / 3 * 4 + 4);
        Answer answer = http.order("/api/videos",
                "{\"prompt\":\"snow\",\"gateway\":\"simulator\",\"image\":\"data:image/png;base64," + picture + "\"}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(database.queryForObject("select stage from video", String.class))
                .isEqualTo("COMPLETED"));
    }

    @Test
    void onePageTooManyIsRefusedUntilAnotherCloses() throws IOException {
        for (int i = 0; i < 3; i++) {
            assertThat(RawHttp.read(openPage()).status()).isEqualTo(200);
        }
        Answer refused = RawHttp.read(openPage());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.headers()).containsKey("retry-after");
        assertThat(refused.body()).isEqualTo("3 pages are open already. Close one of them.");
        assertThat(browsers.count()).isEqualTo(3);

        pages.get(0).close();
        await().untilAsserted(() -> assertThat(RawHttp.read(openPage()).status()).isEqualTo(200));
    }

    @Test
    void pageThatCannotBeOpenedTakesNoRoom() throws IOException {
        database.execute("alter view card rename to away");
        try {
            for (int i = 0; i < 4; i++) {
                assertThat(RawHttp.read(openPage()).status()).isEqualTo(500);
            }
        } finally {
            database.execute("alter view away rename to card");
        }
        assertThat(RawHttp.read(openPage()).status()).isEqualTo(200);
    }

    @Test
    void pagesThatDoNotReadAreLetGoAndHoldNoThread() throws IOException {
        for (int i = 0; i < 500; i++) {
            database.update("insert into video (id, prompt, gateway, stage) values (?, ?, 'simulator', 'COMPLETED')", "id" + i,
                    "x".repeat(8000));
        }
        // More than the web server has threads.
        for (int i = 0; i < 6; i++) {
            openPage();
            await().until(() -> browsers.count() == 1);
            await().until(() -> browsers.count() == 0);
        }
        try (Socket visitor = http.open("GET / HTTP/1.1", null, "Host: " + http.host())) {
            visitor.setSoTimeout(5000);
            assertThat(RawHttp.read(visitor).status()).isEqualTo(200);
        }
        for (Socket page : pages) {
            assertThat(isClosed(page)).isTrue();
        }
    }

    /** Reads what was sent before, until the connection ends. */
    private static boolean isClosed(Socket page) throws IOException {
        page.setSoTimeout(5000);
        try {
            return page.getInputStream().readAllBytes().length > 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (SocketException e) {
            return true;
        }
    }

    private Socket openOrder(String length) throws IOException {
        return http.open("POST /api/videos HTTP/1.1", null, "Host: " + http.host(), "Origin: http://" + http.host(),
                "Content-Type: application/json", length);
    }

    private Socket openPage() throws IOException {
        Socket page = http.open(EVENTS, null, "Host: " + http.host());
        pages.add(page);
        return page;
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(30));
    }
}
