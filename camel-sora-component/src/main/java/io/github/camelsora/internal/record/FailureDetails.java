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

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.ReportJson;

/**
 * What JSON says about a failure. Messages wrap messages, as objects or as JSON within text; the innermost is the gateway's
 * own.
 *
 * @param message the innermost message, or {@code null}
 * @param code the innermost code, else type, or {@code null}
 * @param words all messages, codes and types
 */
public record FailureDetails(String message, String code, String words) {

    private static final int MAX_DEPTH = 8;
    private static final List<String> MESSAGES = List.of("failure_reason", "error", "error_message", "reason_str",
            "fail_reason", "message", "msg", "reason", "detail");
    /** None of the messages: what is looked at twice on every level is looked at 256 times on the eighth. */
    private static final List<String> WRAPPERS = List.of("data", "content", "output", "result", "task");
    private static final List<String> CODES = List.of("code", "error_code", "type", "error_type");

    /** What a tree says. */
    public static FailureDetails of(JsonNode tree) {
        return new FailureDetails(message(tree, 0), code(tree, 0), words(tree, 0, new StringBuilder()).toString().strip());
    }

    /** What the JSON within a text says, or {@code null}. */
    public static FailureDetails within(String text) {
        JsonNode tree = treeWithin(text);
        return tree == null ? null : of(tree);
    }

    public String reason() {
        return message != null ? message : code;
    }

    private static String message(JsonNode node, int depth) {
        if (node.isTextual()) {
            JsonNode inner = treeWithin(node.textValue());
            String innermost = inner == null || depth >= MAX_DEPTH ? null : message(inner, depth + 1);
            return innermost != null ? innermost : node.textValue().isBlank() ? null : node.textValue();
        }
        for (String name : node.isObject() && depth < MAX_DEPTH ? MESSAGES : List.<String>of()) {
            String message = node.has(name) ? message(node.get(name), depth + 1) : null;
            if (message != null) {
                return message;
            }
        }
        for (String name : node.isObject() && depth < MAX_DEPTH ? WRAPPERS : List.<String>of()) {
            String message = node.path(name).isObject() ? message(node.get(name), depth + 1) : null;
            if (message != null) {
                return message;
            }
        }
        return null;
    }

    private static String code(JsonNode node, int depth) {
        JsonNode here = node.isTextual() ? treeWithin(node.textValue()) : node;
        if (here == null || !here.isObject() || depth >= MAX_DEPTH) {
            return null;
        }
        for (String name : concat(MESSAGES, WRAPPERS)) {
            String inner = here.has(name) ? code(here.get(name), depth + 1) : null;
            if (inner != null) {
                return inner;
            }
        }
        return CODES.stream().map(here::path).filter(JsonNode::isValueNode).filter(value -> !value.isNull())
                .map(JsonNode::asText).filter(value -> !value.isBlank()).findFirst().orElse(null);
    }

    private static StringBuilder words(JsonNode node, int depth, StringBuilder words) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            JsonNode value = field.getValue();
            boolean says = MESSAGES.contains(field.getKey()) || CODES.contains(field.getKey());
            boolean wraps = says || WRAPPERS.contains(field.getKey());
            if (says && value.isValueNode() && !value.isNull()) {
                words.append(value.asText()).append('\n');
            } else if (wraps && value.isObject() && depth < MAX_DEPTH) {
                words(value, depth + 1, words);
            }
        }
        return words;
    }

    private static List<String> concat(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    private static JsonNode treeWithin(String text) {
        int start = text.indexOf('{');
        return start < 0 ? null : ReportJson.object(text.substring(start));
    }
}
