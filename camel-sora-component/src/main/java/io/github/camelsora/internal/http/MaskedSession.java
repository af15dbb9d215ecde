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

import io.github.camelsora.internal.text.Secrets;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the keys out of the head of an answer before HttpClient logs it: some gateways echo a key in a header. The bytes are
 * read from this session, or with TLS given to its handler.
 *
 * <p>Used by one I/O thread; the connection is closed by any.
 */
final class MaskedSession extends ForwardingIoSession {

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final Secrets secrets;
    private final MaskedHead head;
    private ByteBuffer ready = NOTHING;
    private volatile @Nullable IOEventHandler handler;

    MaskedSession(IOSession session, Secrets secrets) {
        super(session);
        this.secrets = secrets;
        this.head = new MaskedHead(secrets);
    }

    /**
     * Reads no more than the target takes. Otherwise bytes would be left here when nothing more comes, and the selector would
     * not report them. A target that is smaller than what waits gets the rest in the next call. There is one, as what waits is
     * a part of a line, whose end is still to be read.
     */
    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!ready.hasRemaining()) {
            if (head.isOver()) {
                return super.read(target);
            }
            if (!target.hasRemaining()) {
                return 0;
            }
            ByteBuffer part = ByteBuffer.allocate(Math.max(1, target.remaining() - head.waiting()));
            int read = super.read(part);
            ready = read == -1 ? head.end() : head.next(part.flip());
            if (read == -1 && !ready.hasRemaining()) {
                return -1;
            }
        }
        int length = Math.min(target.remaining(), ready.remaining());
        target.put(ready.slice(ready.position(), length));
        ready.position(ready.position() + length);
        return length;
    }

    @Override
    public void upgrade(IOEventHandler next) {
        handler = next;
        super.upgrade(new MaskedHandler(next, new MaskedHead(secrets)));
    }

    /** HttpClient asks for the type of its handler. */
    @Override
    public @Nullable IOEventHandler getHandler() {
        IOEventHandler known = handler;
        return known == null ? super.getHandler() : known;
    }

    /** Gets the plain bytes of a connection with TLS; without TLS, only events. */
    private record MaskedHandler(IOEventHandler handler, MaskedHead head) implements ForwardingEventHandler {

        @Override
        public void inputReady(IOSession session, @Nullable ByteBuffer bytes) throws IOException {
            if (bytes == null) {
                handler.inputReady(session, head.waiting() == 0 ? null : head.end());
            } else {
                handler.inputReady(session, head.isOver() ? bytes : head.next(bytes));
            }
        }
    }
}
