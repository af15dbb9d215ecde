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
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/** One element of {@code choices}: its {@code delta}, or the {@code message} of a whole completion. Reused, not thread-safe. */
final class Choice {

    int index;

    /** Where its one text begins and ends in the chunk, in bytes; both 0 if it has none, or not as one string. */
    int textFrom;
    int textTo;
    private int texts;
    private @Nullable String content;
    private @Nullable String plainText;
    private @Nullable String thinking;
    private @Nullable String finishReason;
    private @Nullable ErrorDetails error;
    private List<Link> videos = List.of();

    void clear(int position) {
        index = position;
        texts = 0;
        textFrom = 0;
        textTo = 0;
        content = null;
        plainText = null;
        thinking = null;
        finishReason = null;
        error = null;
        videos = List.of();
    }

    /** Tells what the choice says; an error of the whole chunk goes before that of its choice. */
    void tell(ChatChunk.Builder chunk) {
        chunk.text = firstText(content, plainText);
        chunk.thinking = thinking;
        chunk.finishReason = finishReason;
        chunk.error = chunk.error == null ? error : chunk.error;
        chunk.videos = videos;
    }

    /** Reads the object that the parser has entered, up to its end. */
    void read(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "index" -> index = JsonValue.count(parser, index);
                case "delta", "message" -> readDelta(parser);
                case "text" -> plainText = text(parser);
                case "finish_reason" -> finishReason = finishReason(parser);
                case "error" -> readError(parser);
                default -> parser.skipChildren();
            }
        }
    }

    /** Some gateways write the text "null" where others write null: the choice goes on. */
    private static @Nullable String finishReason(JsonParser parser) throws IOException {
        String reason = ForeignText.cleanOrNull(JsonValue.text(parser));
        return reason == null || reason.strip().equalsIgnoreCase("null") ? null : reason;
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
                case "reasoning_content", "reasoning" -> thinking = firstText(thinking, JsonValue.text(parser));
                case "output" -> readOutput(parser);
                case "error" -> readError(parser);
                default -> parser.skipChildren();
            }
        }
    }

    private @Nullable String content(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            return text(parser);
        }
        texts++;
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

    private @Nullable String text(JsonParser parser) throws IOException {
        texts++;
        textFrom = 0;
        textTo = 0;
        if (texts > 1 || parser.currentToken() != JsonToken.VALUE_STRING) {
            return JsonValue.text(parser);
        }
        String text = parser.getText();
        textFrom = (int) parser.currentTokenLocation().getByteOffset();
        textTo = (int) parser.currentLocation().getByteOffset();
        return text;
    }

    private void readOutput(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                addVideo(Link.of(partValue(parser, "url", "video")));
            } else {
                parser.skipChildren();
            }
        }
    }

    private void addVideo(@Nullable Link video) {
        if (video != null) {
            videos = videos.isEmpty() ? new ArrayList<>(1) : videos;
            videos.add(video);
        }
    }

    /** The text of one field of a part, if the part has the type, or none. */
    private static @Nullable String partValue(JsonParser parser, String name, String wantedType) throws IOException {
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

    private static @Nullable String firstText(@Nullable String first, @Nullable String second) {
        return first == null || first.isEmpty() && second != null ? second : first;
    }
}
