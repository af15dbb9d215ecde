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
package io.github.camelsora.internal.report;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.record.TaskRecord.Status;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.record.TaskRecord.Status.FAILED;
import static io.github.camelsora.internal.record.TaskRecord.Status.PENDING;
import static io.github.camelsora.internal.record.TaskRecord.Status.RUNNING;
import static io.github.camelsora.internal.record.TaskRecord.Status.SUCCEEDED;
import static io.github.camelsora.internal.record.TaskRecord.Status.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

/** The shapes in which gateways tell of a task as JSON. */
class ReportTaskRecordTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void statusIsReadByItsWordAtTheTopOrOneLevelDown() {
        Map<String, Status> statuses = Map.of("pending", PENDING, "in_queue", PENDING, "processing", RUNNING,
                "In Progress", RUNNING, "completed", SUCCEEDED, "succeeded", SUCCEEDED, "SUCCESS", SUCCEEDED, "failed", FAILED,
                "cancelled", FAILED, "sleepy", UNKNOWN);
        statuses.forEach((word, status) -> {
            assertThat(record("{'status': '" + word + "'}").status()).as(word).isEqualTo(status);
            assertThat(record("{'detail': {'status': '" + word + "'}}").status()).as(word).isEqualTo(status);
            assertThat(record("{'data': {'status': '" + word + "'}}").status()).as(word).isEqualTo(status);
            assertThat(record("{'content': {'status': '" + word + "'}}").status()).as(word).isEqualTo(status);
            assertThat(record("{'status': 'success', 'data': [{'status': '" + word + "'}]}").status()).as(word)
                    .isEqualTo(status);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'video_url': 'V'}", "{'url': 'V'}", "{'downloadable_url': 'V'}", "{'detail': {'url': 'V'}}",
        "{'output': {'video': 'V'}}", "{'output': 'V'}", "{'data': [{'url': 'V'}]}", "{'videos': ['V']}",
        "{'generations': [{'url': 'V'}]}",
        "{'thumbnail_url': 'https://a.example/t', 'url': 'V', 'gif_url': 'https://a.example/g'}",
        "{'url': 'https://a.example/p.png', 'downloadable_url': 'V'}",
        "{'request': {'video_url': 'https://a.example/x'}, 'url': 'V'}",
        "{'input': {'url': 'https://a.example/x'}, 'images': ['https://a.example/x'], 'result': {'url': 'V'}}"})
    void videoIsFoundUnderItsManyNames(String json) {
        assertThat(record(json.replace("V", "https://a.example/video?sig=1")).video())
                .isEqualTo(Link.of("https://a.example/video?sig=1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'status': 'processing', 'url': 'V'}", "{'running': true, 'url': 'V'}",
        "{'status': 'failed', 'url': 'V'}",
        "{'request': {'url': 'V'}}", "{'input': 'V'}", "{'images': ['V']}", "{'gif_url': 'V'}", "{'thumbnail': {'url': 'V'}}",
        "{'image_url': 'V'}", "{'webhook_url': 'V'}", "{'status_url': 'V'}",
        "{'data': {'status': 'pending', 'video_url': 'V'}}"})
    void otherLinkIsNoVideo(String json) {
        assertThat(record(json.replace("V", "https://a.example/v.mp4")).video()).isNull();
    }

    @Test
    void progressIsAPercentageOrAShare() {
        assertThat(record("{'progress': 45.9}").progress()).isEqualTo(45);
        assertThat(record("{'progress': '45%'}").progress()).isEqualTo(45);
        assertThat(record("{'progress_pct': 0.57}").progress()).isEqualTo(57);
        assertThat(record("{'progress_pct': 1}").progress()).isEqualTo(100);
        assertThat(record("{'progress_pct': null, 'data': {'progress': 0}}").progress()).isZero();
        assertThat(record("{'progress': 101}").progress()).isNull();
        assertThat(record("{'progress': -1}").progress()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999", "-1e999", "1e999999999", "1e-999999999", "0.1e-999999999", "-1e-999999999"})
    void numberFarFromAPercentageIsNoProgress(String number) throws JsonProcessingException {
        ObjectMapper exact = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        for (String name : List.of("progress", "progress_pct")) {
            String json = "{\"status\": \"processing\", \"" + name + "\": " + number + "}";

            assertThat(TaskRecord.of(JSON.readTree(json)).progress()).isIn(null, 0);
            assertThat(TaskRecord.of(exact.readTree(json)).progress()).isIn(null, 0);
            ReportStory.of(json).assertNoFailure();
        }
    }

    @Test
    void failureHasTheInnermostMessageAndAllWords() {
        assertThat(record("{'status': 'failed', 'failure_reason': 'no'}").failure().reason()).isEqualTo("no");
        assertThat(record("{'status': 'failed', 'detail': {'fail_reason': 'no'}}").failure().reason()).isEqualTo("no");
        assertThat(record("{'error': {'type': 'policy', 'message': 'no'}}").failure())
                .isEqualTo(new ReportFailure("no", "no policy"));
        assertThat(record("{'status': 'failed', 'error': {'code': 'heavy_load'}}").failure().reason()).isEqualTo("heavy_load");
        assertThat(record("{'status': 'failed', 'error': {'message': 'HTTP 400 {\\'error\\': {\\'message\\': \\'no\\'}}'}}")
                .failure().reason()).isEqualTo("no");
        assertThat(record("{'status': 'cancelled'}").failure()).isEqualTo(new ReportFailure(null, ""));
    }

    @Test
    void notRunningWithoutALinkIsAFailure() {
        assertThat(record("{'running': false}").status()).isEqualTo(FAILED);
        assertThat(record("{'running': false, 'url': 'https://a.example/v.mp4'}").failure()).isNull();
        assertThat(record("{'running': true}").status()).isEqualTo(RUNNING);
    }

    @Test
    void noErrorIsNoFailure() {
        assertThat(record("{'status': 'processing', 'error': null, 'failure_reason': ''}").failure()).isNull();
        assertThat(record("{'url': 'https://a.example/v.mp4', 'error': {}}").failure()).isNull();
        assertThat(record("{'message': 'hello'}").failure()).isNull();
    }

    @Test
    void wrappedReportIsItsContent() {
        assertThat(record("{'content': '> ID: `task_01`'}").content()).isEqualTo("> ID: `task_01`");
        assertThat(record("{'content': {'status': 'failed'}}").content()).isNull();
    }

    @Test
    void taskIdIsOneOrNone() {
        assertThat(record("{'id': 'a', 'task_id': 'b'}").taskId()).isEqualTo("b");
        assertThat(record("{'data': {'id': 'veo3.1-pro:1'}}").taskId()).isEqualTo("veo3.1-pro:1");
        assertThat(record("{'id': '{{x}}'}").taskId()).isNull();
        assertThat(record("{'id': 7}").taskId()).isNull();
    }

    private static TaskRecord record(String json) {
        try {
            return TaskRecord.of(JSON.readTree(json.replace("\\'", "\\\"").replace('\'', '"')));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
