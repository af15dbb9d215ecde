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
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Calls that end otherwise than by an answer: cancelled, silent, never sent, or by their own listener. */
class GatewayCallTest extends GatewayClientTestSupport {

    /** Says "one", then only comments, until the client closes. */
    private WireServer commenting() {
        return with(running(connection -> {
            connection.readRequest();
            connection.send(CHUNKED + chunk(event("one")));
            while (!connection.isClosedWithin(40)) {
                connection.send(chunk(": PING\n\n") + chunk("data:\n\n"));
            }
        }));
    }

    /** Says "one" for as long as the client listens, but not more often than that. */
    private WireServer talking() {
        return with(running(connection -> {
            connection.readRequest();
            connection.send(CHUNKED);
            do {
                connection.send(chunk(event("one")));
            } while (!connection.isClosedWithin(40));
        }));
    }

    @Test
    void itsThreadsEndWhenNoCallIsUnderWayAndTheNextCallHasOthers() {
        CallRecorder open = post(request(talking().uri(), LONG, LONG), new CallRecorder());
        eventually("an open stream", () -> !open.payloads.isEmpty());
        client.closeIfIdle();
        int heard = open.payloads.size();
        eventually("the stream goes on", () -> open.payloads.size() > heard);
        open.call.cancel();
        open.end();
        List<Thread> before = ioThreads();
        assertThat(before).isNotEmpty();
        eventually("the threads end", () -> {
            client.closeIfIdle();
            return before.stream().noneMatch(Thread::isAlive);
        });
        WireServer server = with(answering(whole("text/event-stream", event("two"))));
        CallRecorder next = post(request(server.uri(), LONG, LONG), new CallRecorder());
        assertThat(next.end()).isInstanceOf(GatewayEnd.Closed.class);
        assertThat(next.payloads).containsExactly("two");
    }

