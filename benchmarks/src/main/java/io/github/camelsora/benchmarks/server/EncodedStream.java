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
package io.github.camelsora.benchmarks.server;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.benchmarks.load.StreamShape;

/** A stream as the bytes of an HTTP answer. Only the task id differs by stream. */
final class EncodedStream {

    /** What stands around the payloads. */
    enum Framing {
        /** The head of HTTP/1.1, each payload a chunk of its own; the connection is closed behind the last. */
        CLOSE("close"),
        /** The same, and the connection is used again. */
        KEEP_ALIVE("keep-alive"),
        /** Nothing: somebody else writes heads and frames. */
        NONE("");

        private final String connection;

        Framing(String connection) {
            this.connection = connection;
        }

        private byte[] head() {
            return this == NONE ? new byte[0] : ascii("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    + "Cache-Control: no-cache\r\nConnection: " + connection + "\r\nTransfer-Encoding: chunked\r\n\r\n");
        }

        private byte[] before(byte[] event) {
            return this == NONE ? new byte[0] : ascii(Integer.toHexString(event.length) + "\r\n");
        }

        private byte[] behind() {
            return this == NONE ? new byte[0] : ascii("\r\n");
        }

        private byte[] end() {
            return this == NONE ? new byte[0] : ascii("0\r\n\r\n");
        }
    }

    private static final String TEMPLATE =
            StreamShape.TASK_ID.substring(0, StreamShape.TASK_ID.length() - StreamShape.DIGITS);

    private final StreamShape shape;
    private final byte[] bytes;
    /** Where each payload begins; the head is before the first, the last chunk of HTTP behind the last. */
    private final int[] begins;
    /** Where the digits of the task id are. */
    private final int[] digits;

    EncodedStream(StreamShape shape, Framing framing) {
        this.shape = shape;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(framing.head());
        int payloads = shape.payloads().size();
        begins = new int[payloads + 1];
        for (int i = 0; i < payloads; i++) {
            begins[i] = out.size();
            byte[] event = ("data: " + shape.payloads().get(i) + "\n\n").getBytes(StandardCharsets.UTF_8);
            out.writeBytes(framing.before(event));
            out.writeBytes(event);
            out.writeBytes(framing.behind());
        }
        begins[payloads] = out.size();
        out.writeBytes(framing.end());
        bytes = out.toByteArray();
        digits = digits(bytes);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static int[] digits(byte[] bytes) {
        // one byte for each character, so that the places are the same
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<Integer> places = new ArrayList<>();
        for (int i = text.indexOf(TEMPLATE); i >= 0; i = text.indexOf(TEMPLATE, i + 1)) {
            places.add(i + TEMPLATE.length());
        }
        return places.stream().mapToInt(Integer::intValue).toArray();
    }

    StreamShape shape() {
        return shape;
    }

    /** How many steps a stream has: the head with the first payload, the other payloads, the last with the end. */
    int steps() {
        return begins.length - 1;
    }

    /** What is written at some steps. */
    ByteBuffer bytes(int number, int firstStep, int lastStep) {
        int from = firstStep == 0 ? 0 : begins[firstStep];
        int to = lastStep == steps() - 1 ? bytes.length : begins[lastStep + 1];
        for (int place : digits) {
            if (place >= from && place < to) {
                return numbered(number, from, to);
            }
        }
        return ByteBuffer.wrap(bytes, from, to - from);
    }

    private ByteBuffer numbered(int number, int from, int to) {
        byte[] copy = new byte[to - from];
        System.arraycopy(bytes, from, copy, 0, copy.length);
        for (int place : digits) {
            int rest = number;
            for (int i = place + StreamShape.DIGITS - 1; i >= place; i--) {
                if (i >= from && i < to) {
                    copy[i - from] = (byte) ('0' + rest % 10);
                }
                rest /= 10;
            }
        }
        return ByteBuffer.wrap(copy);
    }
}
