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
package io.github.camelsora.internal.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.camelsora.internal.text.Secrets;

/**
 * The bytes that one connection reads, with the keys cut out of the head of the answer. A key may be split over two reads, so
 * the end of the bytes waits if it may be the beginning of a key. A key has no line end, so nothing of a whole line waits.
 * Behind the head, and with TLS, the bytes are passed as they are.
 *
 * <p>Not thread-safe.
 */
final class MaskedHead {

    private static final byte FIRST_TLS_TYPE = 0x14;
    private static final byte LAST_TLS_TYPE = 0x17;
    /** Where the status code begins in {@code HTTP/1.1 200 OK}. */
    private static final int STATUS_CODE = 9;

    private final Secrets.Pieces pieces;
    private boolean started;
    private boolean over;
    private boolean firstLine = true;
    private int column;
    private boolean informational;

    MaskedHead(Secrets secrets) {
        pieces = secrets.pieces();
    }

    /** What can be passed on of the bytes so far and was not yet. It is never longer than what waited and these bytes. */
    ByteBuffer next(ByteBuffer bytes) {
        byte[] read = new byte[bytes.remaining()];
        bytes.get(read);
        if (!started && read.length > 0) {
            started = true;
            over = read[0] >= FIRST_TLS_TYPE && read[0] <= LAST_TLS_TYPE;
        }
        int head = lengthOfHead(read);
        // One character for each byte, and back.
        byte[] masked = pieces.next(new String(read, 0, head, StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(masked.length + read.length - head).put(masked).put(read, head, read.length - head).flip();
    }

    /** What still waits, at the end of the connection. */
    ByteBuffer end() {
        return ByteBuffer.wrap(pieces.end().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** How many bytes wait. */
    int waiting() {
        return pieces.waiting();
    }

    /** Whether all that follows is passed as it is. */
    boolean isOver() {
        return over;
    }

    private int lengthOfHead(byte[] read) {
        int length = 0;
        while (length < read.length && !over) {
            see(read[length++]);
        }
        return length;
    }

    private void see(byte next) {
        if (next == '\n') {
            // Lines may be blank before the first, and heads such as 100 come before the one of the answer.
            over = column == 0 && !firstLine && !informational;
            firstLine = column == 0;
            column = 0;
        } else if (next != '\r') {
            if (firstLine && column == STATUS_CODE) {
                informational = next == '1';
            }
            column++;
        }
    }
}
