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
package io.github.camelsora.internal.generation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.chat.ChatChunkReader;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ObservedChunk;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import io.github.camelsora.internal.sse.PayloadReader;

import static org.assertj.core.api.Assertions.assertThat;

/** A documented stream, and what a client must make of it. */
record Transcript(String name, byte[] bytes, JsonNode expected) {

    private static final Clock NOON = Clock.fixed(Instant.parse("2025-10-20T12:00:00Z"), ZoneOffset.UTC);

    static List<Transcript> all(String folder) {
        try {
            List<Transcript> transcripts = new ArrayList<>();
            JsonNode expected = new ObjectMapper().readTree(bytes(folder + "expected.json"));
            for (Map.Entry<String, JsonNode> entry : expected.properties()) {
                transcripts.add(new Transcript(entry.getKey(), bytes(folder + entry.getKey() + ".sse"), entry.getValue()));
            }
            return transcripts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String path) throws IOException {
        try (InputStream resource = Transcript.class.getResourceAsStream("/" + path)) {
            return resource.readAllBytes();
        }
    }

    Transcript withCrLf() {
        String text = new String(bytes, StandardCharsets.UTF_8).replace("\n", "\r\n");
        return new Transcript(name, text.getBytes(StandardCharsets.UTF_8), expected);
    }

    /** Runs a generation on the bytes, cut at these offsets. */
    Story read(int... cuts) {
        Story story = new Story();
        GenerationRequest request = new GenerationRequest("generation_1", "goapi", "sora-2-preview", "a prompt",
                List.of(SoraMessage.user("a prompt")));
        GenerationBuilder.of(request, Runnable::run, result -> {
            assertThat(story.result).isNull();
            story.result = result;
        }).events((event, done) -> {
            story.events.add(event);
            done.accept(null);
        }).clock(NOON).build().start(new GivenStream(listener -> decode(listener, cuts)));
        return story;
    }

    private void decode(GenerationProtocol.Listener listener, int[] cuts) {
        ChatChunkReader chunks = new ChatChunkReader();
        PayloadReader payloads = new PayloadReader(1 << 20, (buffer, offset, length) -> {
            ChatChunk chunk = chunks.read(buffer, offset, length);
            if (chunk.kind() == ChatChunk.Kind.CHUNK) {
                listener.seen(new ObservedChunk(chunk));
            }
        });
        int from = 0;
        for (int cut : cuts) {
            payloads.read(ByteBuffer.wrap(bytes, from, cut - from));
            from = cut;
        }
        payloads.read(ByteBuffer.wrap(bytes, from, bytes.length - from));
        payloads.end();
        listener.ended(new ProtocolEnd.Finished());
    }

    /** What came of a transcript. */
    static final class Story {

        final List<SoraEvent> events = new ArrayList<>();
        GenerationResult result;

        List<String> eventNames() {
            return events.stream().map(event -> event.getType() == SoraEventType.PROGRESS
                    ? "PROGRESS " + event.getProgress() : event.getType().name()).toList();
        }

        SoraEvent last() {
            return events.get(events.size() - 1);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
