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
package io.github.camelsora.internal.sse;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads bytes with a decoder and keeps what it finds, one line each: {@code event|data}, or {@code incomplete|data}. */
final class EventRecorder {

    private final Deque<String> lines = new ArrayDeque<>();
    private final ServerSentEventDecoder decoder;

    /** @param limit how many bytes the data of an event may have */
    EventRecorder(int limit) {
        decoder = new ServerSentEventDecoder(limit);
    }

    void push(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        push(bytes, 0, bytes.length);
    }

    void push(byte[] bytes, int offset, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
        while (decoder.next(buffer)) {
            lines.add("event|" + text(bytes));
        }
        assertThat(buffer.hasRemaining()).isFalse();
    }

    void end() {
        if (decoder.end()) {
            lines.add("incomplete|" + text(new byte[0]));
        }
    }

    private String text(byte[] read) {
        return new String(decoder.buffer(read), decoder.offset(), decoder.length(), StandardCharsets.UTF_8);
    }

    EventRecorder assertEvent(String data) {
        assertThat(lines.poll()).isEqualTo("event|" + data);
        return this;
    }

    EventRecorder assertIncomplete(String data) {
        assertThat(lines.poll()).isEqualTo("incomplete|" + data);
        return this;
    }

    void assertExhausted() {
        assertThat(lines).isEmpty();
    }

    List<String> take() {
        List<String> taken = new ArrayList<>(lines);
        lines.clear();
        return taken;
    }
}
