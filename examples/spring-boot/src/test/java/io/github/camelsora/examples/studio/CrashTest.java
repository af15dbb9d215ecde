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

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/** The process of the studio is killed. */
class CrashTest {

    private static final Pattern ADDRESS = Pattern.compile("The studio is at http://localhost:(\\d+)");
    private static final Pattern PROMPT = Pattern.compile("video \\d+");
    private static final int ORDERS = 20;
    private static final int LOST = 5;
    private static final int JUST_ORDERED = 5;

    @RegisterExtension
    final SoraSimulatorExtension gateway = new SoraSimulatorExtension();

    @TempDir
    Path home;

    /** Of 20 orders 5 have no answer yet, 5 are running, 5 are done, and 5 are just ordered. */
    @Test
    void everyConfirmedOrderEndsAfterAKillAndNoneIsPaidTwice() throws Exception {
        SoraSimulator simulator = gateway.simulator();
        Gate running = new Gate();
        for (int i = 0; i < LOST; i++) {
            simulator.answer(Answer.success().holdAt(Point.ACCEPTED, new Gate()), Answer.success().holdAt(61, running));
        }
        List<String> confirmed = new ArrayList<>();
        Process killed = start();
        try {
            int port = awaitStarted(killed);
            order(port, ORDERS - JUST_ORDERED, confirmed);
            await().untilAsserted(() -> assertThat(cards(port)).filteredOn(card -> card.path("progress").asInt() >= 61)
                    .extracting(card -> card.get("progress").asInt()).containsOnly(61, 100).hasSize(ORDERS - 2 * LOST));
            order(port, JUST_ORDERED, confirmed);
        } finally {
            killed.destroyForcibly().waitFor();
        }
        running.open();
        try (ConfigurableApplicationContext studio = new SpringApplicationBuilder(StudioApplication.class).profiles("gateway")
                .run(arguments())) {
            JdbcTemplate database = studio.getBean(JdbcTemplate.class);
            await().untilAsserted(() -> assertThat(database.queryForList("select \"stage\" from card", String.class))
                    .containsOnly("COMPLETED", "FAILED"));
            assertThat(database.queryForList("select prompt from video order by number", String.class))
                    .containsExactlyElementsOf(confirmed);
            assertThat(database.queryForList("select * from card where \"stage\" = 'FAILED'"))
                    .allSatisfy(card -> assertThat(card).containsEntry("outcome", "LOST")
                            .containsEntry("possiblyCharged", true).containsEntry("taskId", null));
            assertThat(lost(database, confirmed.subList(0, ORDERS - JUST_ORDERED))).hasSize(LOST);
            assertThat(sent()).doesNotHaveDuplicates().containsAll(
                    database.queryForList("select prompt from video where stage = 'COMPLETED'", String.class));
            assertThat(simulator.paidRequests()).isLessThanOrEqualTo(ORDERS);
        }
    }

    private static void order(int port, int count, List<String> confirmed) throws IOException {
        for (int i = 0; i < count; i++) {
            String prompt = "video " + confirmed.size();
            assertThat(new RawHttp(port).order("/api/videos", "{\"prompt\":\"" + prompt + "\",\"gateway\":\"goapi\"}")
                    .status()).isEqualTo(200);
            confirmed.add(prompt);
        }
    }

    /** What a page shows that opens now. */
    private static JsonNode cards(int port) throws Exception {
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/events")).build();
        try (Stream<String> lines = HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofLines()).body()) {
            String list = lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
            return new ObjectMapper().readTree(list.substring("data: ".length())).get("videos");
        }
    }

    private static List<String> lost(JdbcTemplate database, List<String> prompts) {
        return database.queryForList("select prompt from video where outcome = 'LOST'", String.class).stream()
                .filter(prompts::contains).toList();
    }

    /** The prompts of all orders that the gateway got. */
    private List<String> sent() {
        return gateway.simulator().requests().stream().filter(request -> request.path().equals("/v1/chat/completions"))
                .flatMap(request -> PROMPT.matcher(request.body()).results()).map(MatchResult::group).toList();
    }

    private String[] arguments() {
        return new String[] { "--server.port=0", "--studio.home=" + home, "--studio.lease=2s", "--SORA_GATEWAY=goapi",
                "--SORA_API_KEY=secret", "--camel.component.sora.base-url=" + gateway.simulator().baseUrl(),
                "--camel.component.sora.recovery-delay=100ms" };
    }

    private Process start() throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", classPath, StudioApplication.class.getName()));
        command.addAll(List.of(arguments()));
        ProcessBuilder java = new ProcessBuilder(command);
        java.environment().putAll(Map.of("SORA_GATEWAY", "goapi", "SORA_API_KEY", "secret"));
        return java.redirectErrorStream(true).start();
    }

    /** Reads the log until the studio has started, and returns its port. */
    private static int awaitStarted(Process studio) throws IOException {
        BufferedReader log = new BufferedReader(new InputStreamReader(studio.getInputStream(), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        int port = 0;
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            lines.add(line);
            Matcher address = ADDRESS.matcher(line);
            if (address.find()) {
                port = Integer.parseInt(address.group(1));
            } else if (line.contains("Started StudioApplication")) {
                return port;
            }
        }
        throw new AssertionError("The studio did not start:\n" + String.join("\n", lines));
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }
}
