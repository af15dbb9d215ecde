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
package io.github.camelsora.internal.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TaskReferenceTest {

    @ParameterizedTest
    @ValueSource(strings = {"task_1", "veo3.1-pro:7f0c", "...", "..a", "a..", ".a", "-", "1"})
    void isATaskId(String text) {
        assertThat(TaskReference.isTaskId(text)).isTrue();
        assertThat(TaskReference.of(text, null).taskId()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a\n", "\na", "a\r\nb", "a b", "a/b",
        "../a", "a?b", "a%2e", "a\u202Eb", "é", "{{a}}"})
    void isNoTaskId(String text) {
        assertThat(TaskReference.isTaskId(text)).isFalse();
        assertThat(TaskReference.of(text, null)).isEqualTo(TaskReference.NONE);
        assertThatThrownBy(() -> new TaskReference(text, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTaskIdHasAtMost128Characters() {
        assertThat(TaskReference.isTaskId("a".repeat(128))).isTrue();
        assertThat(TaskReference.isTaskId("a".repeat(129))).isFalse();
        assertThat(TaskReference.isTaskId("a".repeat(5000))).isFalse();
    }
}
