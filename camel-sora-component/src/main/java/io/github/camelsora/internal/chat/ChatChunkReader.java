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
import java.util.List;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.json.ForeignJson;

/**
 * Reads the payloads of one stream: {@code chat.completion.chunk} objects as OpenAI documents them, what gateways make of
 * them, and a whole {@code chat.completion}. Knows neither the framing around a payload nor the report inside it. Unknown
 * fields are skipped, and a field of an unexpected kind counts as missing.
 *
 * <p>Parses the bytes where they are, and keeps nothing of a payload but id and model, which the chunks of a stream share.
 * Not thread-safe: one instance per stream.
 */
public final class ChatChunkReader {

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final ChatChunk EMPTY = new ChatChunk(null, null, null, null, null, null, null, List.of());

    private int malformed;
    private String lastId;
    private String lastModel;
    private boolean firstChoiceSeen;

    private Choice choice = new Choice();
    private Choice candidate = new Choice();

    /** How many payloads of the stream were {@link ChatChunk#MALFORMED}. */
    public int malformed() {
        return malformed;
    }

    /**
     * Reads one payload. Bytes that are no UTF-8 are read as U+FFFD. What follows the JSON object is ignored. Never throws.
     *
     * @return the chunk, {@link ChatChunk#DONE}, or {@link ChatChunk#MALFORMED}; for white space, a chunk that says nothing
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
            return EMPTY;
        }
        if (Arrays.equals(buffer, from, to, DONE, 0, DONE.length)) {
            return ChatChunk.DONE;
        }
        try (JsonParser parser = ForeignJson.payload(buffer, from, to - from)) {
            return readChunk(parser);
        } catch (IOException | RuntimeException e) {
            return readReplaced(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private ChatChunk readReplaced(String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            try (JsonParser parser = ForeignJson.payload(text)) {
                return readChunk(parser);
            } catch (IOException | RuntimeException e) {
                return malformedChunk();
            }
        }
        return malformedChunk();
    }

    private ChatChunk malformedChunk() {
        malformed++;
        return ChatChunk.MALFORMED;
    }

    private ChatChunk readChunk(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return malformedChunk();
        }
        String id = null;
        String model = null;
        SoraUsage usage = null;
        ErrorDetails error = null;
        choice.clear(-1);
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            parser.nextToken();
            switch (field) {
                case "id" -> id = JsonValue.repeated(parser, lastId);
                case "model" -> model = JsonValue.repeated(parser, lastModel);
                case "choices" -> readChoices(parser);
                case "usage" -> usage = usage(parser);
                case "error" -> error = JsonValue.error(parser);
                default -> parser.skipChildren();
            }
        }
        lastId = id == null ? lastId : id;
        lastModel = model == null ? lastModel : model;
        ChatChunk chunk = new ChatChunk(id, model, choice.text(), choice.reasoning, choice.finishReason, usage,
                error == null ? choice.error : error, List.copyOf(choice.outputUrls));
        choice.clear(-1);
        candidate.clear(-1);
        return chunk;
    }

    private void readChoices(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        for (int position = 0; parser.nextToken() != JsonToken.END_ARRAY; position++) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
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

    private static SoraUsage usage(JsonParser parser) throws IOException {
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

    private static Integer known(int tokens) {
        return tokens < 0 ? null : Integer.valueOf(tokens);
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
