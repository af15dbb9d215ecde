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

/**
 * A snapshot of a task at the gateway.
 *
 * @param prompt   the text of the last user message
 * @param progress the last percentage, 100 when completed
 * @param report   the report so far, whether or not a stream has shown it
 * @param videoUrl the link of the result, known from the start though the report names it only at its end
 */
public record SimulatedTask(String id, String model, String prompt, int progress, State state, String report, String videoId,
        String sourceUrl, String webUrl, String thumbnailUrl, String videoUrl) {

    /** Where a task is. */
    public enum State {
        QUEUED, GENERATING, COMPLETED, FAILED;

        String status() {
            return switch (this) {
                case QUEUED -> "pending";
                case GENERATING -> "processing";
                case COMPLETED -> "completed";
                case FAILED -> "failed";
            };
        }
    }
}
