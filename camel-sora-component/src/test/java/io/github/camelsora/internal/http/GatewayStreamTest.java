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

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.STREAM;
import static io.github.camelsora.internal.http.WireServer.UNTIL_CLOSE;
import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.answeringAndClosing;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Answers with 2xx: what comes out of them, and how they end. */
class GatewayStreamTest extends GatewayClientTestSupport {

    @Test
    void eventsArriveWhileTheStreamIsOpen() {
        CountDownLatch firstWasRead = new CountDownLatch(1);
        WireServer server = with(running(connection -> {
            connection.readRequest();
            connection.send(CHUNKED + chunk(event("one")));
            assertThat(firstWasRead.await(10, TimeUnit.SECONDS)).isTrue();
            connection.send(chunk(": PING\n\n") + chunk(event("two")) + "0\r\n\r\n");
        }));
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            void onPayload(String text) {
                firstWasRead.countDown();
            }
        });
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one", "two");
        assertThat(recorder.heard).containsExactly("started", "accepted", "payload", "payload", "ended");
    }

    @Test
    void theRequestHasTheHeadersOfTheProtocol() {
        WireServer server = with(answering(whole("text/event-stream", event("[DONE]"))));
        post(server).endedAs(GatewayEnd.Closed.class);
        String request = server.requests().get(0);
        assertThat(request).startsWith("POST /v1/chat/completions HTTP/1.1\r\n").endsWith("\r\n\r\n{\"prompt\":\"a cat\"}");
        assertThat(request).contains("Authorization: Bearer " + KEY + "\r\n", "Accept: text/event-stream, application/json\r\n",
                "Accept-Encoding: identity\r\n", "Content-Type: application/json; charset=utf-8\r\n", "Content-Length: 18\r\n",
                "Host: localhost:" + server.port() + "\r\n");
        assertThat(request).doesNotContain("Upgrade", "Cookie", "Expect");
    }

    @Test
    void pathAndQueryAreSentAsTheyAreWritten() {
        String path = "/v1%2Fa/%c3%A9//b;c=1/../chat?x=%20&y=a+b";
        WireServer server = with(answering(whole("text/event-stream", event("[DONE]"))));
        post(URI.create("http://localhost:" + server.port() + path)).endedAs(GatewayEnd.Closed.class);
        assertThat(server.requests().get(0)).startsWith("POST " + path + " HTTP/1.1\r\n");
    }

    @Test
    void headersOfTheRequestReplaceOursButNotTheFramingOfTheBody() {
        WireServer server = with(answering(whole("text/event-stream", event("[DONE]"))));
        RequestHeaders headers = RequestHeaders.builder().header("accept", "*/*").header("X-API-Key", KEY)
                .header("content-length", "3").header("Accept-Encoding", "gzip").header("content-type", "text/plain").build();
        post(new GatewayRequest(server.uri(), headers, "{}".getBytes(UTF_8), LIMITS), new CallRecorder())
                .endedAs(GatewayEnd.Closed.class);
        String head = server.requests().get(0);
        assertThat(head).contains("accept: */*", "X-API-Key: " + KEY, "Content-Length: 2", "Accept-Encoding: identity");
        assertThat(head).doesNotContain("text/plain", "gzip", "event-stream");
    }

    @Test
    void aLargeBodyArrivesWhole() {
        WireServer server = with(answering(whole("text/event-stream", event("[DONE]"))));
        String body = "{\"image\":\"" + "0123456789".repeat(500_000) + "\"}";
        post(new GatewayRequest(server.uri(), RequestHeaders.NONE, body.getBytes(UTF_8), LIMITS), new CallRecorder())
                .endedAs(GatewayEnd.Closed.class);
        assertThat(server.requests().get(0)).endsWith("\r\n\r\n" + body);
    }

    @Test
    void aBodyWithoutLengthEndsWithTheConnection() {
        WireServer server = with(answeringAndClosing(UNTIL_CLOSE + event("one") + event("two")));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one", "two");
    }

    @Test
    void anUnfinishedLastEventIsAPayload() {
        WireServer server = with(answeringAndClosing(UNTIL_CLOSE + event("one") + "data: tw"));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one", "tw");
    }

    @Test
    void aCutInsideAChunkIsABreakAndTheUnfinishedEventIsAPayload() {
        WireServer server = with(answeringAndClosing(CHUNKED + chunk(event("one")) + chunk("data: whole\n") + "40\r\ndata: "));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Broken.class);
        assertThat(recorder.payloads).containsExactly("one", "whole\n");
    }

    @Test
    void aCutBeforeTheAnnouncedLengthIsABreak() {
        WireServer server = with(answeringAndClosing(STREAM + "Content-Length: 1000\r\n\r\n" + event("one")));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Broken.class);
        assertThat(recorder.payloads).containsExactly("one");
    }

    @Test
    void aResetIsABreak() {
        CountDownLatch firstWasRead = new CountDownLatch(1);
        WireServer server = with(running(connection -> {
            connection.readRequest();
            connection.send(UNTIL_CLOSE + event("one"));
            assertThat(firstWasRead.await(10, TimeUnit.SECONDS)).isTrue();
            connection.reset();
        }));
        CallRecorder recorder = post(request(server.uri(), LONG, LONG), new CallRecorder() {

            @Override
            void onPayload(String text) {
                firstWasRead.countDown();
            }
        });
        recorder.endedAs(GatewayEnd.Broken.class);
        assertThat(recorder.payloads).containsExactly("one");
    }

    @Test
    void aConnectionThatClosesWithoutAnAnswerIsABreakBecauseTheRequestWasHandedOver() {
        WireServer server = with(answeringAndClosing(""));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Broken.class);
        assertThat(recorder.heard).doesNotContain("accepted");
        assertThat(server.requests()).hasSize(1);
        assertThat(server.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX: ",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"})
    void aLineWithoutEndIsABreak(String start) {
        assertIsNotReadToItsEnd(start, "x".repeat(100_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"})
    void headersWithoutEndAreABreak(String start) {
        assertIsNotReadToItsEnd(start, "X: 1\r\n".repeat(20_000));
    }

    private void assertIsNotReadToItsEnd(String start, String piece) {
        AtomicInteger sent = new AtomicInteger();
        WireServer server = with(running(connection -> {
            connection.readRequest();
            connection.send(start);
            for (; sent.get() < 300; sent.incrementAndGet()) {
                connection.send(piece);
            }
        }));
        post(server).endedAs(GatewayEnd.Broken.class);
        assertThat(sent.get()).isLessThan(300);
    }

    @Test
    void anAnswerThatIsNoHttpIsABreak() {
        WireServer server = with(answeringAndClosing("SSH-2.0-OpenSSH_9.2p1\r\n\r\n"));
        post(server).endedAs(GatewayEnd.Broken.class);
    }

    @Test
    void interimAnswersAreSkipped() {
        WireServer server = with(answering("HTTP/1.1 103 Early Hints\r\n\r\n" + whole("text/event-stream", event("one"))));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("one");
    }

    @Test
    void jsonIsReadWhateverTheContentTypeSays() {
        WireServer server = with(answering(whole("text/event-stream", "\n{\"choices\": [\n  {\"a\": 1}\n]}\n")));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("{\"choices\": [\n  {\"a\": 1}\n]}");
    }

    @Test
    void oneJsonObjectPerLineIsOnePayloadPerLine() {
        WireServer server = with(answering(whole("application/json", "{\"a\":1}\n{\"a\":2}\n[DONE]\n")));
        CallRecorder recorder = post(server);
        recorder.endedAs(GatewayEnd.Closed.class);
        assertThat(recorder.payloads).containsExactly("{\"a\":1}", "{\"a\":2}", "[DONE]");
    }

    @Test
    void anHtmlPageIsNoStream() {
        WireServer server = with(answering(STREAM + "Content-Length: 100000\r\n\r\n\n <!DOCTYPE html><html>"));
        CallRecorder recorder = post(server);
        assertThat(recorder.end()).isEqualTo(new GatewayEnd.NotAStream("an HTML page"));
        assertThat(recorder.heard).containsExactly("started", "accepted", "ended");
    }

    @Test
    void anEmptyBodyIsNoStream() {
        for (String answer : List.of(STREAM + "Content-Length: 0\r\n\r\n", CHUNKED + "0\r\n\r\n",
                CHUNKED + chunk("\n \r\n") + "0\r\n\r\n", "HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(post(with(answering(answer))).end()).isEqualTo(new GatewayEnd.NotAStream("nothing"));
        }
    }

    @Test
    void aContentEncodingIsNotDecoded() {
        WireServer server = with(answering(STREAM + "Content-Encoding: gzip\r\nContent-Length: 900\r\n\r\n\u001f"));
        CallRecorder recorder = post(server);
        assertThat(recorder.end()).isEqualTo(new GatewayEnd.NotAStream("content encoding gzip"));
    }

    @Test
    void theEncodingIdentityIsNone() {
        WireServer server = with(answering(STREAM + "Content-Encoding: identity\r\nContent-Length: 11\r\n\r\n" + event("one")));
        post(server).endedAs(GatewayEnd.Closed.class);
    }

    @Test
    void aPayloadAboveTheLimitEndsTheStream() {
        for (String start : List.of("data: ", "{\"a\":\"")) {
            WireServer server = with(answering(CHUNKED + chunk(start + "x".repeat(3000))));
            CallRecorder recorder = post(request(server.uri(), LONG, LONG, 2000), new CallRecorder());
            assertThat(recorder.end()).isEqualTo(new GatewayEnd.TooLarge(2000));
            assertThat(recorder.payloads).isEmpty();
        }
    }

    @Test
    void eachRequestHasAConnectionOfItsOwn() {
        WireServer server = with(running(connection -> {
            while (true) {
                connection.readRequest();
                connection.send(whole("text/event-stream", event("one")));
            }
        }));
        post(server).endedAs(GatewayEnd.Closed.class);
        post(server).endedAs(GatewayEnd.Closed.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void manyStreamsAreOpenAtOnceOnTwoThreads() {
        int streams = 300;
        CountDownLatch allOpen = new CountDownLatch(streams);
        WireServer server = with(running(connection -> {
            connection.readRequest();
            connection.send(CHUNKED + chunk(event("one")));
            assertThat(allOpen.await(30, TimeUnit.SECONDS)).isTrue();
            connection.send(chunk(event("two")) + "0\r\n\r\n");
        }));
        List<CallRecorder> recorders = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            recorders.add(post(request(server.uri(), LONG, LONG), new CallRecorder() {

                @Override
                void onPayload(String text) {
                    if (text.equals("one")) {
                        allOpen.countDown();
                    }
                }
            }));
        }
        recorders.forEach(recorder -> recorder.endedAs(GatewayEnd.Closed.class));
        assertThat(recorders).allSatisfy(recorder -> assertThat(recorder.payloads).containsExactly("one", "two"));
        eventually("three threads: two for I/O, and one that has started them",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("sora-io")).count() <= 3);
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(thread -> thread.getName().startsWith("sora-io"))
                .allMatch(Thread::isDaemon);
    }
}
