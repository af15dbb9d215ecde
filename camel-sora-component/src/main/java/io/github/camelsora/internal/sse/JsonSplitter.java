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
import java.util.Arrays;

/**
 * Splits a byte stream into its top-level JSON objects and arrays, whatever stands between them: a whole answer, one object
 * per line, or one after the other. Finds where a value ends and nothing else, so that what it passes on may be malformed.
 * Works on bytes, since no part of a UTF-8 sequence is a bracket or a quote. Not thread-safe: one instance per body.
 */
final class JsonSplitter implements PayloadReader.Splitter {

    private final int maxSize;
    private final PayloadReader.Sink sink;
    private byte[] value = new byte[0];
    private int length;
    private int depth;
    private boolean inString;
    private boolean escaped;

    JsonSplitter(int maxSize, PayloadReader.Sink sink) {
        this.maxSize = maxSize;
        this.sink = sink;
    }

    @Override
    public boolean push(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (depth == 0 && b != '{' && b != '[') {
                continue;
            }
            if (!append(b)) {
                return false;
            }
            follow(b);
            if (depth == 0) {
                flush();
            }
        }
        return true;
    }

    /** An unfinished value is passed on as it is. */
    @Override
    public void end() {
        if (length > 0) {
            flush();
        }
        value = new byte[0];
    }

    private void follow(byte b) {
        if (escaped) {
            escaped = false;
        } else if (inString) {
            escaped = b == '\\';
            inString = b != '"';
        } else {
            switch (b) {
                case '"' -> inString = true;
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> { }
            }
        }
    }

    private boolean append(byte b) {
        if (length == maxSize) {
            return false;
        }
        if (length == value.length) {
            value = Arrays.copyOf(value, (int) Math.min(maxSize, Math.max(512, 2L * length)));
        }
        value[length++] = b;
        return true;
    }

    private void flush() {
        int whole = length;
        length = 0;
        depth = 0;
        inString = false;
        escaped = false;
        sink.payload(value, 0, whole);
    }
}
