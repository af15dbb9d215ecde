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
package io.github.camelsora.internal.json;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/**
 * Walks through one JSON tree for {@link ErrorDetails}, each level once. Its work is bounded: at most {@value #MAX_LEVELS}
 * levels, JSON within text at most {@value #MAX_TEXTS} times, and {@value #MAX_BRACES} attempts to find it in each text. One
 * instance per tree.
 */
final class ErrorReader {

    private static final int MAX_LEVELS = 8;
    private static final int MAX_TEXTS = 4;
    private static final int MAX_BRACES = 8;

    /** Fields that hold a message, or an object with one; the first that says something counts. */
    private static final List<String> MESSAGES = List.of("failure_reason", "error", "error_message", "reason_str",
            "fail_reason", "message", "msg", "reason", "detail");
    /** Fields whose object may hold the error. None of the messages, so that no level is looked at twice. */
    private static final List<String> WRAPPERS = List.of("data", "content", "output", "result", "task");
    private static final List<String> CODES = List.of("code", "error_code");
    private static final List<String> TYPES = List.of("type", "error_type");
    /** Codes of envelopes that say that all is well; an error object with the code 0 stands where there is no error. */
    private static final Set<String> FINE = Set.of("0", "200");

    /** Fields of an HTTP error body. The other messages are those of a task, which was accepted then. */
    private static final List<String> REFUSALS = List.of("error", "detail", "message", "msg");
    private static final List<String> OF_TASK = List.of("task_id", "taskId", "failure_reason", "fail_reason");

    private final Set<String> said = new LinkedHashSet<>();
    private int room = ErrorDetails.MAX_WORDS;

    private record Found(@Nullable String message, @Nullable String type, @Nullable String code) {

        static final Found NOTHING = new Found(null, null, null);

        boolean isEmpty() {
            return message == null && type == null && code == null;
        }

        /** With what is known besides; an error without a message is named by its own code or type, not by an outer one. */
        Found or(Found other) {
            if (isEmpty() || other.isEmpty() || message == null && other.message == null) {
                return isEmpty() ? other : this;
            }
            return new Found(first(message, other.message), first(type, other.type), first(code, other.code));
        }

        private static @Nullable String first(@Nullable String one, @Nullable String other) {
            return one == null ? other : one;
        }
    }

    ErrorDetails readTree(JsonNode tree) {
        return details(tree.isTextual() ? text(tree.textValue(), 0, 0) : object(tree, 0, 0));
    }

    ErrorDetails readError(JsonNode error) {
        return details(message("error", error, 0, 0));
    }

    @Nullable ErrorDetails readWithin(String text) {
        ErrorDetails silent = null;
        int brace = text.indexOf('{');
        for (int tried = 0; brace >= 0 && tried < MAX_BRACES; tried++) {
            JsonNode tree = ForeignJson.object(text.substring(brace));
            Found found = tree == null ? Found.NOTHING : object(tree, 0, 1);
            if (!found.isEmpty()) {
                return details(found);
            }
            silent = tree == null ? silent : details(found);
            brace = text.indexOf('{', brace + 1);
        }
        return silent;
    }

    /** As {@link ErrorDetails#isErrorBody} says. */
    static boolean isErrorBody(JsonNode body) {
        ErrorReader reader = new ErrorReader();
        boolean saysError = REFUSALS.stream().anyMatch(name -> !reader.message(name, body.path(name), 0, 0).isEmpty());
        boolean saysFine = FINE.contains(body.path("code").asText()) || body.path("success").asBoolean();
        boolean ofTask = OF_TASK.stream().anyMatch(name -> body.path("error").has(name) || body.path("detail").has(name))
                || body.path("detail").has("status");
        return saysError && !saysFine && !ofTask;
    }

    private ErrorDetails details(Found found) {
        return new ErrorDetails(found.message, found.type, found.code, said);
    }

    private Found object(JsonNode node, int level, int texts) {
        if (!node.isObject() || level >= MAX_LEVELS) {
            return Found.NOTHING;
        }
        Found found = Found.NOTHING;
        for (String name : MESSAGES) {
            found = found.or(message(name, node.path(name), level + 1, texts));
        }
        for (String name : WRAPPERS) {
            found = found.or(object(only(node.path(name)), level + 1, texts));
        }
        return found.or(new Found(null, named(node, TYPES), named(node, CODES)));
    }

    private Found message(String name, JsonNode node, int level, int texts) {
        JsonNode value = only(node);
        if (value.isTextual()) {
            return text(value.textValue(), level, texts);
        }
        Found found = object(value, level, texts);
        if (found.isEmpty() && name.equals("error") && value.isObject() && hasContent(value)) {
            // an error in words that nobody has seen is better shown as it is than not at all
            return spoken(value.toString());
        }
        return found;
    }

    /** The message in a text: that of JSON within it, else the text. */
    private Found text(String text, int level, int texts) {
        int brace = texts < MAX_TEXTS ? text.indexOf('{') : -1;
        for (int tried = 0; brace >= 0 && tried < MAX_BRACES; tried++) {
            JsonNode tree = ForeignJson.object(text.substring(brace));
            Found found = tree == null ? Found.NOTHING : object(tree, level, texts + 1);
            if (!found.isEmpty()) {
                say(text.substring(0, brace).strip());
                return found;
            }
            brace = text.indexOf('{', brace + 1);
        }
        return spoken(text);
    }

    private Found spoken(String message) {
        say(message);
        return ForeignText.cleanOrNull(message) == null ? Found.NOTHING : new Found(message, null, null);
    }

    private @Nullable String named(JsonNode node, List<String> names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            String text = value.isTextual() || value.isNumber() ? value.asText() : "";
            if (ForeignText.cleanOrNull(text) != null && !text.equals("0")) {
                say(text);
                return text;
            }
        }
        return null;
    }

    private void say(String text) {
        String clean = room == 0 ? null : ForeignText.cleanOrNull(text, room);
        if (clean != null && said.add(clean)) {
            room -= clean.length();
        }
    }

    /** What stands under a name: a value, or the first of a list. */
    private static JsonNode only(JsonNode node) {
        return node.isArray() ? node.path(0) : node;
    }

    private static boolean hasContent(JsonNode node) {
        for (JsonNode value : node) {
            boolean says = value.isTextual() ? !value.textValue().isBlank() : value.asBoolean();
            if (says || value.isContainerNode() && !value.isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
