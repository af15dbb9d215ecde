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

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ForeignJson;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * The state of a task as a gateway tells it in JSON: streamed instead of a report, or answered to a poll. {@code toString}
 * shows no text.
 *
 * @param status what the task's status means
 * @param taskId the task's id, or {@code null}
 * @param progress 0 to 100, rounded down, or {@code null}
 * @param video {@code null} while the task is running, when a link is not yet the result
 * @param thumbnail a picture of the video, or {@code null}
 * @param failure why there is no video, or {@code null} unless the task has failed
 * @param content the report so far, where the record only wraps it, or {@code null}
 */
public record TaskRecord(Status status, @Nullable String taskId, @Nullable Integer progress, @Nullable Link video,
        @Nullable Link thumbnail, @Nullable ReportFailure failure, @Nullable String content) {

    /** What the many words for a status mean. */
    public enum Status {
        /** The task waits. */
        PENDING,
        /** The video is being made. */
        RUNNING,
        /** The task is over; whether there is a video is another question. */
        SUCCEEDED,
        /** The task has failed, or was cancelled. */
        FAILED,
        /** There is no status, or a word that is not known. */
        UNKNOWN;

        /** Whether the task goes on. */
        public boolean isGoingOn() {
            return this == PENDING || this == RUNNING;
        }
    }

    /** Reads a record by the names that gateways use. What is no record has status {@link Status#UNKNOWN} and nothing else. */
    public static TaskRecord of(JsonNode tree) {
        return new TaskRecordReader(tree).read();
    }

    /** Reads a record from its JSON, in UTF-8; {@code null} if that is no JSON object. */
    public static @Nullable TaskRecord parse(byte[] json) {
        JsonNode tree = ForeignJson.object(json);
        return tree == null ? null : of(tree);
    }

    /** A task of which nothing is known but its video. */
    public static TaskRecord ofVideo(Link video) {
        Builder task = new Builder();
        task.status = Status.SUCCEEDED;
        task.video = video;
        return task.build();
    }

    /**
     * Whether JSON, in UTF-8, tells of a task that a gateway has accepted, whatever became of it: by an id, a video, or a
     * status other than a failure, which may be that of a request.
     */
    public static boolean isAcceptedTask(byte[] json) {
        TaskRecord task = parse(json);
        return task != null && (task.taskId != null || task.video != null || task.status.isGoingOn()
                || task.status == Status.SUCCEEDED);
    }

    @Override
    public String toString() {
        return "TaskRecord[" + status + ", " + taskId + ", " + progress + " %, video " + video + "]";
    }

    /** Names what is known. */
    static final class Builder {

        Status status = Status.UNKNOWN;
        @Nullable String taskId;
        @Nullable Integer progress;
        @Nullable Link video;
        @Nullable Link thumbnail;
        @Nullable ReportFailure failure;
        @Nullable String content;

        TaskRecord build() {
            return new TaskRecord(status, taskId, progress, video, thumbnail, failure, content);
        }
    }
}
