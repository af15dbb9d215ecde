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

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ServerSentEventDecoderTest {

    private static final int LIMIT = 1024 * 1024;

    private final EventRecorder recorder = new EventRecorder();
    private final ServerSentEventDecoder decoder = new ServerSentEventDecoder(LIMIT, recorder);

    @AfterEach
    void nothingElseWasDelivered() {
        recorder.assertExhausted();
    }

    private void push(String text) {
        push(decoder, text);
    }

    private static void push(ServerSentEventDecoder decoder, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        decoder.push(bytes, 0, bytes.length);
    }

    static List<Arguments> wireRules() {
        return List.of(
                // the examples of the standard, section 9.2.6
                arguments("data: YHOO\ndata: +2\ndata: 10\n\n", List.of("event|YHOO\n+2\n10")),
                arguments(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
                        List.of("event|first event", "event|second event", "event| third event")),
                arguments("data\n\ndata\ndata\n\ndata:", List.of("event|", "event|\n")),
                arguments("data:test\n\ndata: test\n\n", List.of("event|test", "event|test")),
                // fields
                arguments("event: add\ndata: 1\n\ndata: 2\n\n", List.of("event|1", "event|2")),
                arguments("event:add\nevent: remove\ndata: 1\n\n", List.of("event|1")),
                arguments("event\ndata: 1\n\n", List.of("event|1")),
                arguments("event: add\nevent:\ndata: 1\n\n", List.of("event|1")),
                arguments("event: done\n\ndata: 1\n\n", List.of("event|1")),
                arguments("event: größe\ndata: 1\n\nevent: größe\ndata: 2\n\n", List.of("event|1", "event|2")),
                arguments("retry: 10\nid: 7\u0000\ndata: 1\n\n", List.of("event|1")),
                arguments("Data: 1\nDATA: 2\ndatas: 3\ndat: 4\n data: 5\ndata : 6\n\n", List.of()),
                arguments("eventdata: 1\nunknown\ndata: 2\n\n", List.of("event|2")),
                arguments("data: a: b:c\n\n", List.of("event|a: b:c")),
                arguments("data::\n\n", List.of("event|:")),
                arguments("data:\tx\n\n", List.of("event|\tx")),
                arguments("data: a\u0000b\n\n", List.of("event|a\u0000b")),
                arguments("data: 进度 🏃\n\n", List.of("event|进度 🏃")),
                arguments("data:\ndata: x\ndata:\n\n", List.of("event|\nx\n")),
                // comments
                arguments(": PING\n\n: PING\n\n", List.of()),
                arguments(":data: no\ndata: a\n: PING\ndata: b\n:\n\n", List.of("event|a\nb")),
                // line ends
                arguments("data: a\r\n\r\ndata: b\r\n\r\n", List.of("event|a", "event|b")),
                arguments("data: a\r\rdata: b\r\r", List.of("event|a", "event|b")),
                arguments("data: a\r\n\rdata: b\r\r\n\ndata: c\n\r\n", List.of("event|a", "event|b", "event|c")),
                arguments("data: a\rdata: b\n\n", List.of("event|a\nb")),
                arguments("\n\r\r\n\ndata: a\n\n\n\n", List.of("event|a")),
                arguments("data: a\u2028b\u0085c\fd\n\n", List.of("event|a\u2028b\u0085c\fd")),
                // byte order mark
                arguments("\uFEFFdata: a\n\n", List.of("event|a")),
                arguments("\uFEFF\uFEFFdata: a\n\n", List.of()),
                arguments("data: a\n\n\uFEFFdata: b\n\n", List.of("event|a")),
                arguments("data: \uFEFFa\n\n", List.of("event|\uFEFFa")),
                arguments("\uFEFF: c\ndata: a\n\n", List.of("event|a")),
                // no knowledge of any end marker
                arguments("data: [DONE]\n\ndata: a\n\n", List.of("event|[DONE]", "event|a")));
    }

    @ParameterizedTest
    @MethodSource("wireRules")
    void theWireRulesHoldWhateverTheCut(String wire, List<String> events) {
        byte[] bytes = wire.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            ServerSentEventDecoder fresh = new ServerSentEventDecoder(LIMIT, recorder);
            fresh.push(bytes, 0, cut);
            fresh.push(bytes, cut, bytes.length - cut);
            assertThat(recorder.take()).as("cut at %d", cut).isEqualTo(events);
        }
        ServerSentEventDecoder fresh = new ServerSentEventDecoder(LIMIT, recorder);
        for (int i = 0; i < bytes.length; i++) {
            fresh.push(bytes, i, 1);
        }
        assertThat(recorder.take()).as("byte by byte").isEqualTo(events);
    }

    @Test
    void aPartOfAByteOrderMarkBelongsToAnUnknownField() {
        decoder.push(new byte[] {(byte) 0xEF, (byte) 0xBB}, 0, 2);
        push("data: a\ndata: b\n\n");
        recorder.assertEvent("b");
    }

    @Test
    void bytesThatAreNoUtf8PassUnchanged() {
        List<byte[]> payloads = new ArrayList<>();
        ServerSentEventDecoder raw = new ServerSentEventDecoder(LIMIT, new ServerSentEventDecoder.Listener() {
            @Override
            public void event(byte[] buffer, int offset, int length) {
                payloads.add(Arrays.copyOfRange(buffer, offset, offset + length));
            }

            @Override
            public void incomplete(byte[] buffer, int offset, int length) {
                throw new AssertionError("incomplete");
            }
        });
        raw.push(new byte[] {'d', 'a', 't', 'a', ':', (byte) 0xFF, (byte) 0xC3, '\n', '\n'}, 0, 9);
        assertThat(payloads).containsExactly(new byte[] {(byte) 0xFF, (byte) 0xC3});
    }

    @Test
    void anEventIsDeliveredAtItsBlankLineAndNotAByteLater() {
        push("data: a\r");
        recorder.assertExhausted();
        push("\r");
        recorder.assertEvent("a");
        push("\ndata: b\n\n");
        recorder.assertEvent("b");
    }

    @Test
    void anyByteBufferIsConsumedWhole() {
        byte[] bytes = "xdata: array\n\ndata: direct\n\ndata: read-only\n\n".getBytes(StandardCharsets.UTF_8);
        ByteBuffer slice = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().limit(13);
        ByteBuffer direct = ByteBuffer.allocateDirect(14).put(bytes, 14, 14).flip();
        ByteBuffer readOnly = ByteBuffer.wrap(bytes, 28, bytes.length - 28).asReadOnlyBuffer();
        for (ByteBuffer buffer : List.of(slice, direct, readOnly, ByteBuffer.allocateDirect(0))) {
            decoder.push(buffer);
            assertThat(buffer.hasRemaining()).isFalse();
        }
        recorder.assertEvent("array").assertEvent("direct").assertEvent("read-only");
    }

    @Test
    void aLargeDirectBufferIsRead() {
        String data = "x".repeat(100_000);
        byte[] bytes = ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        decoder.push(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        recorder.assertEvent(data);
    }

    @Test
    void anEventThatIsNotEndedIsIncomplete() {
        push("data: a\n\ndata: b\n");
        decoder.end();
        recorder.assertEvent("a").assertIncomplete("b");
    }

    @Test
    void aLineThatIsNotEndedIsIncomplete() {
        push("data: a\ndata: {\"b");
        decoder.end();
        recorder.assertIncomplete("a\n{\"b");
    }

    @Test
    void withoutDataNothingIsIncomplete() {
        for (String wire : List.of("", "data", "data:", "data: ", "data:\n", "event: x\n", ": PING", "id: 1", "data: a\n\n")) {
            ServerSentEventDecoder fresh = new ServerSentEventDecoder(LIMIT, recorder);
            push(fresh, wire);
            fresh.end();
        }
        recorder.assertEvent("a");
    }

    @Test
    void afterTheEndNothingIsDelivered() {
        push("data: a\n");
        decoder.end();
        decoder.end();
        push("\ndata: b\n\n");
        recorder.assertIncomplete("a");
    }

    @Test
    void aListenerThatClosesTheDecoderGetsNothingMore() {
        ServerSentEventDecoder[] closing = new ServerSentEventDecoder[1];
        closing[0] = new ServerSentEventDecoder(LIMIT, new ServerSentEventDecoder.Listener() {
            @Override
            public void event(byte[] buffer, int offset, int length) {
                closing[0].close();
                recorder.event(buffer, offset, length);
            }

            @Override
            public void incomplete(byte[] buffer, int offset, int length) {
                recorder.incomplete(buffer, offset, length);
            }
        });
        push(closing[0], "data: [DONE]\n\ndata: b\n\ndata: c");
        push(closing[0], "data: d\n\n");
        closing[0].end();
        recorder.assertEvent("[DONE]");
    }

    @Test
    void anExceptionOfTheListenerPassesAndClosesTheDecoder() {
        ServerSentEventDecoder failing = new ServerSentEventDecoder(LIMIT, new ServerSentEventDecoder.Listener() {
            @Override
            public void event(byte[] buffer, int offset, int length) {
                recorder.event(buffer, offset, length);
                throw new IllegalStateException("listener");
            }

            @Override
            public void incomplete(byte[] buffer, int offset, int length) {
                recorder.incomplete(buffer, offset, length);
            }
        });
        assertThatThrownBy(() -> push(failing, "data: a\n\ndata: b\n\n")).hasMessage("listener");
        push(failing, "data: c\n\n");
        failing.end();
        recorder.assertEvent("a");
    }

    @Test
    void anEventOfTheLimitPassesAndOneByteMoreDoesNot() {
        ServerSentEventDecoder small = new ServerSentEventDecoder(10, recorder);
        push(small, "data: 0123456789\n\nevent: abc\ndata: 012345\ndata:789\n\n");
        recorder.assertEvent("0123456789").assertEvent("012345\n789");
        assertThatThrownBy(() -> push(small, "data: 01234567890\n\n"))
                .isInstanceOfSatisfying(EventTooLargeException.class, e -> assertThat(e.getLimit()).isEqualTo(10))
                .hasMessageContaining("10 bytes");
        push(small, "data: 1\n\n");
        small.end();
    }

    @Test
    void theLimitCountsLineEnds() {
        assertThatThrownBy(() -> push(new ServerSentEventDecoder(10, recorder), "data: abcd\ndata: 012345"))
                .isInstanceOf(EventTooLargeException.class);
        assertThatThrownBy(() -> push(new ServerSentEventDecoder(10, recorder), "data\n".repeat(12)))
                .isInstanceOf(EventTooLargeException.class);
        assertThatThrownBy(() -> push(new ServerSentEventDecoder(10, recorder), "data: 01234567890"))
                .isInstanceOf(EventTooLargeException.class);
    }

    @Test
    void endlessDataIsRefusedAtTheLimit() {
        ServerSentEventDecoder small = new ServerSentEventDecoder(1000, recorder);
        push(small, "data: ");
        assertThatThrownBy(() -> {
            for (int i = 0; i < 101; i++) {
                push(small, "0123456789");
            }
        }).isInstanceOf(EventTooLargeException.class);
    }

    @Test
    void commentsAndUnknownFieldsAreNotLimited() {
        ServerSentEventDecoder small = new ServerSentEventDecoder(8, recorder);
        push(small, "data: a\n");
        for (String endless : List.of(":", "id: ", "retry:", "event: ", "unknown: ", "nameless")) {
            push(small, endless);
            for (int i = 0; i < 1000; i++) {
                push(small, "0123456789");
            }
            push(small, "\n");
        }
        push(small, "event: 1\n".repeat(1000));
        push(small, "\n");
        recorder.assertEvent("a");
    }

    @Test
    void eventsAreDeliveredWithoutAllocation() {
        int[] events = new int[1];
        ServerSentEventDecoder quiet = new ServerSentEventDecoder(LIMIT, new ServerSentEventDecoder.Listener() {
            @Override
            public void event(byte[] buffer, int offset, int length) {
                events[0]++;
            }

            @Override
            public void incomplete(byte[] buffer, int offset, int length) {
                throw new AssertionError("incomplete");
            }
        });
        byte[] wire = ": PING\n\nevent: chunk\ndata: {\"a\":1}\ndata: x\n\ndata: y\r\n\r\n".getBytes(StandardCharsets.UTF_8);
        quiet.push(wire, 0, wire.length);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            quiet.push(wire, 0, wire.length);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(events[0]).isEqualTo(20_002);
    }

    @Test
    void aLimitIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ServerSentEventDecoder(0, recorder))
                .withMessageContaining("0");
    }
}
