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
package io.github.camelsora.internal.protocol;

import java.net.URI;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.chat.ChatChunkReader;
import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.http.GatewayClient;
import io.github.camelsora.internal.http.GatewayEnd;
import io.github.camelsora.internal.http.GatewayListener;
import io.github.camelsora.internal.http.GatewayRequest;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.text.Seconds;
import org.jspecify.annotations.Nullable;

/**
 * Streaming chat-completions: one POST whose answer is the report, chunk by chunk. The stream is over at {@code [DONE]}, at
 * the end of the body, or, after a finish reason or an error, when nothing was said for {@value #USAGE_GRACE_MILLIS} ms: usage
 * may follow, and some gateways leave the connection open after it. The request is repeated once, on the gateway's other host,
 * if nothing of it was handed to a connection. Knows no report.
 */
public final class StreamingChat implements GenerationProtocol {

    static final long USAGE_GRACE_MILLIS = 2000;

    /** Each costs an exception of the JSON parser, so that a flood of short ones would keep an I/O thread busy for seconds. */
    private static final int MAX_MALFORMED = 10_000;

    private final GatewayClient client;
    private final ScheduledExecutorService timer;
    private final HostFailover hosts;
    private final ChatCall call;
    private volatile boolean withdrawn;
    private volatile @Nullable GatewayCall sending;

    /**
     * @param timer ends the stream two seconds after a finish reason
     * @param hosts chooses between the gateway's first host and its fallback
     */
    public StreamingChat(GatewayClient client, ScheduledExecutorService timer, HostFailover hosts, ChatCall call) {
        this.client = client;
        this.timer = timer;
        this.hosts = hosts;
        this.call = call;
    }

    @Override
    public boolean isPaid() {
        return true;
    }

    @Override
    public void start(Listener listener) {
        URI uri = hosts.choose(call);
        send(uri, uri.equals(call.uri()) ? call.fallbackUri() : call.uri(), listener);
    }

    @Override
    public boolean withdraw() {
        withdrawn = true;
        GatewayCall now = sending;
        // A call that starts after this is withdrawn as soon as it has started, before it is sent.
        return now == null || now.withdraw();
    }

    /** @param other the other host, for the case that nothing could be sent to the first; or {@code null} */
    private void send(URI uri, @Nullable URI other, Listener listener) {
        client.post(new GatewayRequest(uri, call.headers(), call.body(), call.limits()), new Stream(uri, other, listener));
    }

    private final class Stream implements GatewayListener {

        private final URI uri;
        private final @Nullable URI other;
        private final Listener listener;
        private final ChatChunkReader chunks = new ChatChunkReader();
        private final AtomicBoolean ended = new AtomicBoolean();
        private volatile @Nullable GatewayCall post;
        private volatile @Nullable ScheduledFuture<?> grace;
        private volatile long lastSaid;
        private boolean finishing;
        private int malformed;

        Stream(URI uri, @Nullable URI other, Listener listener) {
            this.uri = uri;
            this.other = other;
            this.listener = listener;
        }

        @Override
        public void started(GatewayCall started) {
            post = started;
            sending = started;
            listener.started(started::cancel);
            if (withdrawn) {
                started.withdraw();
            }
        }

        @Override
        public void accepted() {
            listener.accepted();
        }

        @Override
        public void payload(byte[] buffer, int offset, int length) {
            if (ended.get()) {
                return;
            }
            ChatChunk chunk = chunks.read(buffer, offset, length);
            switch (chunk.kind()) {
                case DONE -> finish();
                case MALFORMED -> {
                    listener.seen(TaskListener::malformed);
                    if (++malformed > MAX_MALFORMED) {
                        finish(new ProtocolEnd.GivenUp("more than " + MAX_MALFORMED + " of its events are malformed"));
                    }
                }
                case CHUNK -> {
                    listener.seen(new ObservedChunk(chunk));
                    if (saysSomething(chunk)) {
                        lastSaid = System.nanoTime();
                    }
                    if ((chunk.finishReason() != null || chunk.error() != null) && !finishing) {
                        lastSaid = System.nanoTime();
                        finishing = true;
                    }
                }
            }
        }

