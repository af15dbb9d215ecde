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

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelsora.event.SoraUsage;
import org.jspecify.annotations.Nullable;

/**
 * Reads one chunk with Jackson, and finds out whether it is a template for others. One instance per chunk: most chunks of a
 * stream need none, and a stream may be quiet for minutes.
 */
final class ChunkParser {

    private final ChatChunk.Builder chunk = new ChatChunk.Builder();
    private final ChunkTemplate.Builder template = new ChunkTemplate.Builder();
    private final @Nullable String lastId;
    private final @Nullable String lastModel;
    private boolean firstChoiceSeen;
    private Choice choice = new Choice();
    private Choice candidate = new Choice();

    /**
     * @param lastId the id of the chunk before, to be used again
     * @param lastModel its model
     * @param firstChoiceSeen whether a chunk of this stream had choice 0
     */
    ChunkParser(@Nullable String lastId, @Nullable String lastModel, boolean firstChoiceSeen) {
        this.lastId = lastId;
        this.lastModel = lastModel;
        this.firstChoiceSeen = firstChoiceSeen;
    }

    /** Whether a chunk of this stream had choice 0, this one included. */
    boolean firstChoiceSeen() {
        return firstChoiceSeen;
    }

    /** What the next chunk may fit, once this one has been read; {@code null} if this one is no template. */
    @Nullable ChunkTemplate template(byte[] buffer, int from, int to, ChatChunk read) {
        return template.build(buffer, from, to, read);
    }

    ChatChunk read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return ChatChunk.MALFORMED;
        }
        choice.clear(-1);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> chunk.id = JsonValue.repeated(parser, lastId);
                case "model" -> chunk.model = JsonValue.repeated(parser, lastModel);
                case "choices" -> readChoices(parser);
                case "usage" -> chunk.usage = usage(parser);
                case "error" -> chunk.error = JsonValue.error(parser);
                default -> {
                    template.ignored(parser);
                    parser.skipChildren();
                }
            }
        }
        template.text(choice);
        choice.tell(chunk);
        return chunk.build();
    }

    private void readChoices(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (int position = 0; parser.nextToken() != JsonToken.END_ARRAY; position++) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                template.choice();
                candidate.clear(position);
                candidate.read(parser);
                takeIfFirst();
            } else {
                parser.skipChildren();
            }
        }
    }

    /** Choice 0 counts. Where a stream has none, because its gateway counts otherwise, the first of each chunk does. */
    private void takeIfFirst() {
        boolean first = candidate.index == 0;
        firstChoiceSeen |= first;
        if (first ? choice.index != 0 : choice.index < 0 && !firstChoiceSeen) {
            Choice taken = candidate;
            candidate = choice;
            choice = taken;
        }
    }

    private static @Nullable SoraUsage usage(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return null;
        }
        int prompt = -1;
        int completion = -1;
        int total = -1;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "prompt_tokens" -> prompt = JsonValue.count(parser, -1);
                case "completion_tokens" -> completion = JsonValue.count(parser, -1);
                case "total_tokens" -> total = JsonValue.count(parser, -1);
                default -> parser.skipChildren();
            }
        }
        return prompt < 0 && completion < 0 && total < 0
                ? null : new SoraUsage(known(prompt), known(completion), known(total));
    }

    private static @Nullable Integer known(int tokens) {
        return tokens < 0 ? null : Integer.valueOf(tokens);
    }
}
