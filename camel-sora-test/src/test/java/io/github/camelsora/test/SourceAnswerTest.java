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

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class SourceAnswerTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final SoraSimulator simulator = SORA.simulator();
    private final Client client = new Client(simulator);

    @Test
    void answersComeInOrderAndTheLastOneRepeats() throws Exception {
        SimulatedTask task = cutTask(SourceAnswer.pending(), SourceAnswer.processing(44), SourceAnswer.report());

        assertThat(client.json(task.sourceUrl())).isEqualTo(new JsonObject().put("id", task.id()).put("status", "pending"));
        assertThat(client.json(task.sourceUrl()).getInteger("progress")).isEqualTo(44);
        for (int i = 0; i < 2; i++) {
            assertThat(client.json(task.sourceUrl()).getString("content")).isEqualTo(task.report());
        }
    }

    @Test
    void sourceAndShareLinkEachStartWithTheFirstAnswer() throws Exception {
        SimulatedTask task = cutTask(SourceAnswer.pending(), SourceAnswer.report());
        String share = task.sourceUrl().replace("/source/", "/api/share/");

        assertThat(client.json(task.sourceUrl()).getString("status")).isEqualTo("pending");
        assertThat(client.json(share).getString("status")).isEqualTo("pending");
        assertThat(client.json(share).getString("status")).isEqualTo("completed");
    }

    @Test
    void shareLinkCanHaveAnswersOfItsOwn() throws Exception {
        simulator.answer(Answer.success().sourceAnswers(SourceAnswer.notFound()).shareAnswers(SourceAnswer.report()));
        client.generate("a dog");
        String source = simulator.tasks().get(0).sourceUrl();

        assertThat(client.get(source).statusCode()).isEqualTo(404);
        assertThat(client.get(source.replace("/source/", "/api/share/")).statusCode()).isEqualTo(200);
    }

    @Test
    void unfinishedTaskCanAnswerInSeveralForms() throws Exception {
        SimulatedTask task = cutTask(SourceAnswer.html(), SourceAnswer.notFound(),
                SourceAnswer.unavailable(Duration.ofSeconds(7)),
                SourceAnswer.status(524, "error code: 524", Map.of("Content-Type", "text/plain")), SourceAnswer.hangUp());

        assertThat(text(client.get(task.sourceUrl()))).startsWith("<!DOCTYPE html>");
        assertThat(client.get(task.sourceUrl()).statusCode()).isEqualTo(404);
        HttpResponse<byte[]> busy = client.get(task.sourceUrl());
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).hasValue("7");
        assertThat(text(client.get(task.sourceUrl()))).isEqualTo("error code: 524");
        assertThatThrownBy(() -> client.get(task.sourceUrl())).isInstanceOf(IOException.class);
    }

    @Test
    void finishedTaskCanAnswerInSeveralForms() throws Exception {
        SimulatedTask task = cutTask(SourceAnswer.completed(), SourceAnswer.failed("bad luck"),
                SourceAnswer.json("{\"detail\":{\"id\":\"{taskId}\",\"url\":\"{videoUrl}\",\"gif_url\":\"{thumbnailUrl}\"}}"),
                SourceAnswer.redirectToVideo(), SourceAnswer.redirectTo("http://127.0.0.1:1/x"), SourceAnswer.video());

        assertThat(client.json(task.sourceUrl()).getString("video_url")).isEqualTo(task.videoUrl());
        assertThat(client.json(task.sourceUrl()).getString("failure_reason")).isEqualTo("bad luck");
        assertThat(client.json(task.sourceUrl()).getJsonObject("detail")).isEqualTo(new JsonObject().put("id", task.id())
                .put("url", task.videoUrl()).put("gif_url", task.thumbnailUrl()));
        HttpResponse<byte[]> redirect = client.get(task.sourceUrl());
        assertThat(redirect.statusCode()).isEqualTo(302);
        assertThat(redirect.headers().firstValue("Location")).hasValue(task.videoUrl());
        assertThat(client.get(task.sourceUrl()).headers().firstValue("Location")).hasValue("http://127.0.0.1:1/x");
        HttpResponse<byte[]> video = client.get(task.sourceUrl());
        assertThat(video.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(video.body()).isEqualTo(client.get(task.videoUrl()).body());
    }

    @Test
    void emptyListOfAnswersIsRejected() {
        assertThatThrownBy(() -> Answer.success().sourceAnswers()).isInstanceOf(IllegalArgumentException.class);
    }

    private SimulatedTask cutTask(SourceAnswer... answers) throws Exception {
        simulator.answer(Answer.success().cutAfter(Point.SUBMITTED).sourceAnswers(answers));
        assertThat(client.receive("a dog").breach()).isNotNull();
        await().atMost(Client.LIMIT).until(() -> simulator.tasks().get(0).state() == SimulatedTask.State.COMPLETED);
        return simulator.tasks().get(0);
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }
}
