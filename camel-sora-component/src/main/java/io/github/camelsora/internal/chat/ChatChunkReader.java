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
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.json.ForeignJson;
import org.jspecify.annotations.Nullable;

/**
 * Reads the payloads of one stream: {@code chat.completion.chunk} objects as OpenAI documents them, what gateways make of
 * them, and a whole {@code chat.completion}. Knows neither the framing around a payload nor the report inside it. Unknown
 * fields are skipped, and a field of an unexpected kind counts as missing.
 *
 * <p>Parses the bytes where they are. Keeps nothing of a payload but what the chunks of a stream share: id, model, and a
 * small {@link ChunkTemplate}, with which most chunks are read without a parser.
 * Not thread-safe: one instance per stream.
 */
public final class ChatChunkReader {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);

    private final ChatChunk.Builder chunk = new ChatChunk.Builder();
    private @Nullable String lastId;
    private @Nullable String lastModel;
    private boolean firstChoiceSeen;

    private Choice choice = new Choice();
    private Choice candidate = new Choice();

    private @Nullable ChunkTemplate template;

    /**
     * Reads one payload. Bytes that are no UTF-8 are read as U+FFFD. What follows the JSON object is ignored. Never throws.
     */
    public ChatChunk read(byte[] buffer, int offset, int length) {
        int from = offset;
        int to = offset + length;
        while (from < to && isBlank(buffer[from])) {
            from++;
        }
        while (from < to && isBlank(buffer[to - 1])) {
            to--;
        }
        if (from == to) {
            return ChatChunk.EMPTY;
        }
        if (Arrays.equals(buffer, from, to, DONE, 0, DONE.length)) {
            return ChatChunk.DONE;
        }
        ChatChunk similar = template == null ? null : template.read(buffer, from, to);
        if (similar != null) {
            return similar;
        }
        ChunkTemplate.Builder learning = new ChunkTemplate.Builder();
        try (JsonParser parser = ForeignJson.payload(buffer, from, to - from)) {
            ChatChunk read = readChunk(parser, learning);
            ChunkTemplate learnt = learning.build(buffer, from, to, read);
            template = learnt == null ? template : learnt;
            return read;
        } catch (IOException | RuntimeException e) {
            return readReplaced(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private ChatChunk readReplaced(String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            try (JsonParser parser = ForeignJson.payload(text)) {
                return readChunk(parser, new ChunkTemplate.Builder());
            } catch (IOException | RuntimeException e) {
                return ChatChunk.MALFORMED;
            }
        }
        return ChatChunk.MALFORMED;
    }

    private ChatChunk readChunk(JsonParser parser, ChunkTemplate.Builder learning) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return ChatChunk.MALFORMED;
        }
        chunk.clear();
        choice.clear(-1);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> chunk.id = JsonValue.repeated(parser, lastId);
                case "model" -> chunk.model = JsonValue.repeated(parser, lastModel);
                case "choices" -> readChoices(parser, learning);
                case "usage" -> chunk.usage = usage(parser);
                case "error" -> chunk.error = JsonValue.error(parser);
                default -> {
                    learning.ignored(parser);
                    parser.skipChildren();
                }
            }
        }
        learning.text(choice);
        lastId = chunk.id == null ? lastId : chunk.id;
        lastModel = chunk.model == null ? lastModel : chunk.model;
        choice.tell(chunk);
        ChatChunk read = chunk.build();
        // a large chunk is not held while the stream waits for the next one, which may take minutes
        chunk.clear();
        choice.clear(-1);
        candidate.clear(-1);
        return read;
    }

    private void readChoices(JsonParser parser, ChunkTemplate.Builder learning) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (int position = 0; parser.nextToken() != JsonToken.END_ARRAY; position++) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                learning.choice();
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

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
