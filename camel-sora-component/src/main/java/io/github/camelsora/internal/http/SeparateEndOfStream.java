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

import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * Reports the end of a connection in an input event of its own, after the event with the last bytes. This works around a
 * defect of HttpCore (5.3.6, and its master of August 2026): {@code ChunkDecoder.read} throws {@code ConnectionClosedException}
 * or {@code TruncatedChunkException} at a premature end of the body, although in the same call it has already written bytes
 * into the caller's buffer; {@code AbstractHttp1StreamDuplexer.onInput} never passes these on, so they are lost. If a server
 * closes or resets right behind a chunk, that chunk is lost, and for us it is the link of a paid video. Therefore {@link #read}
 * first reports "nothing available" instead of the end, so that the decoder returns normally, and then a second input event
 * is made, in which it reports the end. The second event is made here, because with TLS no further one comes. A test runs
 * HttpCore without this class and fails when it is no longer needed.
 *
 * <p>Used by one I/O thread per connection; the connection is closed by any.
 */
final class SeparateEndOfStream extends ForwardingIoSession {

    private boolean endOfStream;
    private @Nullable IOException failure;
    private boolean reportEnd;
    private @Nullable IOEventHandler httpHandler;
    private @Nullable SecondEvent events;

    SeparateEndOfStream(IOSession session) {
        super(session);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (reportEnd) {
            if (failure != null) {
                throw failure;
            }
            return -1;
        }
        if (endOfStream || failure != null) {
            return 0;
        }
        try {
            int read = super.read(target);
            endOfStream = read == -1;
            return Math.max(read, 0);
        } catch (IOException e) {
            failure = e;
            return 0;
        }
    }

    @Override
    public void upgrade(IOEventHandler handler) {
        httpHandler = handler;
        super.upgrade(handler);
    }

    @Override
    public @Nullable IOEventHandler getHandler() {
        IOEventHandler handler = super.getHandler();
        if (handler == null) {
            return null;
        }
        if (events == null || events.handler != handler) {
            events = new SecondEvent(handler);
        }
        return events;
    }

    private final class SecondEvent extends ForwardingIoEventHandler {

        private final IOEventHandler handler;

        SecondEvent(IOEventHandler handler) {
            super(handler);
            this.handler = handler;
        }

        @Override
        public void inputReady(IOSession session, @Nullable ByteBuffer bytes) throws IOException {
            handler.inputReady(session, bytes);
            if ((endOfStream || failure != null) && !reportEnd) {
                reportEnd = true;
                // With TLS, the handler of the session decrypts: the end is for the handler behind it.
                (httpHandler == null ? handler : httpHandler).inputReady(session, null);
            }
        }
    }
}
