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
package io.github.camelsora.benchmarks.client;

import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts server-sent events into payloads, as plainly as this server writes them: one line for each, behind {@code data: }. Keeps
 * bytes only of a line that is not whole.
 */
final class PayloadSplitter {

    private static final int DATA = "data: ".length();
    private static final byte[] NONE = {};

    private final ChunkReader reader;
    private byte[] begun = NONE;

    PayloadSplitter(ChunkReader reader) {
        this.reader = reader;
    }

    void push(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        int line = offset;
        for (int i = offset; i < end; i++) {
            if (bytes[i] == '\n') {
                line(bytes, line, i);
                line = i + 1;
            }
        }
        if (line < end) {
            append(bytes, line, end);
        }
    }

    private void line(byte[] bytes, int from, int to) throws IOException {
        if (begun.length > 0) {
            append(bytes, from, to);
            byte[] whole = begun;
            begun = NONE;
            reader.payload(whole, DATA, whole.length - DATA);
        } else if (to > from) {
            reader.payload(bytes, from + DATA, to - from - DATA);
        }
    }

    private void append(byte[] bytes, int from, int to) {
        int before = begun.length;
        begun = Arrays.copyOf(begun, before + to - from);
        System.arraycopy(bytes, from, begun, before, to - from);
    }
}
