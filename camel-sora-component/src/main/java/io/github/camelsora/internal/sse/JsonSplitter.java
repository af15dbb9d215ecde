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
    private byte[] value = new byte[0];
    private int length;
    private int depth;
    private boolean inString;
    private boolean escaped;

    JsonSplitter(int maxSize) {
        this.maxSize = maxSize;
    }

    @Override
    public boolean next(ByteBuffer bytes) {
        if (depth == 0) {
            length = 0;
        }
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            if (depth > 0 || b == '{' || b == '[') {
                append(b);
                follow(b);
                if (depth == 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public byte[] buffer(byte[] read) {
        return value;
    }

    @Override
    public int offset() {
        return 0;
    }

    @Override
    public int length() {
        return length;
    }

    /** An unfinished value is passed on as it is. */
    @Override
    public boolean end() {
        return depth > 0;
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

    private void append(byte b) {
        if (length == maxSize) {
            throw new PayloadTooLargeException(maxSize);
        }
        if (length == value.length) {
            value = Arrays.copyOf(value, (int) Math.min(maxSize, Math.max(512, 2L * length)));
        }
        value[length++] = b;
    }
}
