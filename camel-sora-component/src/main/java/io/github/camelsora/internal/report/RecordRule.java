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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.record.TaskRecord;

/**
 * Recognises what JSON in a report stands for: the echo of the request, in which nothing counts; the details of the failure
 * before it; or the task itself.
 */
final class RecordRule {

    private final ReportProgress progress;
    private final FailureRule failure;
    private final ResultRule result;

    RecordRule(ReportProgress progress, FailureRule failure, ResultRule result) {
        this.progress = progress;
        this.failure = failure;
        this.result = result;
    }

    void json(JsonNode tree, boolean fenced) {
        TaskRecord task = TaskRecord.of(tree);
        if (task.failure() != null && !failure.isPending()) {
            failure.begin(tree);
        } else if (failure.isPending() && task.video() == null) {
            failure.details(tree);
        } else if (task.status() != TaskRecord.Status.UNKNOWN || !isEcho(tree, fenced) && task.video() != null) {
            goesOn(task);
            return;
        }
        if (failure.isPending() && task.taskId() != null) {
            progress.failed(task.taskId());
        }
    }

    /** Without a status, a link in JSON may be one that the user gave. */
    private static boolean isEcho(JsonNode tree, boolean fenced) {
        return fenced || tree.has("prompt");
    }

    private void goesOn(TaskRecord task) {
        if (task.taskId() != null) {
            progress.submitted(task.taskId());
        }
        switch (task.status()) {
            case PENDING -> progress.queued();
            case RUNNING -> {
                progress.generating();
                if (task.progress() != null) {
                    progress.reached(task.progress());
                }
            }
            case SUCCEEDED, FAILED, UNKNOWN -> {
                if (task.video() != null) {
                    result.video(null, task.video().url());
                    failure.clear();
                }
            }
        }
        if (task.thumbnail() != null) {
            result.poster(task.thumbnail().url());
        }
    }
}
