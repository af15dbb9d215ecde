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

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Keeps what a listener hears, and what it must never hear: two at a time, or anything after the end. */
class CallRecorder implements GatewayListener {

    static final Duration LIMIT = Duration.ofSeconds(10);

    final List<String> heard = new CopyOnWriteArrayList<>();
    final List<String> payloads = new CopyOnWriteArrayList<>();
    /** How many payloads had come at each pause. */
    final List<Integer> pauses = new CopyOnWriteArrayList<>();
    private final CompletableFuture<GatewayEnd> end = new CompletableFuture<>();
    private final AtomicInteger inside = new AtomicInteger();
    private volatile boolean overlapped;
    volatile GatewayCall call;

    @Override
    public void started(GatewayCall call) {
        this.call = call;
        hear("started");
    }

    @Override
    public void accepted() {
        hear("accepted");
    }

    @Override
    public void payload(byte[] buffer, int offset, int length) {
        overlapped |= inside.incrementAndGet() > 1;
        String text = new String(buffer, offset, length, UTF_8);
        payloads.add(text);
        hear("payload");
        onPayload(text);
        inside.decrementAndGet();
    }

    void onPayload(String text) {
    }

    @Override
    public void pause() {
        overlapped |= inside.incrementAndGet() > 1;
        pauses.add(payloads.size());
        inside.decrementAndGet();
    }

    @Override
    public void ended(GatewayEnd end) {
        overlapped |= inside.incrementAndGet() > 1;
        hear("ended");
        this.end.complete(end);
        inside.decrementAndGet();
    }

    private void hear(String what) {
        heard.add(what);
    }

    boolean hasEnded() {
        return end.isDone();
    }

    GatewayEnd end() {
        assertThat(end).succeedsWithin(LIMIT);
        return end.join();
    }

    <T extends GatewayEnd> T endedAs(Class<T> kind) {
        assertThat(end()).isInstanceOf(kind);
        return kind.cast(end());
    }

    /** Everything that had to be heard was heard, once, in order. */
    void assertExhausted() {
        if (heard.isEmpty()) {
            return;
        }
        assertThat(heard).startsWith("started").endsWith("ended").containsOnlyOnce("started", "ended");
        assertThat(overlapped).isFalse();
    }
}
