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

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/** TLS on top of another transport. The handshake's tasks run on the server's one thread. */
final class TlsTransport implements Transport {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Room for one record in each direction, shared by all connections of the server's thread. */
    static final class Buffers {

        private static final int RECORD = 32 * 1024;

        private final ByteBuffer received = ByteBuffer.allocate(RECORD);
        private final ByteBuffer sent = ByteBuffer.allocate(RECORD);
    }

    private final Transport transport;
    private final SSLEngine engine;
    private final Buffers buffers;
    private final Handshakes handshakes;
    private final long began = System.currentTimeMillis();
    /** Of a record that is not whole. */
    private byte[] begun = {};
    private boolean shaken;

    TlsTransport(Transport transport, SSLEngine engine, Buffers buffers, Handshakes handshakes) {
        this.transport = transport;
        this.engine = engine;
        this.buffers = buffers;
        this.handshakes = handshakes;
        engine.setUseClientMode(false);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        ByteBuffer received = buffers.received.clear().put(begun);
        int length = transport.read(received);
        received.flip();
        int before = target.position();
        boolean more = true;
        while (more) {
            SSLEngineResult result = engine.unwrap(received, target);
            more = result.getStatus() == Status.OK && goOn(result.getHandshakeStatus())
                    && (received.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_UNWRAP_AGAIN);
        }
        begun = new byte[received.remaining()];
        received.get(begun);
        return length < 0 && target.position() == before ? -1 : target.position() - before;
    }

    /** Does what the handshake asks for; whether more can be read. */
    private boolean goOn(HandshakeStatus first) throws IOException {
        HandshakeStatus status = first;
        while (true) {
            switch (status) {
                case NEED_TASK -> {
                    for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                        task.run();
                    }
                    status = engine.getHandshakeStatus();
                }
                case NEED_WRAP -> status = wrap(NOTHING);
                case FINISHED -> {
                    finished();
                    status = engine.getHandshakeStatus();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING -> {
                    return true;
                }
            }
        }
    }

    private HandshakeStatus wrap(ByteBuffer bytes) throws IOException {
        SSLEngineResult result = engine.wrap(bytes, buffers.sent.clear());
        ByteBuffer copy = ByteBuffer.allocate(buffers.sent.flip().remaining()).put(buffers.sent).flip();
        transport.write(copy);
        return result.getHandshakeStatus();
    }

    private void finished() {
        if (!shaken) {
            shaken = true;
            handshakes.finished(engine.getSession().getCreationTime() < began);
        }
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (wrap(bytes) == HandshakeStatus.FINISHED) {
                finished();
            }
        }
        return flush();
    }

    @Override
    public boolean flush() throws IOException {
        return transport.flush();
    }

    @Override
    public void close() {
        engine.closeOutbound();
        try {
            wrap(NOTHING);
        } catch (IOException e) {
            // the client is gone
        }
        transport.close();
    }
}
