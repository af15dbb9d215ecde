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

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Keeps what a decoder delivers, one line each: {@code event|data}, or {@code incomplete|data}. */
final class EventRecorder implements ServerSentEventDecoder.Listener {

    private final Deque<String> lines = new ArrayDeque<>();

    @Override
    public void event(byte[] buffer, int offset, int length) {
        lines.add("event|" + new String(buffer, offset, length, StandardCharsets.UTF_8));
    }

    @Override
    public void incomplete(byte[] buffer, int offset, int length) {
        lines.add("incomplete|" + new String(buffer, offset, length, StandardCharsets.UTF_8));
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
