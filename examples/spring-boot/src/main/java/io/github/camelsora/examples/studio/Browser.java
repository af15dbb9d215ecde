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
package io.github.camelsora.examples.studio;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One open page: a queue of events, and a response that is written without blocking, as fast as the browser reads. No thread
 * waits for a page: the servlet container calls {@link #onWritePossible} when it can write more. A page that falls too far
 * behind is disconnected; it reconnects and gets the whole list. Thread-safe.
 */
final class Browser implements WriteListener, AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(Browser.class);

    private final AsyncContext request;
    private final ServletOutputStream out;
    private final Consumer<Browser> gone;
    private final int maxWaiting;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private byte[] greeting;
    private boolean begun;
    private boolean writable;
    private boolean unflushed;
    private boolean left;
    private int taken;
    private int takenAtLastBeat = -1;

    Browser(AsyncContext request, int maxWaiting, Consumer<Browser> gone) throws IOException {
        this.request = request;
        this.out = request.getResponse().getOutputStream();
        this.maxWaiting = maxWaiting;
        this.gone = gone;
        request.addListener(this);
    }

    /** Starts writing: first this event, then those that were queued meanwhile. */
    synchronized void begin(byte[] first) {
        if (!left) {
            greeting = first;
            begun = true;
            out.setWriteListener(this);
        }
    }

    synchronized void send(byte[] event) {
        if (left) {
            return;
        }
        if (waiting.size() == maxWaiting) {
            LOG.debug("A page has fallen {} events behind: it is let go", maxWaiting);
            close();
            return;
        }
        waiting.add(event);
        write();
    }

    /** Sends a keep-alive comment. Disconnects a page that has read nothing since the last one although events were waiting. */
    synchronized void beat(byte[] comment) {
        if (taken == takenAtLastBeat && !waiting.isEmpty()) {
            LOG.debug("A page has taken nothing since the last sign of life: it is let go");
            close();
        } else {
            takenAtLastBeat = taken;
            send(comment);
        }
    }

    /**
     * Ends the request. While the page does not read, ending it would block a thread of the container in a last flush. The
     * request then ends when the page reads on, or after {@code server.tomcat.connection-timeout}.
     */
    synchronized void close() {
        if (!left) {
            left = true;
            waiting.clear();
            if (!begun || out.isReady()) {
                request.complete();
            }
        }
    }

    @Override
    public synchronized void onWritePossible() {
        writable = true;
        if (left) {
            request.complete();
        } else {
            write();
        }
    }

    private void write() {
        try {
            while (writable && !left && out.isReady()) {
                byte[] next = next();
                if (next != null) {
                    out.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    out.flush();
                    unflushed = false;
                } else {
                    return;
                }
            }
        } catch (IOException | IllegalStateException e) {
            // The browser closed the connection. The container will call onError.
            LOG.debug("A page is gone", e);
            leave();
        }
    }

    private byte[] next() {
        if (greeting != null) {
            byte[] first = greeting;
            greeting = null;
            return first;
        }
        if (!waiting.isEmpty()) {
            taken++;
        }
        return waiting.poll();
    }

    private void leave() {
        left = true;
        waiting.clear();
        gone.accept(this);
    }

    @Override
    public void onError(Throwable reason) {
        // The other onError follows.
    }

    /**
     * Completes the request; otherwise the container would send an error page. Not while another thread is still in a failing
     * write: the container reuses response objects for the next request.
     */
    @Override
    public synchronized void onError(AsyncEvent event) {
        leave();
        event.getAsyncContext().complete();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        onError(event);
    }

    @Override
    public synchronized void onComplete(AsyncEvent event) {
        leave();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // There is one request per page.
    }
}
