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
package io.github.camelsora.event;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One message of the conversation with a gateway, as chat-completions knows it. Its {@code toString} shows no text.
 *
 * @param role {@code user}, {@code assistant} or {@code system}
 * @param content a {@code String}, or a list of parts, each a map of plain JSON types
 */
public record SoraMessage(String role, Object content) implements Serializable {

    /** The role of a prompt. */
    public static final String USER = "user";
    /** The role of a gateway's report. */
    public static final String ASSISTANT = "assistant";

    /**
     * @throws IllegalArgumentException if the role is missing, or the content is neither text nor a list of parts
     */
    public SoraMessage {
        if (role == null || role.isBlank()) {
            throw new IllegalArgumentException("A message needs a role: user, assistant or system");
        }
        if (!(content instanceof String) && !(content instanceof List)) {
            throw new IllegalArgumentException("The content of a message is text or a list of parts, not "
                    + (content == null ? "null" : content.getClass().getName()));
        }
        content = content instanceof List<?> parts ? plain(parts) : content;
    }

    /** A prompt. */
    public static SoraMessage user(String text) {
        return new SoraMessage(USER, text);
    }

    /** A gateway's report. */
    public static SoraMessage assistant(String report) {
        return new SoraMessage(ASSISTANT, report);
    }

    /** The text: the content, or the text parts, joined with a newline. */
    public String text() {
        if (content instanceof String text) {
            return text;
        }
        StringBuilder joined = new StringBuilder();
        for (Object part : (List<?>) content) {
            if (part instanceof Map<?, ?> map && map.get("text") instanceof String text) {
                joined.append(joined.isEmpty() ? "" : "\n").append(text);
            }
        }
        return joined.toString();
    }

    private static List<@Nullable Object> plain(List<?> list) {
        ArrayList<@Nullable Object> copy = new ArrayList<>(list.size());
        list.forEach(element -> copy.add(plain(element)));
        return copy;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return plain(list);
        }
        if (value instanceof Map<?, ?> map) {
            LinkedHashMap<String, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(String.valueOf(key), plain(element)));
            return copy;
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Number) {
            return value;
        }
        throw new IllegalArgumentException("A message part holds text, numbers, booleans, lists and maps, not "
                + value.getClass().getName());
    }

    @Override
    public String toString() {
        return "SoraMessage[" + role + "]";
    }
}
