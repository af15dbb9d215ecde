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

/** How far the task is by this text: its id and its highest percentage. Passes each step on to the {@link TaskProgress}. */
final class ReportProgress {

    private final TaskProgress task;
    private String taskId;
    private Integer highest;

    ReportProgress(TaskProgress task) {
        this.task = task;
    }

    String taskId() {
        return taskId;
    }

    Integer highest() {
        return highest;
    }

    void submitted(String id) {
        if (taskId == null) {
            taskId = id;
            task.submitted(id);
        }
    }

    /** An id that only a failure tells. */
    void failed(String id) {
        if (taskId == null) {
            taskId = id;
        }
    }

    void queued() {
        task.queued();
    }

    void generating() {
        task.generating();
    }

    void reached(int percent) {
        if (percent <= 100 && (highest == null || percent > highest)) {
            highest = percent;
        }
        task.reached(percent);
    }
}
