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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.chat.ChatChunk.Kind;
import io.github.camelsora.internal.json.ForeignJson;
import io.github.camelsora.internal.json.ForeignWords;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.params.provider.MethodSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Any payloads, one per line, are read wherever they lie, and what is said of them keeps its promises. */
class ChatChunkReaderFuzzTest {

    @MethodSource("io.github.camelsora.fuzz.FuzzSeeds#chunks")
    @FuzzTest
    void anyPayloadsAreRead(byte[] payloads) {
        ChatChunkReader reader = new ChatChunkReader();
        ChatChunkReader shifted = new ChatChunkReader();
        for (byte[] payload : lines(payloads)) {
            ChatChunk chunk = reader.read(payload, 0, payload.length);
            byte[] within = ("}\"1," + new String(payload, ISO_8859_1) + " \"}]1")
                    .getBytes(ISO_8859_1);
            assertThat(shifted.read(within, 4, payload.length + 1)).isEqualTo(chunk);
            assertThat(chunk.kind() != Kind.MALFORMED || !isObject(payload)).isTrue();
            assertKeepsItsPromises(chunk);
        }
    }

    private static void assertKeepsItsPromises(ChatChunk chunk) {
        ForeignWords.assertClean(chunk.id(), chunk.model(), chunk.finishReason());
        assertThat(chunk.videos()).allMatch(video -> video.equals(Link.of(video.url())));
        SoraUsage usage = chunk.usage();
        if (usage != null) {
            List<Integer> counts = Arrays.asList(usage.promptTokens(), usage.completionTokens(), usage.totalTokens());
            assertThat(counts).anyMatch(count -> count != null).allMatch(count -> count == null || count >= 0);
        }
        if (chunk.error() != null) {
            ForeignWords.assertTold(chunk.error());
        }
        assertThat(chunk.toString()).hasSizeLessThan(4 * 500);
    }

    private static boolean isObject(byte[] payload) {
        try {
            return ForeignJson.MAPPER.readTree(new String(payload, UTF_8)).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    private static List<byte[]> lines(byte[] payloads) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= payloads.length; i++) {
            if (i == payloads.length || payloads[i] == '\n') {
                lines.add(Arrays.copyOfRange(payloads, from, i));
                from = i + 1;
            }
        }
        return lines;
    }
}
