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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import io.github.camelsora.benchmarks.load.LoadStream;

/** A client's connection, and how far its stream is. */
final class Connection implements Comparable<Connection> {

    final SocketChannel channel;
    final RequestBuffer request = new RequestBuffer();
    SelectionKey key;
    LoadStream stream;
    EncodedStream encoded;
    /** The next to be written. */
    int step;
    long dueNanos;
    /** What the client has not taken yet. */
    private ByteBuffer rest = ByteBuffer.allocate(0);

    Connection(SocketChannel channel) {
        this.channel = channel;
    }

    void begin(LoadStream next, EncodedStream bytes) {
        stream = next;
        encoded = bytes;
        step = 0;
    }

    /** Whether everything is written; else the selector says when it goes on. */
    boolean write(ByteBuffer bytes) throws IOException {
        if (rest.hasRemaining()) {
            rest = ByteBuffer.allocate(rest.remaining() + bytes.remaining()).put(rest).put(bytes).flip();
        } else {
            rest = bytes;
        }
        return flush();
    }

    boolean flush() throws IOException {
        channel.write(rest);
        boolean all = !rest.hasRemaining();
        int interest = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
        return all;
    }

    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // it is gone either way
        }
    }

    @Override
    public int compareTo(Connection other) {
        return Long.compare(dueNanos, other.dueNanos);
    }
}
