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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.internal.json.ForeignJson;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a gateway: a streaming chat completion. {@code toString} shows no prompt and no property.
 *
 * @param model the model, free text
 * @param messages the conversation, at least one message
 * @param additionalProperties further fields of the JSON, of plain JSON types; {@code null} is none
 */
public record ChatRequest(String model, List<SoraMessage> messages,
        @Nullable Map<String, @Nullable Object> additionalProperties) {

    private static final ObjectReader LITERAL = ForeignJson.MAPPER.readerFor(Object.class)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /**
     * Copies list and map.
     *
     * @throws IllegalArgumentException if model or messages are missing, or an additional property is named {@code model},
     *             {@code messages} or {@code stream}
     */
    public ChatRequest {
        if (model == null || model.isBlank()) {
            throw new IllegalArgumentException("A request needs a model");
        }
        if (messages == null || messages.isEmpty()) {
            throw new IllegalArgumentException("A request needs a message");
        }
        messages = List.copyOf(messages);
        additionalProperties = additionalProperties == null
                ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(additionalProperties));
        checkAdditional(additionalProperties);
    }

    /**
     * Checks the names of additional properties before there is a request.
     *
     * @throws IllegalArgumentException if one is named {@code model}, {@code messages} or {@code stream}
     */
    public static void checkAdditional(Map<String, @Nullable Object> properties) {
        for (String reserved : List.of("model", "messages", "stream")) {
            if (properties.containsKey(reserved)) {
                throw new IllegalArgumentException("The component sets " + reserved
                        + " itself: it cannot be an additional body property or field; leave it out");
            }
        }
    }

    /**
     * The body of the request, in UTF-8. Half a surrogate pair, which a cut report may hold, becomes a question mark.
     *
     * @throws IllegalArgumentException if an additional property is of a type that JSON does not know
     */
    public byte[] toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("model", model);
        json.put("messages", messages);
        json.put("stream", true);
        json.putAll(additionalProperties);
        try {
            // As a string first: Jackson's own UTF-8 encoder throws at half a surrogate pair.
            return ForeignJson.MAPPER.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("An additional body property is of a type that JSON does not know");
        }
    }

    /**
     * The value of an option, which arrives as a string: a JSON literal keeps its type ({@code 15}, {@code true},
     * <code>{"a": 1}</code>, {@code null}; {@code "8"} with its quotes is a string), any other string is itself. What is no
     * string is returned as it is.
     */
    public static @Nullable Object jsonLiteral(@Nullable Object value) {
        if (!(value instanceof String text) || text.isBlank()) {
            return value;
        }
        try {
            return LITERAL.readValue(text);
        } catch (JsonProcessingException e) {
            return text;
        }
    }

    @Override
    public String toString() {
        return "ChatRequest[" + model + ", " + messages.size() + " messages]";
    }
}
