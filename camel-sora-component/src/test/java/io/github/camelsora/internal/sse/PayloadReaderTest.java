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
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.internal.sse.PayloadReader.Result;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Framing: every body is read whole, byte by byte, and cut in two at every place, with the same result. */
class PayloadReaderTest {

    private static final int LIMIT = 100;

    @Test
    void anEventStreamIsOnePayloadPerEvent() {
        assertPayloads("data: one\n\n: PING\n\ndata: two\n\ndata: [DONE]\n\n", "one", "two", "[DONE]");
    }

    @Test
    void blankBytesAndABomComeBeforeWhateverItIs() {
        assertPayloads("\uFEFF\r\n\n  {\"a\":1}", "{\"a\":1}");
        assertPayloads("\uFEFF\n\ndata: one\n\n", "one");
        assertPayloads("\uFEFFdata: one\n\n", "one");
    }

    @Test
    void anEmptyEventIsASignOfLifeOnly() {
        assertPayloads("data:\n\ndata: one\n\ndata\n\n", "one");
    }

    @Test
    void anUnfinishedEventIsAPayloadAtTheEnd() {
        assertPayloads("data: one\n\ndata: tw", "one", "tw");
    }

    @Test
    void jsonValuesAreSplitWhereTheyEnd() {
        assertPayloads("{\n  \"a\": [1, {\"b\": {}}]\n}", "{\n  \"a\": [1, {\"b\": {}}]\n}");
        assertPayloads("{\"a\":1}\n{\"a\":2}\r\n\r\n{\"a\":3}\n", "{\"a\":1}", "{\"a\":2}", "{\"a\":3}");
        assertPayloads("{\"a\":1}{\"a\":2}", "{\"a\":1}", "{\"a\":2}");
        assertPayloads("{\"a\":1},\n{\"a\":2}\n[DONE]", "{\"a\":1}", "{\"a\":2}", "[DONE]");
    }

    @Test
    void bracketsAndQuotesInsideJsonStringsAreText() {
        assertPayloads("{\"a\":\"}{][\"}{\"b\":\"\\\"}\\\\\"}", "{\"a\":\"}{][\"}", "{\"b\":\"\\\"}\\\\\"}");
        assertPayloads("{\"a\":\"排队中 ✅ }\"}", "{\"a\":\"排队中 ✅ }\"}");
    }

    @Test
    void anUnfinishedJsonValueIsAPayloadAtTheEnd() {
        assertPayloads("{\"a\":1}{\"b\":\"http", "{\"a\":1}", "{\"b\":\"http");
    }

    @Test
    void aValueOfExactlyTheLimitIsRead() {
        String value = "{" + "1".repeat(LIMIT - 2) + "}";
        assertPayloads(value + value, value, value);
        assertPayloads("data: " + value + "\n\n", value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", "{", "{\"a\":1}{", "data: x\n\ndata: "})
    void aLargerValueEndsTheExchange(String start) {
        assertEnd(start + "1".repeat(LIMIT + 1), Result.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<", "<!DOCTYPE html>", "\n\t <html>", "\uFEFF<html>"})
    void anHtmlPageEndsTheExchange(String body) {
        assertEnd(body, Result.HTML_PAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\r\n", "\uFEFF"})
    void aBlankBodyIsNothing(String body) {
        assertEnd(body, Result.NOTHING);
    }

    @Test
    void anyByteBufferIsConsumedWhole() {
        byte[] bytes = "xdata: array\n\ndata: direct\n\ndata: read-only\n\n".getBytes(UTF_8);
        ByteBuffer slice = ByteBuffer.wrap(bytes, 1, bytes.length - 1).slice().limit(13);
        ByteBuffer direct = ByteBuffer.allocateDirect(14).put(bytes, 14, 14).flip();
        ByteBuffer readOnly = ByteBuffer.wrap(bytes, 28, bytes.length - 28).asReadOnlyBuffer();
        List<String> payloads = new ArrayList<>();
        PayloadReader reader = new PayloadReader(LIMIT,
                (buffer, offset, length) -> payloads.add(new String(buffer, offset, length, UTF_8)));
        for (ByteBuffer buffer : List.of(slice, direct, readOnly, ByteBuffer.allocateDirect(0))) {
            assertThat(reader.read(buffer)).isEqualTo(Result.CONTINUED);
            assertThat(buffer.hasRemaining()).isFalse();
        }
        assertThat(payloads).containsExactly("array", "direct", "read-only");
    }

    @Test
    void aLargeDirectBufferIsRead() {
        String data = "x".repeat(100_000);
        byte[] bytes = ("data: " + data + "\n\n").getBytes(UTF_8);
        List<String> payloads = new ArrayList<>();
        PayloadReader reader = new PayloadReader(bytes.length,
                (buffer, offset, length) -> payloads.add(new String(buffer, offset, length, UTF_8)));
        reader.read(ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
        assertThat(payloads).containsExactly(data);
    }

    @Test
    void commentsAloneAreAStreamWithoutPayloads() {
        assertPayloads(": PING\n\n: PING\n\n");
    }

    private static void assertPayloads(String body, String... payloads) {
        byte[] bytes = body.getBytes(UTF_8);
        for (int[] cut : cuts(bytes.length)) {
            List<String> read = new ArrayList<>();
            assertThat(read(bytes, cut, read)).isEqualTo(Result.ENDED);
            assertThat(read).containsExactly(payloads);
        }
    }

    private static void assertEnd(String body, Result end) {
        byte[] bytes = body.getBytes(UTF_8);
        for (int[] cut : cuts(bytes.length)) {
            assertThat(read(bytes, cut, new ArrayList<>())).isEqualTo(end);
        }
    }

    private static List<int[]> cuts(int length) {
        List<int[]> cuts = new ArrayList<>();
        int[] everywhere = new int[length + 1];
        for (int i = 0; i <= length; i++) {
            cuts.add(new int[] {i, length});
            everywhere[i] = i;
        }
        cuts.add(everywhere);
        return cuts;
    }

    private static Result read(byte[] bytes, int[] cut, List<String> payloads) {
        PayloadReader reader = new PayloadReader(LIMIT,
                (buffer, offset, length) -> payloads.add(new String(buffer, offset, length, UTF_8)));
        int from = 0;
        for (int to : cut) {
            // as HttpClient does: one buffer that is used again
            ByteBuffer buffer = ByteBuffer.wrap(new String(bytes, from, to - from, ISO_8859_1).getBytes(ISO_8859_1));
            Result end = reader.read(buffer);
            if (end != Result.CONTINUED) {
                return end;
            }
            assertThat(buffer.hasRemaining()).isFalse();
            from = to;
        }
        return reader.end();
    }
}
