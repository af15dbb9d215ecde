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
import java.util.concurrent.TimeUnit;

import io.github.camelsora.benchmarks.load.LoadStream;
import org.jspecify.annotations.Nullable;

/** A client's connection, and how far its stream is. */
final class Connection implements Comparable<Connection> {

    private final Transport transport;
    private final SelectionKey key;
    private final RequestBuffer request = new RequestBuffer();
    private LoadStream stream;
    private EncodedStream encoded;
    /** The next to be written. */
    private int step;
    private long dueNanos;

    Connection(Transport transport, SelectionKey key) {
        this.transport = transport;
        this.key = key;
    }

    /** The stream that is asked for, once the request is whole, else {@code null}. */
    @Nullable
    LoadStream read(ByteBuffer buffer) throws IOException {
        buffer.clear();
        if (transport.read(buffer) < 0) {
            close();
            return null;
        }
        if (!request.add(buffer.flip())) {
            return null;
        }
        byte[] bytes = request.bytes();
        LoadStream asked = LoadStream.find(bytes, bytes.length);
        request.clear();
        return asked;
    }

    void begin(LoadStream asked, EncodedStream bytes) {
        stream = asked;
        encoded = bytes;
        step = 0;
        dueNanos = System.nanoTime();
    }

    /** Whether everything that was written so far is gone; else the selector says when it goes on. */
    boolean writeAll() throws IOException {
        step = encoded.steps();
        return done(transport.write(encoded.bytes(stream.number(), 0, step - 1)));
    }

    /** The next step, as {@link #writeAll}. */
    boolean writeStep() throws IOException {
        ByteBuffer bytes = encoded.bytes(stream.number(), step, step);
        step++;
        dueNanos += TimeUnit.MILLISECONDS.toNanos(stream.millis()) / encoded.steps();
        return done(transport.write(bytes));
    }

    boolean flush() throws IOException {
        return done(transport.flush());
    }

    private boolean done(boolean all) {
        int interest = all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != interest) {
            key.interestOps(interest);
        }
        return all;
    }

    LoadStream stream() {
        return stream;
    }

    /** Which event, from 0, the next step makes, or -1. */
    int nextEvent() {
        return encoded.shape().eventOf(step);
    }

    boolean hasNextStep() {
        return encoded == null || step < encoded.steps();
    }

    long dueNanos() {
        return dueNanos;
    }

    void close() {
        transport.close();
    }

    @Override
    public int compareTo(Connection other) {
        return Long.compare(dueNanos, other.dueNanos);
    }
}
