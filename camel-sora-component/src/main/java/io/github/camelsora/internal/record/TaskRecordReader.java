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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.record.TaskRecord.Status;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads one task's JSON. Gateways put the same things under many names, at the top or one level down. Most JSON in a report
 * is no record but the echo of the request, so that what is missing costs a look at a map and nothing more.
 */
final class TaskRecordReader {

    private static final Map<String, Status> STATUSES = statuses(Map.of(
            Status.PENDING, "pending queued queueing queuing in_queue waiting submitted created not_start not_started "
                    + "scheduled accepted",
            Status.RUNNING, "processing running in_progress inprogress generating started progress working rendering "
                    + "streaming",
            Status.SUCCEEDED, "completed complete succeeded succeed success finished done ok",
            Status.FAILED, "failed failure fail error cancelled canceled rejected expired timeout aborted blocked"));
    /** What an envelope says of the call, where the task's own status is further in. */
    private static final Set<String> ENVELOPE = Set.of("success", "ok");

    private static final List<String> STATUS = List.of("status", "state", "task_status");
    private static final List<String> TASK_ID = List.of("task_id", "taskId", "id");
    private static final List<String> WRAPPERS = List.of("detail", "data", "content", "task", "result", "output");
    private static final List<String> ERRORS = List.of("error", "failure_reason", "error_message", "reason_str", "fail_reason");

    private static final Pattern PERCENTAGE = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,9})?)\\s*%?");
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    private static final double MAX_NUMBER = 999;

    private final JsonNode tree;
    /** The tree, and what it wraps. */
    private final List<JsonNode> levels = new ArrayList<>(2);

    TaskRecordReader(JsonNode tree) {
        this.tree = tree;
        levels.add(tree);
        for (String name : WRAPPERS) {
            JsonNode inner = tree.path(name);
            JsonNode only = inner.isArray() && inner.size() == 1 ? inner.get(0) : inner;
            if (only.isObject()) {
                levels.add(only);
            }
        }
    }

    TaskRecord read() {
        Status told = status();
        Boolean running = running();
        TaskLinks links = TaskLinks.of(tree);
        boolean goesOn = Boolean.TRUE.equals(running) || told == Status.PENDING || told == Status.RUNNING && running == null;
        boolean hasVideo = links.video() != null && !goesOn && told != Status.FAILED;
        boolean failed = told == Status.FAILED
                || Boolean.FALSE.equals(running) && !hasVideo && told != Status.PENDING
                || told == Status.UNKNOWN && !goesOn && !hasVideo && saysError();

        TaskRecord.Builder task = new TaskRecord.Builder();
        task.status = failed ? Status.FAILED : goesOn && told != Status.PENDING ? Status.RUNNING : told;
        task.taskId = taskId();
        task.progress = progress();
        task.video = hasVideo ? links.video() : null;
        task.thumbnail = links.thumbnail();
        task.failure = failed ? ReportFailure.of(ErrorDetails.of(tree)) : null;
        task.content = tree.path("content").textValue();
        return task.build();
    }

    private Status status() {
        String word = text(tree, STATUS);
        if (word == null || ENVELOPE.contains(word.toLowerCase(Locale.ROOT))) {
            for (JsonNode inner : levels.subList(1, levels.size())) {
                String own = text(inner, STATUS);
                word = own == null ? word : own;
            }
        }
        return word == null ? Status.UNKNOWN : STATUSES.getOrDefault(
                word.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_'), Status.UNKNOWN);
    }

    private @Nullable Boolean running() {
        for (JsonNode level : levels) {
            JsonNode flag = level.path("running");
            if (flag.isBoolean()) {
                return flag.booleanValue();
            }
        }
        return null;
    }

    private @Nullable String taskId() {
        for (JsonNode level : levels) {
            String id = text(level, TASK_ID);
            if (id != null) {
                return TaskReference.isTaskId(id) ? id : null;
            }
        }
        return null;
    }

    private @Nullable Integer progress() {
        for (JsonNode level : levels) {
            BigDecimal percent = number(level.path("progress"));
            BigDecimal share = percent == null ? number(level.path("progress_pct")) : null;
            BigDecimal value = share == null ? percent : share.multiply(WHOLE);
            if (value != null && value.compareTo(WHOLE) <= 0) {
                return value.setScale(0, RoundingMode.DOWN).intValue();
            }
        }
        return null;
    }

    /** A number from 0; {@code null} for one that is far from a percentage: no double holds it, or its decimals never end. */
    private static @Nullable BigDecimal number(JsonNode node) {
        if (node.isNumber()) {
            double value = node.doubleValue();
            return value >= 0 && value <= MAX_NUMBER ? BigDecimal.valueOf(value) : null;
        }
        if (!node.isTextual()) {
            return null;
        }
        Matcher percentage = PERCENTAGE.matcher(node.textValue().strip());
        return percentage.matches() ? new BigDecimal(percentage.group(1)) : null;
    }

    private boolean saysError() {
        for (String name : ERRORS) {
            JsonNode error = tree.path(name);
            if (error.isTextual() ? !error.textValue().isBlank() : error.isObject() && !error.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String text(JsonNode node, List<String> names) {
        for (String name : names) {
            String text = node.path(name).textValue();
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    private static Map<String, Status> statuses(Map<Status, String> words) {
        Map<String, Status> statuses = new HashMap<>();
        words.forEach((status, all) -> {
            for (String word : all.split(" ")) {
                statuses.put(word, status);
            }
        });
        return Map.copyOf(statuses);
    }
}
