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

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.SoraLink;

/** One element of {@code choices}: its {@code delta}, or the {@code message} of a whole completion. Reused, not thread-safe. */
final class Choice {

    private String content;
    private String plainText;

    int index;
    String reasoning;
    String finishReason;
    ErrorDetails error;
    List<String> outputUrls;

    void clear(int position) {
        index = position;
        content = null;
        plainText = null;
        reasoning = null;
        finishReason = null;
        error = null;
        outputUrls = List.of();
    }

    String text() {
        return firstText(content, plainText);
    }

    /** Reads the object that the parser has entered, up to its end. */
    void read(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "index" -> index = JsonValue.count(parser, index);
                case "delta", "message" -> readDelta(parser);
                case "text" -> plainText = JsonValue.text(parser);
                case "finish_reason" -> finishReason = ForeignText.cleanOrNull(JsonValue.text(parser));
                case "error" -> readError(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private void readDelta(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "content" -> content = firstText(content, content(parser));
                // one gateway's name and another's; some send the same text under both
                case "reasoning_content", "reasoning" -> reasoning = firstText(reasoning, JsonValue.text(parser));
                case "output" -> readOutput(parser);
                case "error" -> readError(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private static String content(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return JsonValue.text(parser);
        }
        StringBuilder joined = new StringBuilder();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String text = parser.currentToken() == JsonToken.START_OBJECT
                    ? partValue(parser, "text", "text") : JsonValue.text(parser);
            if (text != null) {
                joined.append(text);
            }
        }
        return joined.toString();
    }

    private void readOutput(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                addOutputUrl(partValue(parser, "url", "video"));
            } else {
                parser.skipChildren();
            }
        }
    }

    private void addOutputUrl(String url) {
        if (SoraLink.isLink(url)) {
            outputUrls = outputUrls.isEmpty() ? new ArrayList<>(1) : outputUrls;
            outputUrls.add(url);
        }
    }

    /** The text of one field of a part, if the part has the type, or none. */
    private static String partValue(JsonParser parser, String name, String wantedType) throws IOException {
        String type = null;
        String value = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            if (field.equals(name)) {
                value = JsonValue.text(parser);
            } else if (field.equals("type")) {
                type = JsonValue.text(parser);
            } else {
                parser.skipChildren();
            }
        }
        return type == null || type.equalsIgnoreCase(wantedType) ? value : null;
    }

    private void readError(JsonParser parser) throws IOException {
        ErrorDetails read = JsonValue.error(parser);
        error = error == null ? read : error;
    }

    private static String firstText(String first, String second) {
        return first == null || first.isEmpty() && second != null ? second : first;
    }
}
