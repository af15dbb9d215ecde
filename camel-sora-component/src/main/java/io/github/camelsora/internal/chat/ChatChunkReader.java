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

    private @Nullable String lastId;
    private @Nullable String lastModel;
    private boolean firstChoiceSeen;
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
        ChunkParser chunk = new ChunkParser(lastId, lastModel, firstChoiceSeen);
        try (JsonParser parser = ForeignJson.payload(buffer, from, to - from)) {
            ChatChunk read = remember(chunk, chunk.read(parser));
            ChunkTemplate learnt = chunk.template(buffer, from, to, read);
            template = learnt == null ? template : learnt;
            return read;
        } catch (IOException | RuntimeException e) {
            return readReplaced(new String(buffer, from, to - from, StandardCharsets.UTF_8));
        }
    }

    private ChatChunk readReplaced(String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            ChunkParser chunk = new ChunkParser(lastId, lastModel, firstChoiceSeen);
            try (JsonParser parser = ForeignJson.payload(text)) {
                return remember(chunk, chunk.read(parser));
            } catch (IOException | RuntimeException e) {
                return ChatChunk.MALFORMED;
            }
        }
        return ChatChunk.MALFORMED;
    }

    private ChatChunk remember(ChunkParser chunk, ChatChunk read) {
        firstChoiceSeen = chunk.firstChoiceSeen();
        lastId = read.id() == null ? lastId : read.id();
        lastModel = read.model() == null ? lastModel : read.model();
        return read;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
