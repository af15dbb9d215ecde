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
 * Tells a reader when all has been read that a connection had to offer. HttpCore calls a reader for every kilobyte, so what a
 * gateway has sent together comes in many calls, and to hand each of them to another thread costs more than to read it.
 * Thread-safe; each I/O thread has events of its own.
 */
final class InputEvents {

    private final ThreadLocal<Event> current = ThreadLocal.withInitial(Event::new);

    /** What one I/O thread reads now. */
    private static final class Event {

        private boolean open;
        private @Nullable ResponseReader reader;

        void end() {
            ResponseReader told = reader;
            open = false;
            reader = null;
            if (told != null) {
                told.paused();
            }
        }
    }

    IOSession decorate(IOSession session) {
        return new Session(session);
    }

    /** Has {@link ResponseReader#paused} called at the end of the input event of this thread; at once if there is none. */
    void pauseAtEnd(ResponseReader reader) {
        Event event = current.get();
        if (event.open) {
            // A connection has one reader at a time.
            event.reader = reader;
        } else {
            reader.paused();
        }
    }

    /** Its own event handler, which passes every event on: so it is there when HttpCore has read what there was. */
    private final class Session extends ForwardingIoSession implements ForwardingEventHandler {

        Session(IOSession session) {
            super(session);
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
        public void inputReady(IOSession session, @Nullable ByteBuffer bytes) throws IOException {
            Event event = current.get();
            event.open = true;
            try {
                handler().inputReady(session, bytes);
            } finally {
                event.end();
            }
        }
    }
}
