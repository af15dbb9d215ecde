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
package io.github.camelsora.test;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class TranscriptTest {

    private static final byte[] TRANSCRIPT = ("﻿: PING\r\rdata:{\"choices\":[{\"delta\":{\"content\":\">🏃 进度 44..\"}}]}\r\n\r\n"
            + "data: not json\n\nid: 7\nevent: x\ndata: [DONE]").getBytes(StandardCharsets.UTF_8);

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final Client client = new Client(SORA.simulator());

    @Test
    void aTranscriptIsReplayedByteForByte(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("transcript.sse"), TRANSCRIPT);
        SORA.simulator().answer(Answer.transcript(file), Answer.transcript(TRANSCRIPT).cutAt(1, 5, 60, 60),
                Answer.transcript(new String(TRANSCRIPT, StandardCharsets.UTF_8)).closeDelimited());

        for (int i = 0; i < 3; i++) {
            Client.Received received = client.receive("a dog");
            assertThat(received.bytes()).isEqualTo(TRANSCRIPT);
            assertThat(received.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        }
        assertThat(SORA.simulator().paidRequests()).isEqualTo(3);
    }

    @Test
    void everyCutIsAWriteOfItsOwn() throws Exception {
        int insideRunner = new String(TRANSCRIPT, StandardCharsets.ISO_8859_1).indexOf("\u00f0\u009f") + 2;
        SORA.simulator().answer(Answer.transcript(TRANSCRIPT).cutAt(insideRunner, 20).pauseBetween(Duration.ofMillis(300)));

        List<Integer> sizes = new ArrayList<>();
        client.consume("a dog", bytes -> sizes.add(bytes.length));

        assertThat(sizes).containsExactly(20, insideRunner - 20, TRANSCRIPT.length - insideRunner);
    }

    @Test
    void chunksAreWrittenAsTheyAre() throws Exception {
        SORA.simulator().answer(Answer.chunks("data: a\n\n", "", "da", "ta: é"));

        assertThat(client.generate("a dog").body()).isEqualTo("data: a\n\ndata: é");
    }
}
