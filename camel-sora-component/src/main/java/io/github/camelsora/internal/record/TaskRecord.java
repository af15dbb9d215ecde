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

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.json.ForeignJson;
import io.github.camelsora.internal.text.SoraLink;

/**
 * A task as JSON: what a gateway streams instead of a report, and what a source link answers. Gateways put the same things
 * under many names, at the top or one level down.
 *
 * @param status what the task's status means
 * @param taskId the task's id, or {@code null}
 * @param progress 0 to 100, rounded down, or {@code null}
 * @param videoUrl the link to the video; {@code null} while the task is running, when a link is not yet the result
 * @param thumbnailUrl the link to a picture of the video, or {@code null}
 * @param failure why there is no video, or {@code null} unless the task has failed
 * @param content the report so far, where the record only wraps it, or {@code null}
 */
public record TaskRecord(Status status, String taskId, Integer progress, String videoUrl, String thumbnailUrl,
        ReportFailure failure, String content) {

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
        /** There is no status, or a word that nobody has seen. */
        UNKNOWN
    }

    private static final Map<Status, List<String>> WORDS = Map.of(
            Status.PENDING, List.of("pending", "queued", "queueing", "queuing", "in_queue", "waiting", "submitted", "created",
                    "not_start", "not_started", "scheduled", "accepted"),
            Status.RUNNING, List.of("processing", "running", "in_progress", "inprogress", "generating", "started", "progress",
                    "working", "rendering", "streaming"),
            Status.SUCCEEDED, List.of("completed", "complete", "succeeded", "succeed", "success", "finished", "done", "ok"),
            Status.FAILED, List.of("failed", "failure", "fail", "error", "cancelled", "canceled", "rejected", "expired",
                    "timeout", "aborted", "blocked"));
    /** What an envelope says of the call, where the task's own status is further in. */
    private static final List<String> ENVELOPE = List.of("success", "ok");
    private static final List<String> STATUS = List.of("status", "state", "task_status");
    private static final List<String> WITHIN = List.of("detail", "data", "content", "task", "result", "output");
    private static final List<String> ERRORS = List.of("error", "failure_reason", "error_message", "reason_str", "fail_reason");
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    private static final double MAX_NUMBER = 999;

    /** Reads a record. What is no record has status {@link Status#UNKNOWN} and nothing else. */
    public static TaskRecord of(JsonNode tree) {
        Status status = status(tree);
        Boolean running = flag(tree, "running");
        TaskLinks links = TaskLinks.of(tree);
        boolean going = Boolean.TRUE.equals(running) || status == Status.PENDING || status == Status.RUNNING && running == null;
        String videoUrl = going || status == Status.FAILED ? null : links.videoUrl();
        boolean ended = Boolean.FALSE.equals(running) && videoUrl == null && status != Status.PENDING;
        boolean failed = status == Status.FAILED || ended
                || status == Status.UNKNOWN && !going && videoUrl == null && ERRORS.stream().anyMatch(name -> says(tree, name));
        ErrorDetails details = failed ? ErrorDetails.of(tree) : null;
        Status known = failed ? Status.FAILED : going && status != Status.PENDING ? Status.RUNNING : status;
        return new TaskRecord(known, taskId(tree), progress(tree), videoUrl, links.thumbnailUrl(),
                failed ? new ReportFailure(details.reason(), details.words()) : null,
                tree.path("content").isTextual() ? tree.path("content").textValue() : null);
    }

    /** A task of which nothing is known but its video. */
    public static TaskRecord ofVideo(String videoUrl) {
        return new TaskRecord(Status.SUCCEEDED, null, null, videoUrl, null, null, null);
    }

    /** Reads a record from its JSON, in UTF-8; {@code null} if that is no JSON object. */
    public static TaskRecord parse(byte[] json) {
        JsonNode tree = ForeignJson.object(json);
        return tree == null ? null : of(tree);
    }

    /**
     * Whether this tells of a task that a gateway has accepted, whatever became of it: by an id, a video, or a status other
     * than a failure, which may be that of a request.
     */
    public boolean isAccepted() {
        return taskId != null || videoUrl != null || status != Status.FAILED && status != Status.UNKNOWN;
    }

    private static Status status(JsonNode tree) {
        String word = text(tree, STATUS);
        if (word == null || ENVELOPE.contains(word.toLowerCase(Locale.ROOT))) {
            for (String name : WITHIN) {
                String inner = text(within(tree, name), STATUS);
                word = inner == null ? word : inner;
            }
        }
        String said = word == null ? "" : word.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        return WORDS.entrySet().stream().filter(entry -> entry.getValue().contains(said)).map(Map.Entry::getKey).findFirst()
                .orElse(Status.UNKNOWN);
    }

    private static String taskId(JsonNode tree) {
        List<String> names = List.of("task_id", "taskId", "id");
        String id = text(tree, names);
        for (String name : WITHIN) {
            id = id == null ? text(within(tree, name), names) : id;
        }
        return SoraLink.isTaskId(id) ? id : null;
    }

    private static Integer progress(JsonNode tree) {
        Integer progress = progressOf(tree);
        for (String name : WITHIN) {
            progress = progress == null ? progressOf(within(tree, name)) : progress;
        }
        return progress;
    }

    private static Integer progressOf(JsonNode node) {
        BigDecimal percent = number(node.path("progress"));
        BigDecimal share = number(node.path("progress_pct"));
        BigDecimal value = percent != null ? percent : share == null ? null : share.multiply(WHOLE);
        return value != null && value.compareTo(WHOLE) <= 0 ? value.setScale(0, RoundingMode.DOWN).intValue() : null;
    }

    /** A number from 0; {@code null} for one that is far from a percentage: no double holds it, or its decimals never end. */
    private static BigDecimal number(JsonNode node) {
        if (node.isNumber()) {
            double value = node.doubleValue();
            return value >= 0 && value <= MAX_NUMBER ? BigDecimal.valueOf(value) : null;
        }
        String text = node.isTextual() ? node.textValue().strip() : "";
        return text.matches("\\d{1,3}(\\.\\d{1,9})?\\s*%?") ? new BigDecimal(text.replace("%", "").strip()) : null;
    }

    private static Boolean flag(JsonNode tree, String name) {
        JsonNode flag = tree.path(name);
        for (String wrapper : WITHIN) {
            flag = flag.isBoolean() ? flag : within(tree, wrapper).path(name);
        }
        return flag.isBoolean() ? flag.booleanValue() : null;
    }

    /** What stands under a name: an object, or the only one of a list. */
    private static JsonNode within(JsonNode tree, String name) {
        JsonNode inner = tree.path(name);
        return inner.isArray() && inner.size() == 1 ? inner.get(0) : inner;
    }

    private static boolean says(JsonNode tree, String name) {
        JsonNode node = tree.path(name);
        return node.isTextual() ? !node.textValue().isBlank() : node.isObject() && !node.isEmpty();
    }

    private static String text(JsonNode node, List<String> names) {
        return names.stream().map(node::path).filter(JsonNode::isTextual).map(JsonNode::textValue).findFirst().orElse(null);
    }
}
