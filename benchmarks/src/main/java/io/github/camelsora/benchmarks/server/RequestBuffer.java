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

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Collects the bytes of one request until it is whole. A request that comes in one piece is not copied twice. */
final class RequestBuffer {

    private static final int NOT_KNOWN = -1;

    private byte[] bytes = {};
    /** Where the body begins, behind the head. */
    private int body = NOT_KNOWN;
    private int contentLength = NOT_KNOWN;

    /** Whether the request is whole now. */
    boolean add(ByteBuffer piece) {
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + piece.remaining());
        piece.get(bytes, before, piece.remaining());
        if (body == NOT_KNOWN) {
            readHead();
        }
        if (body == NOT_KNOWN) {
            return false;
        }
        return contentLength == NOT_KNOWN ? endsWithLastChunk() : bytes.length >= body + contentLength;
    }

    private void readHead() {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0) {
            return;
        }
        body = end + 4;
        String head = text.substring(0, end).toLowerCase(Locale.ROOT);
        int header = head.indexOf("\r\ncontent-length:");
        if (header >= 0) {
            int from = header + "\r\ncontent-length:".length();
            int to = head.indexOf('\r', from);
            contentLength = Integer.parseInt(head.substring(from, to < 0 ? head.length() : to).strip());
        }
    }

    private boolean endsWithLastChunk() {
        int length = bytes.length;
        return length >= body + 5 && bytes[length - 5] == '0' && bytes[length - 1] == '\n' && bytes[length - 3] == '\n';
    }

    byte[] bytes() {
        return bytes;
    }

    /** For the next request of the connection. */
    void clear() {
        bytes = new byte[0];
        body = NOT_KNOWN;
        contentLength = NOT_KNOWN;
    }
}
