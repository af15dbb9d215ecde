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
package io.github.camelsora.benchmarks.measure;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.client.StreamListener;
import io.github.camelsora.benchmarks.load.Micros;
import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.benchmarks.load.Times;

/**
 * Counts what comes of streams, and checks that each has its events, in order. All memory is there from the beginning, so that
 * what is measured is the client's.
 */
final class Streams implements StreamListener {

    /** Numbers of streams are used again after so many: never while one is open. */
    static final int NUMBERS = 1 << 20;

    /** Instead of the number of events that were seen. */
    private static final byte ENDED = -1;

    private final int events;
    private final Times arrived;
    private final byte[] seen = new byte[NUMBERS];
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final AtomicInteger disordered = new AtomicInteger();
    private final Semaphore open;
    private final int limit;

    /**
     * @param atOnce how many streams may be open
     * @param noted of how many, from number 0, the times are noted
     */
    Streams(ClientKind kind, int atOnce, int noted) {
        events = kind.events();
        limit = atOnce;
        open = new Semaphore(atOnce);
        arrived = new Times(noted);
    }

    /** An event behind the end is one that no stream expects. */
    private static byte next(byte seen) {
        return seen == ENDED ? ENDED : (byte) (seen + 1);
    }

    /** Waits until one more stream may be open. */
    void starting(int number) throws InterruptedException {
        open.acquire();
        seen[number] = 0;
    }

    @Override
    public void event(int stream, int event) {
        if (stream < arrived.streams() && event >= 0) {
            arrived.note(stream, event, Micros.now());
        }
        int expected = events == 1 ? StreamShape.EVENTS - 1 : seen[stream];
        if (event != expected) {
            disordered.incrementAndGet();
        }
        seen[stream] = next(seen[stream]);
    }

    @Override
    public void ended(int stream, boolean complete) {
        if (seen[stream] == ENDED) {
            // a second end
            disordered.incrementAndGet();
            return;
        }
        (complete && seen[stream] == events ? completed : failed).incrementAndGet();
        seen[stream] = ENDED;
        open.release();
    }

    /** Waits until no stream is open; whether that was in time. */
    boolean awaitAll(long seconds) throws InterruptedException {
        boolean all = open.tryAcquire(limit, seconds, TimeUnit.SECONDS);
        if (all) {
            open.release(limit);
        }
        return all;
    }

    int completed() {
        return completed.get();
    }

    int failed() {
        return failed.get();
    }

    int ended() {
        return completed() + failed();
    }

    int disordered() {
        return disordered.get();
    }

    Times arrived() {
        return arrived;
    }
}
