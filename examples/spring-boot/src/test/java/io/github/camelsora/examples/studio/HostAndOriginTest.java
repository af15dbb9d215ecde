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
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.examples.studio.RawHttp.Answer;
import io.github.camelsora.test.SoraSimulator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages of other sites can neither order videos nor read the list, also not with DNS rebinding. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:host", "studio.simulator.port=0", "studio.simulator.duration=100ms",
        "server.address=127.0.0.1", "studio.hosts=studio.example.com,Other.Example.Com:1234" })
@ActiveProfiles("simulator")
@DirtiesContext
class HostAndOriginTest {

    private static final byte[] ORDER = "{\"prompt\":\"a paper boat\",\"gateway\":\"simulator\"}"
            .getBytes(StandardCharsets.UTF_8);

    @LocalServerPort
    private int port;
    @Autowired
    private SoraSimulator simulator;

    private RawHttp http;
    private int orders;
    private int sentBefore;

    @BeforeEach
    void countOrders() {
        http = new RawHttp(port);
        sentBefore = simulator.chatRequests();
    }

    @AfterEach
    void onlyAcceptedOrdersWereSent() {
        Awaitility.await().untilAsserted(
                () -> assertThat(simulator.chatRequests()).isEqualTo(sentBefore + orders));
    }

    @ParameterizedTest
    @ValueSource(strings = { "/", "/index.html", "/studio.js", "/api/events", "/api/videos", "/nothing", "/error" })
    void dnsRebindingIsRefusedOnEveryPath(String path) throws IOException {
        Answer answer = http.get(path, "Host: attacker.example:" + port);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("attacker.example:" + port, "--studio.hosts");
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost.attacker.example:PORT", "127.0.0.1.attacker.example:PORT", "attacker.example",
            "localhost", "localhost:1", "localhost:1PORT", "other.example.com", "", "10.0.0.1:PORT" })
    void otherHostsAreRefused(String host) throws IOException {
        assertThat(http.get("/", "Host: " + port(host)).status()).isEqualTo(403);
    }

    @Test
    void requestWithoutHostIsRefused() throws IOException {
        assertThat(http.send("GET / HTTP/1.0", null).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = { "localhost:PORT", "LocalHost:PORT", "127.0.0.1:PORT", "[::1]:PORT", "studio.example.com",
            "studio.example.com:PORT", "other.example.com:1234" })
    void thisMachineAndConfiguredHostsAreAnswered(String host) throws IOException {
        assertThat(http.get("/", "Host: " + port(host)).status()).isEqualTo(200);
        assertThat(http.get("/api/events", "Host: " + port(host)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = { "Origin: http://127.0.0.1:PORT", "Sec-Fetch-Site: same-origin",
            "Origin: https://127.0.0.1:PORT" })
    void ordersOfThePageAreTaken(String header) throws IOException {
        assertThat(order(header).status()).isEqualTo(200);
        orders = 1;
    }

    @ParameterizedTest
    @ValueSource(strings = { "Origin: http://attacker.example", "Origin: null", "Origin: http://127.0.0.1:1",
            "Origin: http://localhost:PORT", "Origin: file://127.0.0.1:PORT", "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site", "Sec-Fetch-Site: none", "X-No: origin at all",
            "Origin: http://attacker.example\r\nSec-Fetch-Site: same-origin" })
    void ordersOfOtherSitesAreRefused(String headers) throws IOException {
        Answer answer = order(headers);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).isEqualTo("Only the studio's own page may do this.");
    }

    @ParameterizedTest
    @ValueSource(strings = { "PUT", "DELETE", "PATCH", "OPTIONS" })
    void otherMethodsNeedAnOriginToo(String method) throws IOException {
        assertThat(http.send(method + " /api/videos HTTP/1.1", new byte[0], "Host: " + http.host()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = { "Origin: http://attacker.example", "Origin: null", "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site" })
    void otherSitesCannotOpenTheEventStreamNorFilmsNorPictures(String header) throws IOException {
        for (String path : List.of("/api/events", "/api/videos/1/film", "/api/videos/1/picture")) {
            assertThat(http.get(path, "Host: " + http.host(), header).status()).as(path).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "again", "repeat", "cancel", "delete" })
    void otherSitesCannotChangeWhatIsThere(String action) throws IOException {
        Answer answer = http.post("/api/videos/" + action, "{\"id\":\"1\"}".getBytes(StandardCharsets.UTF_8),
                "Host: " + http.host(), "Content-Type: application/json", "Origin: http://attacker.example");
        assertThat(answer.status()).isEqualTo(403);
    }

    @Test
    void linksOfOtherSitesToThePageWork() throws IOException {
        assertThat(http.get("/", "Host: " + http.host(), "Sec-Fetch-Site: cross-site").status()).isEqualTo(200);
    }

    private Answer order(String headers) throws IOException {
        List<String> all = new ArrayList<>(List.of("Host: " + http.host(), "Content-Type: application/json"));
        all.add(port(headers));
        return http.post("/api/videos", ORDER, all.toArray(String[]::new));
    }

    private String port(String text) {
        return text.replace("PORT", String.valueOf(port));
    }
}
