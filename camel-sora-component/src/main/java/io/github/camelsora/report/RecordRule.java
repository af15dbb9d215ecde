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
package io.github.camelsora.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.event.SoraLink;

/**
 * Recognises what JSON stands for: the echo of the request (nothing in it counts), the details of a failure, or the task
 * itself.
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

    void json(JsonNode tree) {
        if (failure.isPending()) {
            failure.details(tree);
            String id = tree.path("task_id").asText("");
            if (SoraLink.isTaskId(id)) {
                progress.failed(id);
            }
        }
    }
}
