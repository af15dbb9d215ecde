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
package io.github.camelsora.internal.link;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

import io.github.camelsora.internal.http.WireServer;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.camelsora.internal.http.WireServer.answering;
import static io.github.camelsora.internal.http.WireServer.answeringAndClosing;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.running;
import static io.github.camelsora.internal.http.WireServer.whole;
import static org.assertj.core.api.Assertions.assertThat;

/** What a link answers, and what ends it without an answer. */
class LinkAnswerTest extends LinkClientTestSupport {

    private static final String CHUNKED_TEXT = head(200, "Content-Type: text/plain", "Transfer-Encoding: chunked");

    @Test
    void textIsReadWhole() {
        AnswerRecorder answer = get(with(answering(whole("application/json", "{\"status\":\"处理中\"}"))));
        answer.assertText(200, "{\"status\":\"处理中\"}");
        assertThat(answer.as(LinkAnswer.Text.class).retryAfter()).isNull();
    }

    @Test
    void textWithoutALengthIsReadToItsEnd() {
        get(with(answeringAndClosing(head(200) + "the report"))).assertText(200, "the report");
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 401, 404, 429, 500, 503, 524})
    void anErrorStatusIsTextWithItsRetryAfter(int status) {
        AnswerRecorder answer = get(with(answering(head(status, "Content-Length: 3", "Retry-After: 30") + "no!")));
        answer.assertText(status, "no!");
        assertThat(answer.as(LinkAnswer.Text.class).retryAfter()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void anAnswerWithoutABodyIsEmptyText(int status) {
        get(with(answering(head(status)))).assertText(status, "");
    }

    @Test
    void aVideoIsNotRead() {
        WireServer server = with(answering(head(200, "Content-Type: Video/MP4", "Content-Length: 1000000000") + "ftyp"));
        get(server).assertMedia(link(server, "/source/task_1").toString());
    }

    @ParameterizedTest
    @CsvSource({
        "application/octet-stream, /v/1.MP4?sig=x.txt, true",
        "binary/octet-stream,      /v/1.mov,           true",
        "'',                       /v/1.webm,          true",
        "application/octet-stream, /v/1?x=.mp4,        false",
        "text/html,                /v/1.mp4,           false",
        "application/json,         /v/1.mp4,           false"})
    void withoutASpecificContentTypeThePathTellsAVideo(String contentType, String path, boolean media) {
        String type = contentType.isEmpty() ? "X: y" : "Content-Type: " + contentType;
        WireServer server = with(answering(head(200, type, "Content-Length: 4") + "text"));
        AnswerRecorder answer = get(link(server, path), named(server));
        if (media) {
            answer.assertMedia(link(server, path).toString());
        } else {
            answer.assertText(200, "text");
        }
    }

    @Test
    void aVideoThatIsRefusedIsText() {
        get(with(answering(head(404, "Content-Type: video/mp4", "Content-Length: 2") + "no"))).assertText(404, "no");
    }

    @Test
    void anotherContentEncodingIsNotDecoded() {
        get(with(answering(head(200, "Content-Encoding: gzip", "Content-Length: 9") + "notreally")))
                .assertUnreachable("cdn.example", "content encoding gzip");
    }

    @Test
    void aBodyOfTheLimitIsRead() {
        WireServer server = with(answering(head(200, "Content-Length: 10") + "0123456789"));
        get(link(server, "/"), named(server), LONG, 10).assertText(200, "0123456789");
    }

    @Test
    void aBodyThatSaysItIsLargerIsNotRead() {
        WireServer server = with(answering(head(200, "Content-Length: 11") + "0123"));
        assertThat(get(link(server, "/"), named(server), LONG, 10).as(LinkAnswer.TooLarge.class).limit()).isEqualTo(10);
    }

    @Test
    void aBodyThatDoesNotSayItIsLargerIsReadUpToTheLimit() {
        WireServer server = with(answering(CHUNKED_TEXT + chunk("01234") + chunk("567890")));
        get(link(server, "/"), named(server), LONG, 10).as(LinkAnswer.TooLarge.class);
    }

    @Test
    void aCutIsABreak() {
        get(with(answeringAndClosing(head(200, "Content-Length: 10") + "0123"))).assertUnreachable("connection", "broke");
    }

    @Test
    void aCutBetweenChunksIsABreak() {
        get(with(answeringAndClosing(CHUNKED_TEXT + chunk("{}")))).assertUnreachable("connection", "broke");
    }

    @Test
    void aResetIsABreak() {
        get(with(running(connection -> {
            connection.readRequest();
            connection.reset();
        }))).assertUnreachable("connection", "broke");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x: y\r\n", "x"})
    void aHeadThatNeverEndsIsABreak(String more) {
        get(with(running(connection -> {
            connection.readRequest();
            connection.send("HTTP/1.1 200 OK\r\n");
            while (true) {
                connection.send(more.repeat(1000));
            }
        }))).assertUnreachable("connection", "broke");
    }

    @Test
    void aPortWhereNobodyListensIsNoConnection() {
        get(URI.create("http://cdn.example:1/"), LinkTrust.of(List.of("cdn.example:1"), List.of()))
                .assertUnreachable("no connection to cdn.example");
    }

    @Test
    void aTricklingBodyEndsAtTheDeadline() {
        WireServer server = with(running(connection -> {
            connection.readRequest();
            connection.send(CHUNKED_TEXT);
            while (!connection.isClosedWithin(10)) {
                connection.send(chunk("."));
            }
        }));
        get(link(server, "/"), named(server), SHORT, LIMIT).assertUnreachable("cdn.example", "within PT0.4S");
    }

    @Test
    void aMissingAnswerEndsAtTheDeadline() {
        WireServer server = with(running(WireServer.Connection::readRequest));
        get(link(server, "/"), named(server), SHORT, LIMIT).assertUnreachable("cdn.example", "within PT0.4S");
    }

    @Test
    void cancellingClosesTheConnection() {
        WireServer server = with(running(WireServer.Connection::readRequest));
        AnswerRecorder answer = get(server);
        eventually("a request", () -> !server.requests().isEmpty());
        answer.call.cancel();
        answer.call.cancel();
        answer.as(LinkAnswer.Cancelled.class);
    }

    @Test
    void cancellingAfterTheAnswerChangesNothing() {
        AnswerRecorder answer = get(with(answering(whole("text/plain", "one"))));
        answer.assertText(200, "one");
        answer.call.cancel();
    }

    @Test
    void closingCancelsWhatIsUnderWayAndWhatComesLater() {
        WireServer server = with(running(WireServer.Connection::readRequest));
        AnswerRecorder answer = get(server);
        eventually("a request", () -> !server.requests().isEmpty());
        links.close();
        answer.as(LinkAnswer.Cancelled.class);
        get(server).as(LinkAnswer.Cancelled.class);
    }

    @Test
    void aLinkIsAnsweredOnceWhoeverRacesForItsEnd() {
        WireServer server = with(answering(whole("text/plain", "one")));
        for (int i = 0; i < 300; i++) {
            AnswerRecorder answer = get(link(server, "/"), named(server), Duration.ofMillis(1 + i % 20), LIMIT);
            ForkJoinPool.commonPool().execute(() -> answer.call.cancel());
        }
    }

    @Test
    void aTimerThatHasBeenShutDownMeansNothingIsSent() {
        WireServer server = with(answering(whole("text/plain", "one")));
        timer.shutdownNow();
        get(server).as(LinkAnswer.Cancelled.class);
        assertThat(server.connections()).isZero();
    }

    @Test
    void aListenerThatThrowsLeavesTheClientUsable() {
        WireServer server = with(answering(whole("text/plain", "one")));
        links.get(Link.of(link(server, "/").toString()), named(server), new LinkClient.Limits(CONNECT, LONG, LIMIT), answer -> {
            throw new AssertionError("in the listener");
        });
        eventually("an answer", () -> server.connections() == 1 && server.open() == 0);
        get(server).assertText(200, "one");
    }

    @Test
    void nothingOfTheUserIsSent() {
        WireServer server = with(answering(head(200, "Set-Cookie: id=1; Path=/", "Content-Length: 3") + "one"));
        get(server).assertText(200, "one");
        get(server).assertText(200, "one");
        assertThat(server.requests()).hasSize(2).allSatisfy(request -> assertThat(request.lines()).containsExactlyInAnyOrder(
                "GET /source/task_1 HTTP/1.1", "Host: cdn.example:" + server.port(), "Accept-Encoding: identity",
                "Accept: application/json, text/*, */*;q=0.5", "Connection: keep-alive", "User-Agent: camel-sora", ""));
        assertThat(server.connections()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "'',           /",
        "?a=b,         /?a=b",
        "/a%2Fb?c=%20, /a%2Fb?c=%20",
        "/视频,         /%E8%A7%86%E9%A2%91",
        "//a//b,       //a//b",
        "/a#part,      /a"})
    void theRequestTargetIsPathAndQueryOfTheLink(String path, String target) {
        WireServer server = with(answering(whole("text/plain", "one")));
        get(link(server, path), named(server)).assertText(200, "one");
        assertThat(server.requests().get(0)).startsWith("GET " + target + " HTTP/1.1\r\n");
    }

    @Test
    void anAnswerShowsNoLinkAndNoBody() {
        Link signed = Link.of("https://cdn.example/v.mp4?sig=secret");
        assertThat(new LinkAnswer.Media(signed).toString()).doesNotContain("secret", "v.mp4");
        assertThat(new LinkAnswer.Text(200, "secret".getBytes(), null).toString()).isEqualTo("Text[200, 6 bytes]");
    }
}
