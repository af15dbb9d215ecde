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
package io.github.camelsora.internal.record;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.internal.record.TaskRecord.Status;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Any JSON that a source link answers is a record, and what is said of it keeps its promises. */
class TaskRecordFuzzTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper EXACT = new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @MethodSource("io.github.camelsora.fuzz.FuzzSeeds#records")
    @FuzzTest
    void anyPollBodyIsRead(byte[] body) throws JsonProcessingException {
        String text = new String(body, UTF_8);
        JsonNode tree;
        try {
            tree = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return;
        }
        assertKeepsItsPromises(TaskRecord.of(tree));
        assertKeepsItsPromises(TaskRecord.of(EXACT.readTree(text)));
        assertThat(TaskRecord.of(tree)).isEqualTo(TaskRecord.of(tree.deepCopy()));
    }

    private static void assertKeepsItsPromises(TaskRecord record) {
        boolean going = record.status().isGoingOn();
        assertThat(record.failure() != null).isEqualTo(record.status() == Status.FAILED);
        assertThat(record.video() != null && (going || record.failure() != null)).isFalse();
        assertThat(record.video() == null || record.video().equals(Link.of(record.video().url()))).isTrue();
        assertThat(record.thumbnail() == null || record.thumbnail().equals(Link.of(record.thumbnail().url()))).isTrue();
        assertThat(record.taskId() == null || TaskReference.isTaskId(record.taskId())).isTrue();
        assertThat(record.progress() == null || record.progress() >= 0 && record.progress() <= 100).isTrue();
        if (record.failure() != null) {
            assertThat(record.failure().words()).hasSizeLessThanOrEqualTo(4096);
            assertThat(record.failure().reason()).isEqualTo(ForeignText.clean(record.failure().reason()))
                    .satisfiesAnyOf(reason -> assertThat(reason).isNull(), reason -> assertThat(reason).isNotBlank());
        }
    }
}
