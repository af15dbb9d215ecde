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
package io.github.camelsora.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.chat.ChatChunkReader;

/**
 * A stream to be read, at the three stages of reading it.
 *
 * @param bytes as they come from the gateway
 * @param payloads the JSON of its chunks, without the framing
 * @param deltas the text of its chunks
 */
record ReaderInput(byte[] bytes, List<byte[]> payloads, List<String> deltas) {

    private static final int DOTS = 2000;
    private static final String DOT = "\"content\":\".\"";
    private static final String DATA = "data: ";

    /** goapi's documented stream, or the same with so many dots, a chunk each, that they are nearly all of it. */
    static ReaderInput named(String name) {
        List<String> lines = transcript().lines().filter(line -> line.startsWith(DATA)).toList();
        return switch (name) {
            case "goapi" -> of(lines);
            case "dots" -> of(withDots(lines));
            default -> throw new IllegalArgumentException("No such input: " + name);
        };
    }

    private static String transcript() {
        try (InputStream stream = ReaderInput.class.getResourceAsStream("/transcripts/goapi.sse")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> withDots(List<String> lines) {
        List<String> more = new ArrayList<>();
        boolean added = false;
        for (String line : lines) {
            boolean first = !added && line.contains(DOT);
            for (int i = 0; i < (first ? DOTS : 1); i++) {
                more.add(line);
            }
            added |= first;
        }
        if (!added) {
            throw new IllegalStateException("The transcript has no dot");
        }
        return more;
    }

    private static ReaderInput of(List<String> lines) {
        ChatChunkReader chunks = new ChatChunkReader();
        List<byte[]> payloads = lines.stream()
                .map(line -> line.substring(DATA.length()).getBytes(StandardCharsets.UTF_8)).toList();
        List<String> deltas = payloads.stream().map(payload -> chunks.read(payload, 0, payload.length))
                .map(ChatChunk::text).filter(text -> text != null).toList();
        byte[] bytes = (String.join("\n\n", lines) + "\n\n").getBytes(StandardCharsets.UTF_8);
        return new ReaderInput(bytes, payloads, deltas);
    }
}
