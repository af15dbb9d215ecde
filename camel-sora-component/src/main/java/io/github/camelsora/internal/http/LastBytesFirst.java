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
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.util.concurrent.locks.Lock;

import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.Command;
import org.apache.hc.core5.reactor.IOEventHandler;
import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection whose end is met only when all that came before it has been handed over. HttpCore 5.3's chunk decoder throws at
 * a premature end and drops the bytes that it has decoded in the same pass: of a stream that is cut right behind the video
 * link, that is the link. So an I/O event that brings bytes and the end is made two: in the first pass there is "nothing yet"
 * behind the bytes, in the second there is the end. Works the same with TLS, where the bytes come in by another way. Used by
 * one I/O thread.
 */
final class LastBytesFirst implements IOSession {

    private final IOSession session;
    private boolean ended;
    private IOException broken;
    private boolean due;
    private IOEventHandler http;
    private TwoPasses events;

    LastBytesFirst(IOSession session) {
        this.session = session;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!ended && broken == null) {
            try {
                int read = session.read(target);
                ended = read == -1;
                return Math.max(read, 0);
            } catch (IOException e) {
                broken = e;
                return 0;
            }
        }
        if (!due) {
            return 0;
        }
        if (broken != null) {
            throw broken;
        }
        return -1;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return session.write(source);
    }

    @Override
    public boolean isOpen() {
        return session.isOpen();
    }

    @Override
    public String getId() {
        return session.getId();
    }

    @Override
    public IOEventHandler getHandler() {
        IOEventHandler handler = session.getHandler();
        if (handler == null) {
            return null;
        }
        if (events == null || events.handler != handler) {
            events = new TwoPasses(handler);
        }
        return events;
    }

    @Override
    public void upgrade(IOEventHandler handler) {
        http = handler;
        session.upgrade(handler);
    }

    @Override
    public Lock getLock() {
        return session.getLock();
    }

    @Override
    public void enqueue(Command command, Command.Priority priority) {
        session.enqueue(command, priority);
    }

    @Override
    public boolean hasCommands() {
        return session.hasCommands();
    }

    @Override
    public Command poll() {
        return session.poll();
    }

    @Override
    public ByteChannel channel() {
        return session.channel();
    }

    @Override
    public SocketAddress getRemoteAddress() {
        return session.getRemoteAddress();
    }

    @Override
    public SocketAddress getLocalAddress() {
        return session.getLocalAddress();
    }

    @Override
    public int getEventMask() {
        return session.getEventMask();
    }

    @Override
    public void setEventMask(int operations) {
        session.setEventMask(operations);
    }

    @Override
    public void setEvent(int operation) {
        session.setEvent(operation);
    }

    @Override
    public void clearEvent(int operation) {
        session.clearEvent(operation);
    }

    @Override
    public void close() {
        session.close();
    }

    @Override
    public void close(CloseMode mode) {
        session.close(mode);
    }

    @Override
    public Status getStatus() {
        return session.getStatus();
    }

    @Override
    public Timeout getSocketTimeout() {
        return session.getSocketTimeout();
    }

    @Override
    public void setSocketTimeout(Timeout timeout) {
        session.setSocketTimeout(timeout);
    }

    @Override
    public long getLastReadTime() {
        return session.getLastReadTime();
    }

    @Override
    public long getLastWriteTime() {
        return session.getLastWriteTime();
    }

    @Override
    public long getLastEventTime() {
        return session.getLastEventTime();
    }

    @Override
    public void updateReadTime() {
        session.updateReadTime();
    }

    @Override
    public void updateWriteTime() {
        session.updateWriteTime();
    }

    /** Tells of the end in a pass of its own. */
    private final class TwoPasses implements IOEventHandler {

        private final IOEventHandler handler;

        TwoPasses(IOEventHandler handler) {
            this.handler = handler;
        }

        @Override
        public void inputReady(IOSession source, ByteBuffer bytes) throws IOException {
            handler.inputReady(source, bytes);
            if ((ended || broken != null) && !due) {
                due = true;
                (http == null ? handler : http).inputReady(source, null);
            }
        }

        @Override
        public void connected(IOSession source) throws IOException {
            handler.connected(source);
        }

        @Override
        public void outputReady(IOSession source) throws IOException {
            handler.outputReady(source);
        }

        @Override
        public void timeout(IOSession source, Timeout timeout) throws IOException {
            handler.timeout(source, timeout);
        }

        @Override
        public void exception(IOSession source, Exception cause) {
            handler.exception(source, cause);
        }

        @Override
        public void disconnected(IOSession source) {
            handler.disconnected(source);
        }
    }
}