    private static List<Thread> ioThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("sora-io")).toList();
    }

    @Test
    void commentsAndEmptyEventsDoNotEndASilence() {
        CallRecorder recorder = post(request(commenting().uri(), SHORT, LONG), new CallRecorder());
        assertThat(recorder.end()).isEqualTo(new GatewayEnd.Silent(SHORT));
        assertThat(recorder.payloads).containsExactly("one");
    }

    @Test
    void silenceCountsFromTheRequestOn() {
        WireServer server = with(answering(""));
        CallRecorder recorder = post(request(server.uri(), SHORT, LONG), new CallRecorder());
        assertThat(recorder.end()).isEqualTo(new GatewayEnd.Silent(SHORT));
    }

    @Test
    void payloadsKeepAStreamOpenUntilItExpires() {
        Duration requestTimeout = SHORT.multipliedBy(3);
        CallRecorder recorder = post(request(talking().uri(), SHORT, requestTimeout), new CallRecorder());
        assertThat(recorder.end()).isEqualTo(new GatewayEnd.Expired(requestTimeout));
        assertThat(recorder.payloads).hasSizeGreaterThan(3);
    }

    @Test
    void cancellingClosesTheConnection() {
        WireServer server = with(answering(CHUNKED + chunk(event("one"))));
        CallRecorder recorder = post(server);
        eventually("a payload", () -> !recorder.payloads.isEmpty());
        assertThat(server.open()).isEqualTo(1);
        recorder.call.cancel();
        recorder.call.cancel();
        recorder.endedAs(GatewayEnd.Cancelled.class);
        eventually("the connection closed", () -> server.open() == 0);
        recorder.call.cancel();
    }

    @Test
    void cancellingWhileTheBodyIsBeingWrittenClosesTheConnection() {
        CountDownLatch headWasRead = new CountDownLatch(1);
        CountDownLatch cancelled = new CountDownLatch(1);
        WireServer server = with(running(connection -> {
            connection.readHead();
            headWasRead.countDown();
            assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        }));
        GatewayRequest request = new GatewayRequest(server.uri(), RequestHeaders.NONE, new byte[30_000_000], LIMITS);
        CallRecorder recorder = post(request, new CallRecorder());
        eventually("the head read", () -> headWasRead.getCount() == 0);
        recorder.call.cancel();
        cancelled.countDown();
        recorder.endedAs(GatewayEnd.Cancelled.class);
    }

    @Test
    void noPayloadFollowsACancellationByTheListener() {
        WireServer server = with(answering(CHUNKED + chunk(event("one") + event("[DONE]") + event("late"))
                + chunk(event("later"))));
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            void onPayload(String text) {
                if (text.equals("[DONE]")) {
                    call.cancel();
                    assertThat(hasEnded()).isFalse();
                }
            }
        });
        recorder.endedAs(GatewayEnd.Cancelled.class);
        assertThat(recorder.payloads).containsExactly("one", "[DONE]");
    }

    @Test
    void nothingIsSentWhenTheListenerCancelsAtOnce() {
        WireServer server = with(answering(""));
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            public void started(GatewayCall call) {
                super.started(call);
                call.cancel();
            }
        });
        recorder.endedAs(GatewayEnd.Cancelled.class);
        assertThat(server.connections()).isZero();
    }

    @Test
    void cancellingRightAfterPostingLeavesNothingOpen() {
        WireServer server = with(answering(CHUNKED));
        List<CallRecorder> recorders = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            CallRecorder recorder = post(server);
            recorders.add(recorder);
            recorder.call.cancel();
        }
        recorders.forEach(recorder -> recorder.endedAs(GatewayEnd.Cancelled.class));
    }

    @Test
    void aCallEndsOnceHoweverManyWantToEndIt() {
        WireServer server = with(answering(whole("text/event-stream", event("one") + event("two"))));
        List<CallRecorder> recorders = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            CallRecorder recorder = post(request(server.uri(), LONG, Duration.ofMillis(1 + i % 20)), new CallRecorder());
            ForkJoinPool.commonPool().execute(() -> recorder.call.cancel());
            recorders.add(recorder);
        }
        recorders.forEach(CallRecorder::end);
    }

    @Test
    void aRefusedConnectionIsNotSent() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        CallRecorder recorder = post(URI.create("http://localhost:" + free + "/v1/chat/completions"));
        assertThat(recorder.endedAs(GatewayEnd.NotSent.class).cause()).hasMessageContaining("localhost");
    }

    @Test
    void anUnknownHostIsNotSent() {
        CallRecorder recorder = post(URI.create("http://gateway.invalid/v1/chat/completions"));
        assertThat(recorder.endedAs(GatewayEnd.NotSent.class).cause()).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void anUnusableUriIsNotSent() {
        post(URI.create("http://a:b@localhost:1/v1/chat/completions")).endedAs(GatewayEnd.NotSent.class);
        post(URI.create("ftp://localhost/v1/chat/completions")).endedAs(GatewayEnd.NotSent.class);
    }

    @Test
    void aListenerThatThrowsEndsItsOwnCallOnly() {
        WireServer server = with(answering(CHUNKED + chunk(event("one"))));
        CallRecorder other = post(server);
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            public void payload(byte[] buffer, int offset, int length) {
                throw new AssertionError("no");
            }
        });
        assertThat(recorder.endedAs(GatewayEnd.Broken.class).cause()).hasMessageContaining("AssertionError: no");
        eventually("a payload", () -> !other.payloads.isEmpty());
        assertThat(other.hasEnded()).isFalse();
        other.call.cancel();
    }

    @Test
    void aListenerThatThrowsAtTheHeadEndsItsCall() {
        WireServer server = with(answering(CHUNKED + chunk(event("one"))));
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            public void accepted() {
                throw new IllegalStateException("no");
            }
        });
        recorder.endedAs(GatewayEnd.Broken.class);
        assertThat(recorder.payloads).isEmpty();
    }

    @Test
    void aListenerThatThrowsAtTheStartHasSentNothing() {
        WireServer server = with(answering(""));
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            public void started(GatewayCall call) {
                super.started(call);
                throw new IllegalStateException("no");
            }
        });
        recorder.endedAs(GatewayEnd.NotSent.class);
        assertThat(server.connections()).isZero();
    }

    @Test
    void anErrorOfTheListenerAtTheStartEndsItsCall() {
        WireServer server = with(answering(""));
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            public void started(GatewayCall call) {
                super.started(call);
                throw new AssertionError("no");
            }
        });
        assertThat(recorder.endedAs(GatewayEnd.NotSent.class).cause()).hasMessageContaining("AssertionError: no");
        assertThat(server.connections()).isZero();
    }

    @Test
    void aListenerThatThrowsAtTheEndLeavesTheClientUsable() {
        WireServer server = with(answering(whole("text/event-stream", event("one"))));
        post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            public void ended(GatewayEnd end) {
                super.ended(end);
                throw new IllegalStateException("no");
            }
        }).endedAs(GatewayEnd.Closed.class);
        post(server).endedAs(GatewayEnd.Closed.class);
    }

    @Test
    void closingTheClientCancelsEveryCall() {
        WireServer server = with(answering(CHUNKED + chunk(event("one"))));
        List<CallRecorder> recorders = List.of(post(server), post(server), post(server));
        eventually("payloads", () -> recorders.stream().noneMatch(recorder -> recorder.payloads.isEmpty()));
        client.close();
        recorders.forEach(recorder -> recorder.endedAs(GatewayEnd.Cancelled.class));
        post(server).endedAs(GatewayEnd.NotSent.class);
        client.close();
    }

    @Test
    void aTimerThatHasBeenShutDownMeansNothingIsSent() {
        WireServer server = with(answering(""));
        timer.shutdownNow();
        post(server).endedAs(GatewayEnd.NotSent.class);
        assertThat(server.connections()).isZero();
    }

    @Test
    void timeoutsAndLimitsMustBePositive() {
        URI uri = URI.create("http://localhost/");
        assertThatThrownBy(() -> request(uri, Duration.ZERO, LONG)).hasMessageContaining("readTimeout is PT0S");
        assertThatThrownBy(() -> request(uri, LONG, Duration.ofSeconds(-1))).hasMessageContaining("requestTimeout is PT-1S");
        assertThatThrownBy(() -> request(uri, LONG, LONG, 0)).hasMessageContaining("maxPayloadSize is 0");
        assertThatThrownBy(() -> request(uri, Duration.ZERO, LONG, LONG, 1))
                .hasMessageContaining("connectTimeout is PT0S");
        assertThatThrownBy(() -> GatewayClientSettings.Proxy.of("proxy", null))
                .hasMessageContaining("proxyHost proxy needs a proxyPort");
    }
}
