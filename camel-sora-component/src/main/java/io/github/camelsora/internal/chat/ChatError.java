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
package io.github.camelsora.internal.chat;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.text.ForeignText;

/**
 * What a gateway says of a failure: the innermost message, since gateways pass on the errors of other gateways, as JSON in a
 * string. Knows no status and draws no conclusion. All text is {@linkplain ForeignText#clean cleaned}; {@code null} where
 * there is none.
 *
 * @param message a sentence, or with some gateways a word
 * @param type the kind of error
 * @param code the name of the error, or a number
 * @param outerWords type and code of the errors around the innermost one, where that has its own
 */
public record ChatError(String message, String type, String code, String outerWords) {

    private static final int MAX_DEPTH = 4;
    /** Braces in a message that begin no JSON are tried so often, not more. */
    private static final int MAX_BRACES = 8;

    /** Cleans the text; blank text is none. */
    public ChatError {
        message = JsonValue.clean(message);
        type = JsonValue.clean(type);
        code = JsonValue.clean(code);
        outerWords = JsonValue.clean(outerWords);
    }

    /** An error that wraps no other. */
    public ChatError(String message, String type, String code) {
        this(message, type, code, null);
    }

    /**
     * Reads the body of an HTTP answer: <code>{"error": {"message", "type", "code"}}</code>, <code>{"error": "text"}</code>,
     * <code>{"detail": "text" | {…} | [{"msg"}]}</code>, or <code>{"message"}</code>. Never throws.
     *
     * @return {@code null} if the body is no JSON, or says nothing of an error
     */
    public static ChatError parse(byte[] httpBody) {
        String text = new String(httpBody, StandardCharsets.UTF_8);
        return parse(text.startsWith("\uFEFF") ? text.substring(1) : text, 0);
    }

    private static ChatError parse(String json, int depth) {
        try {
            return ofBody(SoraJson.MAPPER.readTree(json), depth);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Reads the value of an {@code error} field: an object or text; {@code null} if it is empty or of another kind. */
    static ChatError of(JsonNode error) {
        return of(error, 0);
    }

    private static ChatError ofBody(JsonNode body, int depth) {
        if (!body.isObject()) {
            return null;
        }
        ChatError error = of(body.path("error"), depth);
        if (error == null) {
            error = of(body.path("detail"), depth);
        }
        return error != null || text(body, "message", "msg") == null ? error : of(body, depth);
    }

    private static ChatError of(JsonNode node, int depth) {
        if (depth > MAX_DEPTH) {
            return null;
        }
        if (node.isTextual()) {
            return JsonValue.clean(node.textValue()) == null ? null : unwrapped(node.textValue(), null, null, depth);
        }
        if (node.isArray()) {
            return of(node.path(0), depth + 1);
        }
        return node.isObject() ? ofObject(node, depth) : null;
    }

    private static ChatError ofObject(JsonNode node, int depth) {
        String type = text(node, "type");
        String code = text(node, "code");
        String message = text(node, "message", "msg");
        if (message != null) {
            return unwrapped(message, type, code, depth);
        }
        for (String name : new String[] {"message", "error", "detail"}) {
            ChatError inner = of(node.path(name), depth + 1);
            if (inner != null) {
                return inner.within(type, code);
            }
        }
        if (type != null || code != null) {
            return new ChatError(null, type, code);
        }
        return hasContent(node) ? new ChatError(node.toString(), null, null) : null;
    }

    private static boolean hasContent(JsonNode node) {
        for (JsonNode value : node) {
            boolean empty = value.isTextual() ? value.textValue().isBlank() : value.isContainerNode() && value.isEmpty();
            if (!value.isNull() && !empty) {
                return true;
            }
        }
        return false;
    }

    private static ChatError unwrapped(String message, String type, String code, int depth) {
        int brace = depth < MAX_DEPTH ? message.indexOf('{') : -1;
        for (int tried = 0; brace >= 0 && tried < MAX_BRACES; tried++) {
            ChatError inner = parse(message.substring(brace), depth + 1);
            if (inner != null) {
                return inner.within(type, code);
            }
            brace = message.indexOf('{', brace + 1);
        }
        return new ChatError(message, type, code);
    }

    /** This error as the cause of one with the given type and code, which count where this one has none. */
    private ChatError within(String outerType, String outerCode) {
        return new ChatError(message, type == null ? outerType : type, code == null ? outerCode : code,
                joined(outerWords, type == null ? null : outerType, code == null ? null : outerCode));
    }

    private static String text(JsonNode node, String... names) {
        for (String name : names) {
            JsonNode value = node.path(name);
            if (value.isNumber() || JsonValue.clean(value.textValue()) != null) {
                return value.asText();
            }
        }
        return null;
    }

    /** The message, else the code, else the type, else {@code null}. */
    public String reason() {
        return message != null ? message : code != null ? code : type;
    }

    /** Message, type and code, those of outer errors included: what a failure is classified by. */
    public String words() {
        return joined(message, type, code, outerWords);
    }

    /** For a sentence: the reason, and in brackets the code, unless the reason holds it; {@code null} if there is none. */
    public String describe() {
        String reason = reason();
        return reason == null || code == null || reason.toLowerCase(Locale.ROOT).contains(code.toLowerCase(Locale.ROOT))
                ? reason
                : reason + " (" + code + ")";
    }

    private static String joined(String... words) {
        String joined = Stream.of(words).filter(Objects::nonNull).collect(Collectors.joining(" "));
        return joined.isEmpty() ? null : joined;
    }
}