        @Override
        public void pause() {
            if (ended.get()) {
                return;
            }
            listener.pause();
            // Mostly the end has come together with the finish reason, and no timer is needed.
            if (finishing && grace == null) {
                finishAfter(TimeUnit.MILLISECONDS.toNanos(USAGE_GRACE_MILLIS));
            }
        }

        private static boolean saysSomething(ChatChunk chunk) {
            return chunk.text() != null && !chunk.text().isEmpty() || chunk.thinking() != null && !chunk.thinking().isEmpty()
                    || !chunk.videos().isEmpty();
        }

        // Some gateways have a finish reason in every chunk. Empty ones, which keep the connection alive, say nothing.
        private void finishAfter(long nanos) {
            grace = timer.schedule(() -> {
                long left = TimeUnit.MILLISECONDS.toNanos(USAGE_GRACE_MILLIS) - (System.nanoTime() - lastSaid);
                if (left <= 0) {
                    finish();
                } else if (!ended.get()) {
                    finishAfter(left);
                }
            }, nanos, TimeUnit.NANOSECONDS);
            if (ended.get()) {
                stopGrace();
            }
        }

        // The gateway said that it is done: what comes after it on the wire, a reset included, changes nothing.
        private void finish() {
            finish(new ProtocolEnd.Finished());
        }

        private void finish(ProtocolEnd how) {
            if (ended.compareAndSet(false, true)) {
                end(how);
                GatewayCall open = post;
                if (open != null) {
                    open.cancel();
                }
            }
        }

        @Override
        public void ended(GatewayEnd end) {
            if (!ended.compareAndSet(false, true)) {
                return;
            }
            if (end instanceof GatewayEnd.NotSent && !withdrawn) {
                hosts.notReached(call, uri);
                if (other != null) {
                    send(other, null, listener);
                    return;
                }
            }
            end(meaning(end));
        }

        private ProtocolEnd meaning(GatewayEnd end) {
            if (end instanceof GatewayEnd.Closed) {
                return new ProtocolEnd.Finished();
            } else if (end instanceof GatewayEnd.NotSent notSent) {
                return new ProtocolEnd.NotSent(uri.getAuthority(), notSent.cause(), notSent.limit());
            } else if (end instanceof GatewayEnd.Answered answer) {
                return answered(answer);
            } else if (end instanceof GatewayEnd.NotAStream answer) {
                return new ProtocolEnd.NotAStream(answer.what());
            } else if (end instanceof GatewayEnd.Broken broken) {
                return new ProtocolEnd.Broken(broken.cause());
            } else if (end instanceof GatewayEnd.Silent silent) {
                return new ProtocolEnd.GivenUp("nothing came for " + Seconds.of(silent.readTimeout())
                        + " (streamingReadTimeout)");
            } else if (end instanceof GatewayEnd.Expired expired) {
                return new ProtocolEnd.GivenUp("it took longer than " + Seconds.of(expired.requestTimeout())
                        + " (requestTimeout)");
            } else if (end instanceof GatewayEnd.TooLarge tooLarge) {
                return new ProtocolEnd.GivenUp("an event is larger than " + tooLarge.limit() + " bytes (maxPayloadSize)");
            } else if (end instanceof GatewayEnd.StreamTooLarge tooLarge) {
                return new ProtocolEnd.GivenUp("its events together are larger than " + tooLarge.limit()
                        + " bytes (16 times maxPayloadSize, at least 16 MiB)");
            }
            return new ProtocolEnd.Cancelled();
        }

        private ProtocolEnd answered(GatewayEnd.Answered answer) {
            // A body that tells of a task shows that the request was accepted, whatever else it says.
            boolean refuses = ErrorDetails.isErrorBody(answer.body()) && !TaskRecord.isAcceptedTask(answer.body());
            return new ProtocolEnd.Answered(answer.status(), answer.retryAfter(), ErrorDetails.ofBody(answer.body()), refuses,
                    hosts.answered(call, uri, answer.status()));
        }

        private void end(ProtocolEnd end) {
            stopGrace();
            listener.ended(end);
        }

        private void stopGrace() {
            ScheduledFuture<?> pending = grace;
            if (pending != null) {
                pending.cancel(false);
            }
        }
    }
}
