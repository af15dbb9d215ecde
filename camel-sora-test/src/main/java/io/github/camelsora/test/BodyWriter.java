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
package io.github.camelsora.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Writes the bytes of a body: compressed, throttled, or cut off, as the answer says. Runs on one event loop. */
final class BodyWriter {

    private static final int TICK_MILLIS = 10;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final int bytesPerSecond;
    private final Runnable onReady;
    private final ByteArrayOutputStream compressed = new ByteArrayOutputStream(0);
    private final GZIPOutputStream gzip;
    private int bytesLeft;
    private Buffer drops = Buffer.buffer(0);
    private boolean stopped;

    /** @param onReady runs when more may be written, after {@link #isReady} said no */
    BodyWriter(Vertx vertx, HttpServerResponse response, AnswerSpec spec, Runnable onReady) {
        this.vertx = vertx;
        this.response = response;
        this.bytesPerSecond = spec.bytesPerSecond;
        this.bytesLeft = spec.maxBytes;
        this.onReady = onReady;
        this.gzip = spec.gzip ? compressor() : null;
    }

    boolean isReady() {
        if (drops.length() > 0) {
            return false;
        }
        if (response.writeQueueFull()) {
            response.drainHandler(v -> onReady.run());
            return false;
        }
        return true;
    }

    /** Whether the body has reached the length at which it is to be cut off. */
    boolean isCut() {
        return bytesLeft == 0;
    }

    void write(Buffer bytes) {
        send(gzip == null ? bytes : compress(bytes, false));
    }

    /** Writes what compression has held back. */
    void finish() {
        if (gzip != null) {
            send(compress(Buffer.buffer(0), true));
        }
    }

    void stop() {
        stopped = true;
    }

    private void send(Buffer bytes) {
        Buffer allowed = bytes.length() <= bytesLeft ? bytes : bytes.slice(0, bytesLeft);
        bytesLeft -= allowed.length();
        if (allowed.length() == 0) {
            return;
        }
        if (bytesPerSecond == 0) {
            response.write(allowed);
        } else {
            drops = allowed;
            drop();
        }
    }

    private void drop() {
        int count = Math.min(drops.length(), Math.max(1, bytesPerSecond * TICK_MILLIS / 1_000));
        response.write(drops.slice(0, count));
        Buffer rest = drops.slice(count, drops.length());
        vertx.setTimer(Math.max(TICK_MILLIS, 1_000 / bytesPerSecond), id -> {
            drops = rest;
            if (!stopped && rest.length() > 0) {
                drop();
            } else if (!stopped) {
                onReady.run();
            }
        });
    }

    private GZIPOutputStream compressor() {
        try {
            return new GZIPOutputStream(compressed, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Buffer compress(Buffer bytes, boolean last) {
        try {
            gzip.write(bytes.getBytes());
            if (last) {
                gzip.finish();
            } else {
                gzip.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Buffer out = Buffer.buffer(compressed.toByteArray());
        compressed.reset();
        return out;
    }
}
