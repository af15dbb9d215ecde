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
package io.github.camelsora.internal.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;

import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * What a connection offers when it becomes readable: read with one system call, handed out as HttpCore asks for it, and
 * followed by a call to the reader. HttpCore asks the connection for more before each chunk, though it has that already, and
 * calls the reader for every kilobyte; what a gateway has sent together would come in many calls, and to hand each of them
 * to another thread costs more than to read it.
 *
 * <p>With one read the end of a connection, or its failure, is in an event of its own. That works around a defect of HttpCore
 * (5.3.6, and its master of August 2026): at a premature end of the body {@code ChunkDecoder.read} throws
 * {@code ConnectionClosedException} or {@code TruncatedChunkException}, although in the same call it has already written bytes
 * into the caller's buffer, and {@code AbstractHttp1StreamDuplexer.onInput} never passes these on. So if a server closes or
 * resets right behind a chunk, that chunk is lost, and for us it is the link of a paid video. {@code HttpCoreDefectTest} fails
 * when HttpCore no longer needs it. With TLS, HttpCore itself reads at once, and makes an event for the end.
 *
 * <p>Thread-safe; each I/O thread has events of its own.
 */
final class InputEvents {

    /** More is left for the next event, which comes at once. */
    private static final int MAX_READ = 16 * 1024;

    private final ThreadLocal<Event> current = ThreadLocal.withInitial(Event::new);

    /** What one I/O thread reads now. */
    private static final class Event {

        private static final int NOT_READ = 1;

        private final ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_READ).limit(0);
        private @Nullable Session session;
        private @Nullable ResponseReader reader;
        /** What {@link #read} answers when all bytes are handed out: 0, or -1 at the end of the connection. */
        private int rest;

        void begin(Session readable) {
            session = readable;
            rest = NOT_READ;
        }

        /** Of the connection, at the first call; a failure of it passes. */
        int read(ByteBuffer target, Session from) throws IOException {
            if (rest == NOT_READ) {
                rest = 0;
                bytes.clear();
                try {
                    rest = Math.min(0, from.readConnection(bytes));
                } finally {
                    bytes.flip();
                }
            }
            if (!bytes.hasRemaining()) {
                return rest;
            }
            int end = bytes.limit();
            int length = Math.min(target.remaining(), bytes.remaining());
            target.put(bytes.limit(bytes.position() + length));
            bytes.limit(end);
            return length;
        }

        int left() {
            return bytes.remaining();
        }

        void end() {
            ResponseReader told = reader;
            session = null;
            reader = null;
            bytes.limit(bytes.position());
            if (told != null) {
                told.paused();
            }
        }
    }

    /** @param tls whether the session decrypts what it reads */
    IOSession decorate(IOSession session, boolean tls) {
        return new Session(session, tls);
    }

    /** Has {@link ResponseReader#paused} called at the end of the input event of this thread; at once if there is none. */
    void pauseAtEnd(ResponseReader reader) {
        Event event = current.get();
        if (event.session != null) {
            // A connection has one reader at a time.
            event.reader = reader;
        } else {
            reader.paused();
        }
    }

    /** Its own event handler, which passes every event on: so it is there when HttpCore has read what there was. */
    private final class Session extends ForwardingIoSession implements ForwardingEventHandler {

        private final boolean tls;

        Session(IOSession session, boolean tls) {
            super(session);
            this.tls = tls;
        }

        @Override
        public @Nullable IOEventHandler getHandler() {
            return super.getHandler() == null ? null : this;
        }

        @Override
        public IOEventHandler handler() {
            return Objects.requireNonNull(super.getHandler());
        }

        @Override
        public void inputReady(IOSession session, @Nullable ByteBuffer decrypted) throws IOException {
            Event event = current.get();
            event.begin(this);
            try {
                handler().inputReady(session, decrypted);
                // HttpCore stops when its own buffer is empty. What it does not take then stands behind the last answer.
                int left = 0;
                while (event.left() > 0 && event.left() != left && isOpen()) {
                    left = event.left();
                    handler().inputReady(session, null);
                }
            } finally {
                event.end();
            }
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            Event event = current.get();
            return tls || event.session != this ? readConnection(target) : event.read(target, this);
        }

        private int readConnection(ByteBuffer target) throws IOException {
            return super.read(target);
        }
    }
}
