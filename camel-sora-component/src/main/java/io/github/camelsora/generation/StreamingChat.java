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
package io.github.camelsora.generation;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelsora.chat.ChatChunk;
import io.github.camelsora.chat.ChatChunkReader;
import io.github.camelsora.gateway.GatewayCall;
import io.github.camelsora.gateway.GatewayClient;
import io.github.camelsora.gateway.GatewayEnd;
import io.github.camelsora.gateway.GatewayListener;
import io.github.camelsora.gateway.GatewayRequest;

/**
 * Streaming chat-completions: one POST whose answer is the report, chunk by chunk. The stream is over at {@code [DONE]}, at
 * the end of the body, or {@value #USAGE_GRACE_MILLIS} ms after a finish reason: usage may follow it, and some gateways
 * leave the connection open after it. Knows no report.
 */
public final class StreamingChat implements GenerationProtocol {

    static final long USAGE_GRACE_MILLIS = 2000;

    private final GatewayClient client;
    private final ScheduledExecutorService timer;

    /** @param timer runs nothing but the end of the grace after a finish reason */
    public StreamingChat(GatewayClient client, ScheduledExecutorService timer) {
        this.client = client;
        this.timer = timer;
    }

    @Override
    public void start(GenerationRequest request, Listener listener) {
        GenerationRequest.Limits limits = request.limits();
        client.post(new GatewayRequest(request.uri(), request.headers(), request.chat().toJson(), limits.readTimeout(),
                limits.requestTimeout(), limits.maxPayloadSize()), new Stream(listener));
    }

    private final class Stream implements GatewayListener {

        private final Listener listener;
        private final ChatChunkReader chunks = new ChatChunkReader();
        private final AtomicBoolean over = new AtomicBoolean();
        private volatile GatewayCall call;
        private volatile ScheduledFuture<?> grace;

        Stream(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void started(GatewayCall started) {
            call = started;
            listener.started(started::cancel);
        }

        @Override
        public void accepted() {
            listener.accepted();
        }

        @Override
        public void payload(byte[] buffer, int offset, int length) {
            if (over.get()) {
                return;
            }
            ChatChunk chunk = chunks.read(buffer, offset, length);
            if (chunk == ChatChunk.DONE) {
                finish();
            } else if (chunk != ChatChunk.MALFORMED) {
                listener.read(chunk);
                if (chunk.finishReason() != null && grace == null) {
                    grace = timer.schedule(this::finish, USAGE_GRACE_MILLIS, TimeUnit.MILLISECONDS);
                }
            }
        }

        // The gateway said that it is done: what comes after it on the wire, a reset included, changes nothing.
        private void finish() {
            if (over.compareAndSet(false, true)) {
                end(new GatewayEnd.Closed());
                call.cancel();
            }
        }

        @Override
        public void ended(GatewayEnd end) {
            if (over.compareAndSet(false, true)) {
                end(end);
            }
        }

        private void end(GatewayEnd end) {
            ScheduledFuture<?> pending = grace;
            if (pending != null) {
                pending.cancel(false);
            }
            listener.ended(end);
        }
    }
}
