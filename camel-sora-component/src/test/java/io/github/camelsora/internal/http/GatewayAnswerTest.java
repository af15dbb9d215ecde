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
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.answeringAndClosing;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.whole;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Answers that are not 2xx: each is passed on, and none leads to a second request. */
class GatewayAnswerTest extends GatewayClientTestSupport {

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 400, 401, 402, 403, 404, 408, 413, 429, 499, 500, 502, 503, 504, 524})
    void aRequestIsSentOnceWhateverTheAnswer(int status) {
        WireServer other = with(answering(whole("text/event-stream", event("one"))));
        WireServer server = with(answering("HTTP/1.1 " + status + " Whatever\r\nLocation: " + other.uri()
                + "\r\nRetry-After: 0\r\nWWW-Authenticate: Basic realm=\"x\"\r\nProxy-Authenticate: Basic realm=\"x\"\r\n"
                + "Content-Type: application/json\r\nContent-Length: 12\r\n\r\n{\"error\":{}}"));
        CallRecorder recorder = post(server);
        GatewayEnd.Answered answered = recorder.endedAs(GatewayEnd.Answered.class);
        assertThat(answered.status()).isEqualTo(status);
        assertThat(answered.body()).asString(UTF_8).isEqualTo("{\"error\":{}}");
        assertThat(recorder.heard).containsExactly("started", "ended");
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.requests()).hasSize(1);
        assertThat(other.connections()).isZero();
    }

    @Test
    void retryAfterIsReadInSeconds() {
        WireServer server = with(answering("HTTP/1.1 429 Busy\r\nRetry-After: 30\r\nContent-Length: 0\r\n\r\n"));
        assertThat(post(server).endedAs(GatewayEnd.Answered.class).retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void retryAfterIsSecondsOrADateOrUnknown() {
        Instant now = Instant.parse("2015-10-21T07:28:00Z");
        assertThat(RetryAfter.parse(" 120 ", now)).isEqualTo(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:28:45 GMT", now)).isEqualTo(Duration.ofSeconds(45));
        assertThat(RetryAfter.parse("Wed, 21 Oct 2015 07:27:00 GMT", now)).isEqualTo(Duration.ZERO);
        assertThat(RetryAfter.parse("-1", now)).isNull();
        assertThat(RetryAfter.parse("soon", now)).isNull();
        assertThat(RetryAfter.parse("99999999999999999999", now)).isNull();
        assertThat(RetryAfter.parse(null, now)).isNull();
    }

    @Test
    void onlyTheBeginningOfALongBodyIsKept() {
        WireServer server = with(answering("HTTP/1.1 500 No\r\nContent-Length: 1000000\r\n\r\n" + "x".repeat(100_000)));
        assertThat(post(server).endedAs(GatewayEnd.Answered.class).body()).hasSize(64 * 1024);
    }

    @Test
    void theStatusHoldsWhenTheBodyBreaksOff() {
        WireServer server = with(answeringAndClosing("HTTP/1.1 429 Busy\r\nContent-Length: 100\r\n\r\nslow do"));
        GatewayEnd.Answered answered = post(server).endedAs(GatewayEnd.Answered.class);
        assertThat(answered.status()).isEqualTo(429);
        assertThat(answered.body()).asString(UTF_8).isEqualTo("slow do");
    }

    @Test
    void theStatusHoldsWhenTheBodyNeverEnds() {
        WireServer server = with(answering("HTTP/1.1 503 No\r\nContent-Length: 100\r\n\r\nslow do"));
        CallRecorder recorder = post(request(server.uri(), SHORT, LONG), new CallRecorder());
        assertThat(recorder.endedAs(GatewayEnd.Answered.class).status()).isEqualTo(503);
    }

    @Test
    void whatHasComeIsTheBodyWhenTheRestDoesNotComeInTime() {
        WireServer server = with(answering("HTTP/1.1 503 No\r\nContent-Length: 100\r\n\r\nslow do"));
        CallRecorder recorder = post(request(server.uri(), SHORT, LONG), new CallRecorder());
        assertThat(recorder.endedAs(GatewayEnd.Answered.class).body()).asString(UTF_8).isEqualTo("slow do");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n19\r\n{\"error\":{\"message\":\"}\"}}\r\n",
        "\r\n \n{\"error\":{\"message\":\"}\"}}", "Content-Length: 5000\r\n\r\n{\"error\":{\"message\":\"}\"}}"})
    void aJsonAnswerEndsWithItsJsonEvenIfItsBodyDoesNot(String rest) {
        WireServer server = with(answering("HTTP/1.1 500 No\r\n" + rest));
        long start = System.nanoTime();
        assertThat(post(server).endedAs(GatewayEnd.Answered.class).body()).asString(UTF_8)
                .endsWith("{\"error\":{\"message\":\"}\"}}");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).as("at once").isLessThan(Duration.ofMillis(1900));
    }

    @Test
    void anyAnswerEndsAfterASilenceBehindItsLastBytes() {
        WireServer server = with(running(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 503 No\r\n\r\n<html>");
            assertThat(connection.isClosedWithin(1000)).isFalse();
            connection.send("busy");
        }));
        assertThat(post(server).endedAs(GatewayEnd.Answered.class).body()).asString(UTF_8).isEqualTo("<html>busy");
    }

    @Test
    void anEncodedBodyIsNotPassedOn() {
        WireServer server = with(answering("HTTP/1.1 502 No\r\nContent-Encoding: br\r\nContent-Length: 3\r\n\r\n???"));
        assertThat(post(server).endedAs(GatewayEnd.Answered.class).body()).isEmpty();
    }

    @Test
    void anAnswerBeforeTheWholeRequestWasReadIsAnAnswer() {
        WireServer server = with(running(connection -> {
            connection.readHead();
            connection.send("HTTP/1.1 401 No\r\nContent-Length: 2\r\n\r\nno");
        }));
        byte[] body = "x".repeat(20_000_000).getBytes(UTF_8);
        CallRecorder recorder = post(new GatewayRequest(server.uri(), RequestHeaders.NONE, body, LIMITS), new CallRecorder());
        assertThat(recorder.endedAs(GatewayEnd.Answered.class).status()).isEqualTo(401);
    }
}
