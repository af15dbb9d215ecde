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
package io.github.camelsora.test;

import java.net.ConnectException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.vertx.core.json.JsonObject;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class SoraSimulatorTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final SoraSimulator simulator = SORA.simulator();
    private final Client client = new Client(simulator);

    @Test
    void scriptedAnswersComeInOrderAndThenTheDefault() throws Exception {
        simulator.answer(Answer.status(429), Answer.failureText("input_moderation")).answer(Answer.chunks("data: third\n\n"));

        assertThat(client.generate("a dog").statusCode()).isEqualTo(429);
        assertThat(client.generate("a dog").body()).contains("input_moderation");
        assertThat(client.generate("a dog").body()).isEqualTo("data: third\n\n");
        assertThat(client.generate("a dog").body()).contains("Play online");
    }

    @Test
    void defaultAnswerCanBeReplaced() throws Exception {
        simulator.answerAlways(Answer.status(402)).answer(Answer.success());

        assertThat(client.generate("a dog").statusCode()).isEqualTo(200);
        assertThat(client.generate("a dog").statusCode()).isEqualTo(402);
        assertThat(client.generate("a dog").statusCode()).isEqualTo(402);
    }

    @ParameterizedTest
    @CsvSource({"401, 0", "402, 0", "403, 0", "404, 0", "429, 0", "307, 0", "500, 0", "503, 0",
            "408, 1", "499, 1", "502, 1", "504, 1", "524, 1"})
    void onlyAnswersThatProveThatNothingWasBoughtAreFree(int status, int paid) throws Exception {
        simulator.answer(Answer.status(status));

        assertThat(client.generate("a dog").statusCode()).isEqualTo(status);

        assertThat(simulator.paidRequests()).isEqualTo(paid);
        assertThat(simulator.tasks()).hasSize(paid);
        assertThat(simulator.chatRequests()).isEqualTo(1);
    }

    @Test
    void aServerErrorThatIsNotJsonMayHaveBeenPaid() throws Exception {
        simulator.answer(Answer.status(503, "<html>busy</html>", Map.of("Retry-After", "30", "Content-Type", "text/html")));

        var response = client.generate("a dog");

        assertThat(response.headers().firstValue("Retry-After")).hasValue("30");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(simulator.paidRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "not json", "{\"stream\":true}", "{\"model\":\"m\",\"stream\":true,\"messages\":[]}",
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}",
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"system\",\"content\":\"a\"}]}"})
    void whatIsNoChatRequestIsRefusedAndCostsNothing(String body) throws Exception {
        HttpRequest request = client.post(new JsonObject()).header("Authorization", "Bearer key")
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();

        var response = client.send(request);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new JsonObject(response.body()).getJsonObject("error").getString("type")).isEqualTo("invalid_request_error");
        assertThat(simulator.paidRequests()).isZero();
        assertThat(simulator.chatRequests()).isEqualTo(1);
    }

    @Test
    void requestsAreRecordedWithHeadersAndBody() throws Exception {
        JsonObject body = Client.body("a dog");
        client.send(client.post(body).header("X-API-KEY", "key").header("X-Twice", "a").header("X-Twice", "b").build());
        client.get(simulator.baseUrl() + "/cdn/some.mp4?signature=1");

        List<RecordedRequest> requests = simulator.requests();
        assertThat(requests).extracting(RecordedRequest::method).containsExactly("POST", "GET");
        assertThat(requests).extracting(RecordedRequest::path)
                .containsExactly("/v1/chat/completions", "/cdn/some.mp4?signature=1");
        assertThat(requests.get(0).headers()).containsEntry("x-api-key", "key").containsEntry("x-twice", "a, b");
        assertThat(new JsonObject(requests.get(0).body())).isEqualTo(body);
    }

    @Test
    void resetForgetsEverythingAndClosesOpenStreams() throws Exception {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(44, gate), Answer.status(500));
        var received = client.receiveAsync("a dog");
        gate.awaitReached(Client.LIMIT);
        assertThat(simulator.openStreams()).isEqualTo(1);

        simulator.reset();

        assertThat(received.join().breach()).isNotNull();
        await().atMost(Client.LIMIT).until(() -> simulator.openStreams() == 0);
        assertThat(simulator.requests()).isEmpty();
        assertThat(simulator.tasks()).isEmpty();
        assertThat(simulator.chatRequests()).isZero();
        assertThat(simulator.paidRequests()).isZero();
        assertThat(client.generate("a dog").statusCode()).isEqualTo(200);
    }

    @Test
    void aClosedPortRefusesConnectionsUntilItIsOpenedAgain() throws Exception {
        simulator.refuseConnections(true);

        assertThatThrownBy(() -> client.generate("a dog")).isInstanceOf(ConnectException.class);
        await().atMost(Client.LIMIT).until(() -> simulator.connections() == 0);

        simulator.refuseConnections(false);
        assertThat(client.generate("a dog").statusCode()).isEqualTo(200);
        assertThat(simulator.paidRequests()).isEqualTo(1);
    }

    @Test
    void tasksGoOnWhileThePortIsClosed() {
        simulator.answer(Answer.success().duration(Duration.ofMillis(500)));
        var received = client.receiveAsync("a dog");
        await().atMost(Client.LIMIT).until(() -> simulator.openStreams() == 1);

        simulator.refuseConnections(true);

        assertThat(received.join().breach()).isNotNull();
        await().atMost(Client.LIMIT).until(() -> simulator.tasks().get(0).state() == SimulatedTask.State.COMPLETED);
    }

    @Test
    void taskGoesOnAfterTheClientDisconnects() throws Exception {
        // The HTTP clients of other tests keep idle connections to the shared simulator.
        try (SoraSimulator own = SoraSimulator.start()) {
            assertTaskGoesOnAfterDisconnect(own, new Client(own));
        }
    }

    private static void assertTaskGoesOnAfterDisconnect(SoraSimulator simulator, Client client) throws Exception {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(61, gate));
        var stream = client.open("a dog").body();
        gate.awaitReached(Client.LIMIT);
        assertThat(simulator.tasks()).singleElement().satisfies(task -> {
            assertThat(task.state()).isEqualTo(SimulatedTask.State.GENERATING);
            assertThat(task.progress()).isEqualTo(61);
            assertThat(task.report()).endsWith("61..");
        });
        stream.close();
        await().atMost(Client.LIMIT).until(() -> simulator.openStreams() == 0 && simulator.connections() == 0);

        gate.open();

        await().atMost(Client.LIMIT).until(() -> simulator.tasks().get(0).state() == SimulatedTask.State.COMPLETED);
        JsonObject source = client.json(simulator.tasks().get(0).sourceUrl());
        assertThat(source.getString("content")).contains("[Play online▶️](" + simulator.tasks().get(0).videoUrl() + ")");
    }

    @Test
    void hundredsOfStreamsRunSideBySide() throws Exception {
        Gate gate = new Gate();
        simulator.answerAlways(Answer.success().holdAt(61, gate));
        var responses = IntStream.range(0, 250).mapToObj(i -> client.generateAsync("dog " + i)).toList();
        await().atMost(Client.LIMIT).until(() -> simulator.openStreams() == 250);
        assertThat(simulator.connections()).isGreaterThanOrEqualTo(250);

        gate.open();

        for (int i = 0; i < responses.size(); i++) {
            String report = Client.report(responses.get(i).join().body());
            assertThat(report).contains("\"dog " + i + "\"", "81..93..", "Play online");
        }
        assertThat(simulator.paidRequests()).isEqualTo(250);
        assertThat(simulator.tasks()).extracting(SimulatedTask::id).doesNotHaveDuplicates().hasSize(250);
        await().atMost(Client.LIMIT).until(() -> simulator.openStreams() == 0);
    }

    @Test
    void severalEventLoopsShareOnePort() throws Exception {
        try (SoraSimulator several = SoraSimulator.builder().eventLoops(3).start()) {
            Client other = new Client(several);
            several.refuseConnections(true).refuseConnections(false);
            var responses = IntStream.range(0, 30).mapToObj(i -> other.generateAsync("dog " + i)).toList();

            assertThat(responses).allSatisfy(response -> assertThat(response.join().body()).contains("[DONE]"));
            assertThat(several.paidRequests()).isEqualTo(30);
        }
    }

    @Test
    void aDurationIsSpreadOverTheGeneration() throws Exception {
        simulator.answer(Answer.success().progress(50).duration(Duration.ofMillis(600)));
        long start = System.nanoTime();

        client.generate("a dog");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    @Test
    void writeListenerIsToldOfEachChunkBeforeItIsWritten() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        WriteListener listener = (taskId, point, percent) -> heard.add(taskId + " " + point + " " + percent);
        try (SoraSimulator simulator = SoraSimulator.builder().onWrite(listener).start()) {
            List<String> payloads = Client.payloads(new Client(simulator).generate("a dog").body());

            String task = simulator.tasks().get(0).id();
            assertThat(heard).hasSameSizeAs(payloads).endsWith(task + " DONE -1")
                    .containsSubsequence(task + " SUBMITTED -1", task + " QUEUED -1", task + " null -1", task + " PROGRESS 44");
        }
    }

    @Test
    void stampedChunksCarryTheTimeOfWriting() throws Exception {
        try (SoraSimulator stamping = SoraSimulator.builder().stampChunks(true).eventLoops(2).start()) {
            List<String> payloads = Client.payloads(new Client(stamping).generate("a dog").body());

            List<Long> stamps = payloads.stream().filter(payload -> !payload.equals("[DONE]"))
                    .map(payload -> new JsonObject(payload).getLong("x_sent_at")).toList();
            assertThat(stamps).isSorted().doesNotContainNull();
            assertThat(stamps.get(0) / 1_000).isCloseTo(System.currentTimeMillis(), Offset.offset(60_000L));
        }
    }

    @Test
    void aPortThatIsTakenIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> SoraSimulator.builder().port(simulator.port()).start())
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("127.0.0.1:" + simulator.port());
    }

    @ParameterizedTest
    @CsvSource({"a dog. Simulate: moderation, Failure reason: input_moderation", "a dog. simulate: nothing, Play online"})
    void wordsInAPromptChooseTheDefaultAnswer(String prompt, String expected) throws Exception {
        assertThat(client.generate(prompt).body()).contains(expected);
    }

    @Test
    void unknownPathAnswers404() throws Exception {
        assertThat(client.get(simulator.baseUrl() + "/source/task_unknown").statusCode()).isEqualTo(404);
        assertThat(client.get(simulator.baseUrl() + "/v1/chat/completions").statusCode()).isEqualTo(405);
        assertThat(simulator.chatRequests()).isZero();
        assertThat(new String(client.get(simulator.baseUrl() + "/").body(), StandardCharsets.UTF_8))
                .contains(simulator.baseUrl());
    }
}
