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

import io.github.camelsora.internal.report.ReportReader.Listener;

/** How far the task is. Holds what the listener may rely on: each step once, none backwards, percentages that grow. */
final class ReportProgress {

    private static final int MAX = 100;

    private final Listener listener;
    private String taskId;
    private boolean queued;
    private boolean generating;
    private Integer highest;

    ReportProgress(Listener listener) {
        this.listener = listener;
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
            listener.submitted(id);
        }
    }

    /** An id that only a failure tells. */
    void failed(String id) {
        if (taskId == null) {
            taskId = id;
        }
    }

    void queued() {
        if (!queued && !generating) {
            queued = true;
            listener.queued();
        }
    }

    void generating() {
        if (!generating) {
            generating = true;
            listener.generating();
        }
    }

    void reached(int percent) {
        if (percent <= MAX && (highest == null || percent > highest)) {
            generating();
            highest = percent;
            listener.progress(percent);
        }
    }
}
