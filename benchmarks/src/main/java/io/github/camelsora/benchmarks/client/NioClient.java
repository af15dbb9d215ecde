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

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.camelsora.benchmarks.load.DeltaParser;
import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.StreamShape;

/**
 * The limit of what the machine can do: one thread, one selector, a fresh connection for each stream, nothing but the framing
 * and Jackson's streaming parser.
 */
final class NioClient implements StreamClient {

    private static final int BUFFER_SIZE = 32 * 1024;

    private final InetSocketAddress server;
    private final StreamListener listener;
    private final Selector selector = Selector.open();
    private final Queue<LoadStream> waiting = new ConcurrentLinkedQueue<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
    private final DeltaParser parser = new DeltaParser();
    private final Shapes shapes = new Shapes();
    private volatile boolean running = true;

    NioClient(ClientSettings settings, StreamListener listener) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), settings.port());
        settings.refuseTls();
        this.listener = listener;
        new Thread(this::run, "nio-client").start();
    }

    @Override
    public void start(LoadStream stream) {
        waiting.add(stream);
        selector.wakeup();
    }

    private void run() {
        try (selector) {
            while (running) {
                selector.select();
                for (LoadStream next = waiting.poll(); next != null; next = waiting.poll()) {
                    connect(next);
                }
                Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                while (keys.hasNext()) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    ready(key);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void connect(LoadStream stream) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        Exchange exchange = new Exchange(channel, stream, shapes.of(stream));
        if (channel.connect(server)) {
            channel.register(selector, SelectionKey.OP_READ, exchange);
            exchange.send();
        } else {
            channel.register(selector, SelectionKey.OP_CONNECT, exchange);
        }
    }

    private void ready(SelectionKey key) {
        Exchange exchange = (Exchange) key.attachment();
        try {
            if (key.isConnectable()) {
                exchange.channel.finishConnect();
                key.interestOps(SelectionKey.OP_READ);
                exchange.send();
            } else if (exchange.read()) {
                exchange.end();
            }
        } catch (IOException e) {
            exchange.end();
        }
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
    }

    /** One stream on its connection. */
    private final class Exchange {

        private final SocketChannel channel;
        private final LoadStream stream;
        private final ChunkReader reader;
        private final HttpAnswer answer;

        Exchange(SocketChannel channel, LoadStream stream, StreamShape shape) {
            this.channel = channel;
            this.stream = stream;
            this.reader = new ChunkReader(stream, shape, parser, listener);
            this.answer = new HttpAnswer(new PayloadSplitter(reader));
        }

        /** A request fits into the empty buffer of a fresh socket. */
        void send() throws IOException {
            byte[] body = stream.requestBody();
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer key\r\n"
                    + "Content-Type: application/json\r\nAccept: text/event-stream\r\nContent-Length: " + body.length
                    + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(body);
            channel.write(ByteBuffer.wrap(request.toByteArray()));
        }

        /** Whether nothing more comes. */
        boolean read() throws IOException {
            buffer.clear();
            int length = channel.read(buffer);
            return length < 0 || answer.push(buffer.array(), length);
        }

        void end() {
            try {
                channel.close();
            } catch (IOException e) {
                // it is gone either way
            }
            reader.end();
        }
    }
}
