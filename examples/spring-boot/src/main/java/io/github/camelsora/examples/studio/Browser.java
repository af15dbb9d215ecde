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
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/**
 * One open page: the events it has not taken yet, and a response that is written to only as fast as it takes them. Whoever sends
 * never waits. A page that falls too far behind is let go; it comes back by itself and gets the list anew. Thread-safe: the
 * response is touched by one thread at a time, whichever brought the last signal.
 */
final class Browser implements WriteListener, AsyncListener {

    private final AsyncContext request;
    private final ServletOutputStream out;
    private final Queue<byte[]> waiting;
    private final Consumer<Browser> gone;
    private final AtomicInteger signals = new AtomicInteger();
    private volatile byte[] greeting;
    private volatile boolean writable;
    private volatile boolean closing;
    private boolean unflushed;
    private boolean closed;
    private int taken;
    private int takenAtLastBeat = -1;

    Browser(AsyncContext request, int maxWaiting, Consumer<Browser> gone) throws IOException {
        this.request = request;
        this.out = request.getResponse().getOutputStream();
        this.waiting = new ArrayBlockingQueue<>(maxWaiting);
        this.gone = gone;
        request.addListener(this);
    }

    /** Starts to write: this first, then what was sent meanwhile. */
    void begin(byte[] first) {
        greeting = first;
        out.setWriteListener(this);
    }

    void send(byte[] event) {
        if (!waiting.offer(event)) {
            closing = true;
        }
        signal();
    }

    /** Sends a sign of life; lets go of a page that has taken nothing since the last one although something was waiting. */
    void beat(byte[] comment) {
        if (taken == takenAtLastBeat && !waiting.isEmpty()) {
            close();
            return;
        }
        takenAtLastBeat = taken;
        send(comment);
    }

    void close() {
        closing = true;
        signal();
    }

    @Override
    public void onWritePossible() {
        writable = true;
        signal();
    }

    /** Who finds nobody at work works, until no more signals have come meanwhile. */
    private void signal() {
        if (signals.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            work();
            seen = signals.addAndGet(-seen);
        } while (seen != 0);
    }

    private void work() {
        if (closed) {
            return;
        }
        try {
            while (writable && !closing && out.isReady()) {
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
            // The page was closed: nothing is lost, the list is in the database.
            closing = true;
        }
        if (closing) {
            finish();
        }
    }

    private byte[] next() {
        byte[] first = greeting;
        if (first != null) {
            greeting = null;
            return first;
        }
        byte[] next = waiting.poll();
        if (next != null) {
            taken++;
        }
        return next;
    }

    private void finish() {
        closed = true;
        waiting.clear();
        gone.accept(this);
        try {
            request.complete();
        } catch (IllegalStateException e) {
            // The container has completed it already.
        }
    }

    @Override
    public void onError(Throwable reason) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // There is one request per page.
    }
}
