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

import io.github.camelsora.benchmarks.load.DeltaParser;
import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.StreamShape;
import org.jspecify.annotations.Nullable;

/** Reads the payloads of one stream in their order and says which of them make events. Not thread-safe. */
final class ChunkReader {

    private final LoadStream stream;
    private final StreamShape shape;
    private final DeltaParser parser;
    private final StreamListener listener;
    private int payloads;
    private int signature;
    private boolean done;

    ChunkReader(LoadStream stream, StreamShape shape, DeltaParser parser, StreamListener listener) {
        this.stream = stream;
        this.shape = shape;
        this.parser = parser;
        this.listener = listener;
    }

    /** The payload of one server-sent event. */
    void payload(byte[] bytes, int offset, int length) throws IOException {
        if (bytes[offset] == '[') {
            done();
        } else {
            chunk(parser.read(bytes, offset, length).content());
        }
    }

    /** The text of the next chunk, for a client that parses it itself. */
    void chunk(@Nullable String content) {
        signature = StreamShape.sign(signature, content);
        read();
    }

    /** {@code [DONE]}. */
    void done() {
        done = true;
        read();
    }

    private void read() {
        int event = shape.eventOf(payloads++);
        if (event >= 0) {
            listener.event(stream.number(), event);
        }
    }

    /** Tells the listener that nothing more comes, and whether every chunk came, in its place. */
    void end() {
        listener.ended(stream.number(), done && signature == shape.signature());
    }
}
