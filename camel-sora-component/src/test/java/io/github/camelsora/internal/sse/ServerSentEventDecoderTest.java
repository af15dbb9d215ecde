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

    private final EventRecorder decoder = new EventRecorder(LIMIT);

    @AfterEach
    void nothingElseWasFound() {
        decoder.assertExhausted();
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
            EventRecorder fresh = new EventRecorder(LIMIT);
            fresh.push(bytes, 0, cut);
            fresh.push(bytes, cut, bytes.length - cut);
            assertThat(fresh.take()).as("cut at %d", cut).isEqualTo(events);
        }
        EventRecorder fresh = new EventRecorder(LIMIT);
        for (int i = 0; i < bytes.length; i++) {
            fresh.push(bytes, i, 1);
        }
        assertThat(fresh.take()).as("byte by byte").isEqualTo(events);
    }

    @Test
    void aPartOfAByteOrderMarkBelongsToAnUnknownField() {
        decoder.push(new byte[] {(byte) 0xEF, (byte) 0xBB}, 0, 2);
        decoder.push("data: a\ndata: b\n\n");
        decoder.assertEvent("b");
    }

    @Test
    void bytesThatAreNoUtf8PassUnchanged() {
        ServerSentEventDecoder raw = new ServerSentEventDecoder(LIMIT);
        byte[] wire = {'d', 'a', 't', 'a', ':', (byte) 0xFF, (byte) 0xC3, '\n', '\n'};
        assertThat(raw.next(ByteBuffer.wrap(wire))).isTrue();
        assertThat(Arrays.copyOfRange(raw.buffer(wire), raw.offset(), raw.offset() + raw.length()))
                .containsExactly((byte) 0xFF, (byte) 0xC3);
    }

    @Test
    void anEventIsFoundAtItsBlankLineAndNotAByteLater() {
        decoder.push("data: a\r");
        decoder.assertExhausted();
        decoder.push("\r");
        decoder.assertEvent("a");
        decoder.push("\ndata: b\n\n");
        decoder.assertEvent("b");
    }

    @Test
    void aSliceOfAnArrayIsReadWhereItIs() {
        byte[] bytes = "xdata: slice\n\ndata: rest".getBytes(StandardCharsets.UTF_8);
        ServerSentEventDecoder slices = new ServerSentEventDecoder(LIMIT);
        ByteBuffer slice = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().limit(13);
        assertThat(slices.next(slice)).isTrue();
        assertThat(slices.buffer(bytes)).isSameAs(bytes);
        assertThat(new String(bytes, slices.offset(), slices.length(), StandardCharsets.UTF_8)).isEqualTo("slice");
        assertThat(slice.hasRemaining()).isFalse();
        assertThat(slices.next(slice)).isFalse();
    }

    @Test
    void anEventThatIsNotEndedIsIncomplete() {
        decoder.push("data: a\n\ndata: b\n");
        decoder.end();
        decoder.assertEvent("a").assertIncomplete("b");
    }

    @Test
    void aLineThatIsNotEndedIsIncomplete() {
        decoder.push("data: a\ndata: {\"b");
        decoder.end();
        decoder.assertIncomplete("a\n{\"b");
    }

    @Test
    void withoutDataNothingIsIncomplete() {
        for (String wire : List.of("", "data", "data:", "data: ", "data:\n", "event: x\n", ": PING", "id: 1", "data: a\n\n")) {
            EventRecorder fresh = new EventRecorder(LIMIT);
            fresh.push(wire);
            fresh.end();
            assertThat(fresh.take()).isEqualTo(wire.equals("data: a\n\n") ? List.of("event|a") : List.of());
        }
    }

    @Test
    void afterTheEndNothingIsFound() {
        decoder.push("data: a\n");
        decoder.end();
        decoder.end();
        decoder.push("\ndata: b\n\n");
        decoder.assertIncomplete("a");
    }

    @Test
    void anEventOfTheLimitPassesAndOneByteMoreDoesNot() {
        EventRecorder small = new EventRecorder(10);
        small.push("data: 0123456789\n\nevent: abc\ndata: 012345\ndata:789\n\n");
        small.assertEvent("0123456789").assertEvent("012345\n789");
        assertThatThrownBy(() -> small.push("data: 01234567890\n\n"))
                .isInstanceOfSatisfying(PayloadTooLargeException.class, e -> assertThat(e.getLimit()).isEqualTo(10))
                .hasMessageContaining("10 bytes");
        small.push("data: 1\n\n");
        small.end();
    }

    @Test
    void theLimitCountsLineEnds() {
        assertThatThrownBy(() -> new EventRecorder(10).push("data: abcd\ndata: 012345"))
                .isInstanceOf(PayloadTooLargeException.class);
        assertThatThrownBy(() -> new EventRecorder(10).push("data\n".repeat(12)))
                .isInstanceOf(PayloadTooLargeException.class);
        assertThatThrownBy(() -> new EventRecorder(10).push("data: 01234567890"))
                .isInstanceOf(PayloadTooLargeException.class);
    }

    @Test
    void endlessDataIsRefusedAtTheLimit() {
        EventRecorder small = new EventRecorder(1000);
        small.push("data: ");
        assertThatThrownBy(() -> {
            for (int i = 0; i < 101; i++) {
                small.push("0123456789");
            }
        }).isInstanceOf(PayloadTooLargeException.class);
    }

    @Test
    void commentsAndUnknownFieldsAreNotLimited() {
        EventRecorder small = new EventRecorder(8);
        small.push("data: a\n");
        for (String endless : List.of(":", "id: ", "retry:", "event: ", "unknown: ", "nameless")) {
            small.push(endless);
            for (int i = 0; i < 1000; i++) {
                small.push("0123456789");
            }
            small.push("\n");
        }
        small.push("event: 1\n".repeat(1000));
        small.push("\n");
        small.assertEvent("a");
    }

    @Test
    void eventsAreFoundWithoutAllocation() {
        ServerSentEventDecoder quiet = new ServerSentEventDecoder(LIMIT);
        ByteBuffer wire = StandardCharsets.UTF_8.encode(": PING\n\nevent: chunk\ndata: {\"a\":1}\ndata: x\n\ndata: y\r\n\r\n");
        int events = count(quiet, wire);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 10_000; i++) {
            events += count(quiet, wire.rewind());
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(events).isEqualTo(20_002);
    }

    private static int count(ServerSentEventDecoder decoder, ByteBuffer wire) {
        int events = 0;
        while (decoder.next(wire)) {
            events++;
        }
        return events;
    }

    @Test
    void aLimitIsPositive() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ServerSentEventDecoder(0))
                .withMessageContaining("0");
    }
}
