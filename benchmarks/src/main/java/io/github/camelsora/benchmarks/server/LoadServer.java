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
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import javax.net.ssl.SSLContext;

import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.Micros;
import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.benchmarks.load.TestCertificate;
import io.github.camelsora.benchmarks.load.Times;
import org.jspecify.annotations.Nullable;

/**
 * A gateway that does as little as it can: one thread accepts, reads requests and writes what is due. It closes a connection
 * behind its stream, unless it was told to keep connections alive. Notes when it wrote the chunks that make events.
 */
public final class LoadServer {

    private static final int BACKLOG = 4096;
    /** Waits shorter than the selector's millisecond are parked; new connections are looked for this often. */
    private static final long PARK_NANOS = 100_000;

    private final EncodedStream.Framing framing;
    private final @Nullable SSLContext tls;
    private final Times written;
    private final Handshakes handshakes = new Handshakes();
    private final TlsTransport.Buffers tlsBuffers = new TlsTransport.Buffers();
    private final Selector selector = Selector.open();
    private final ServerSocketChannel server = ServerSocketChannel.open();
    private final PriorityQueue<Connection> due = new PriorityQueue<>();
    private final Map<Integer, EncodedStream> streams = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(32 * 1024);
    private volatile boolean running = true;

    private LoadServer(EncodedStream.Framing framing, @Nullable SSLContext tls, int noted) throws IOException {
        this.framing = framing;
        this.tls = tls;
        this.written = new Times(noted);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        server.configureBlocking(false);
        server.register(selector, SelectionKey.OP_ACCEPT);
    }

    /**
     * Prints its port, serves until its input ends, and prints how many TLS handshakes there were, and how many of them resumed
     * a session. Takes whether connections are kept alive, how many streams are noted, the file for what was noted, and the key
     * store for TLS, or nothing.
     */
    public static void main(String[] arguments) throws Exception {
        SSLContext tls = arguments[3].isEmpty() ? null : TestCertificate.context(arguments[3]);
        EncodedStream.Framing framing = Boolean.parseBoolean(arguments[0]) ? EncodedStream.Framing.KEEP_ALIVE
                : EncodedStream.Framing.CLOSE;
        LoadServer load = new LoadServer(framing, tls, Integer.parseInt(arguments[1]));
        Thread thread = new Thread(load::serve, "load-server");
        thread.start();
        System.out.println(load.server.socket().getLocalPort());
        System.in.readAllBytes();
        load.running = false;
        load.selector.wakeup();
        thread.join();
        load.written.save(arguments[2]);
        System.out.println(load.handshakes.all() + " " + load.handshakes.resumed());
    }

    private void serve() {
        try {
            while (running) {
                select();
                Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
                while (keys.hasNext()) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    ready(key);
                }
                writeDue();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void select() throws IOException {
        Connection next = due.peek();
        if (next == null) {
            selector.select();
            return;
        }
        long wait = next.dueNanos() - System.nanoTime();
        if (wait > TimeUnit.MILLISECONDS.toNanos(2)) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(wait) - 1);
        } else if (selector.selectNow() == 0 && wait > 0) {
            LockSupport.parkNanos(Math.min(wait, PARK_NANOS));
        }
    }

    private void ready(SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            accept();
            return;
        }
        Connection connection = (Connection) key.attachment();
        try {
            if (key.isReadable()) {
                read(connection);
            }
            if (key.isValid() && key.isWritable() && connection.flush()) {
                closeBehind(connection);
            }
        } catch (IOException e) {
            // the client has closed the connection
            connection.close();
        }
    }

    private void accept() throws IOException {
        for (SocketChannel channel = server.accept(); channel != null; channel = server.accept()) {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            key.attach(new Connection(transport(channel), key));
        }
    }

    private Transport transport(SocketChannel channel) {
        Transport plain = new PlainTransport(channel);
        return tls == null ? plain : new TlsTransport(plain, tls.createSSLEngine(), tlsBuffers, handshakes);
    }

    private void read(Connection connection) throws IOException {
        LoadStream stream = connection.read(buffer);
        if (stream == null) {
            return;
        }
        connection.begin(stream, streams.computeIfAbsent(stream.chunks(),
                chunks -> new EncodedStream(StreamShape.of(chunks), framing)));
        if (stream.millis() > 0) {
            due.add(connection);
        } else if (connection.writeAll()) {
            closeBehind(connection);
        }
    }

    private void writeDue() {
        long now = System.nanoTime();
        for (Connection next = due.peek(); next != null && next.dueNanos() <= now; next = due.peek()) {
            due.remove();
            try {
                writeStep(next);
            } catch (IOException e) {
                // the client has closed the connection
                next.close();
            }
        }
    }

    private void writeStep(Connection connection) throws IOException {
        int event = connection.nextEvent();
        if (event >= 0 && connection.stream().noted()) {
            written.note(connection.stream().number(), event, Micros.now());
        }
        boolean all = connection.writeStep();
        if (connection.hasNextStep()) {
            due.add(connection);
        } else if (all) {
            closeBehind(connection);
        }
    }

    /** Everything that was begun is written. */
    private void closeBehind(Connection connection) {
        if (framing == EncodedStream.Framing.CLOSE && !connection.hasNextStep()) {
            connection.close();
        }
    }
}
