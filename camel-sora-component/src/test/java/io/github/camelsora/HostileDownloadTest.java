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
package io.github.camelsora;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.DownloadFailedException.Reason;
import io.github.camelsora.internal.http.WireServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A server that lies, or never ends, gets a clear error, soon, and leaves no file. */
class HostileDownloadTest extends SoraRouteTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n";
    private static final String HUNDRED = "0123456789".repeat(10);
    private static final String FIRST_HALF = OK + "ETag: \"v1\"\r\nContent-Length: 200\r\n\r\n" + HUNDRED;

    @TempDir
    Path directory;

    private DownloadFailedException failure(WireServer server, String options) throws Exception {
        String link = "http://127.0.0.1:" + server.port() + "/cdn/video.mp4";
        Exchange exchange = send("sora:download?recoveryDelay=1ms&recoveryMaxDelay=1ms&trustedHosts=127.0.0.1:" + server.port()
                + "&directory=" + directory + (options.isEmpty() ? "" : "&" + options), link);
        assertThat(exchange.getException()).isInstanceOf(DownloadFailedException.class).hasNoCause();
        assertNoFile();
        return (DownloadFailedException) exchange.getException();
    }

    private void assertNoFile() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "an HTML page | Content-Type: text/html~Content-Length: 5 | <html | text/html instead of a video",
            "JSON | Content-Type: application/json~Content-Length: 2 | {} | application/json instead of a video",
            "a page that is called a video | Content-Type: video/mp4~Content-Length: 5 | <html | a text that it calls a video",
            "JSON that is called a file | Content-Type: application/octet-stream~Content-Length: 2 | {} | a text that it calls",
            "an encoding | Content-Type: video/mp4~Content-Encoding: gzip~Content-Length: 5 | 01234 | content encoding gzip",
            "no length | Content-Type: video/mp4 | 01234 | does not say where the video ends",
            "nothing | Content-Type: video/mp4~Content-Length: 0 | '' | without a video",
            "no chunk | Content-Type: video/mp4~Transfer-Encoding: chunked | 0~~ | without a video",
            "too large, as it says | Content-Type: video/mp4~Content-Length: 2000 | 01234 | maxDownloadSize",
            "several parts | Content-Type: multipart/byteranges; boundary=b~Content-Length: 5 | 01234 | instead of a video"})
    void anAnswerThatIsNoVideoIsAnErrorAtOnce(String what, String headers, String body, String message) throws Exception {
        try (WireServer server = WireServer.answeringAndClosing("HTTP/1.1 200 OK\r\n" + headers.replace("~", "\r\n")
                + "\r\n\r\n" + body.replace("~", "\r\n"))) {
            DownloadFailedException failure = failure(server, "maxDownloadSize=1KB");
            assertThat(failure).as(what).hasMessageContaining(message);
            assertThat(failure.getReason()).isIn(Reason.BAD_ANSWER, Reason.TOO_LARGE);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void bytesWithoutEndAreNotFetchedForEver() throws Exception {
        try (WireServer server = WireServer.running(connection -> {
            connection.readRequest();
            connection.send(OK + "Transfer-Encoding: chunked\r\n\r\n");
            while (true) {
                connection.send(WireServer.chunk(HUNDRED.repeat(100)));
            }
        })) {
            DownloadFailedException failure = failure(server, "maxDownloadSize=10MB");
            assertThat(failure.getReason()).isEqualTo(Reason.TOO_LARGE);
            assertThat(failure).hasMessageContaining("10485760 bytes (maxDownloadSize)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "HTTP/1.1 206 P\r\nContent-Type: video/mp4\r\nContent-Range: bytes 0-99/200\r\n",
            "HTTP/1.1 206 P\r\nContent-Type: video/mp4\r\n" })
    void aPartThatWasNotAskedForIsAnError(String head) throws Exception {
        try (WireServer server = WireServer.answering(head + "Content-Length: 100\r\n\r\n" + HUNDRED)) {
            assertThat(failure(server, "")).hasMessageContaining("another part of the video than was asked for");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "bytes 90-199/200 | 110 | those from 100 were asked for",
            "bytes 100-199/300 | 100 | contradicts itself",
            "bytes 100-299/200 | 200 | contradicts itself",
            "bytes 100-199/200 | 150 | contradicts itself",
            "bytes 100-99/200 | 1 | those from 100 were asked for",
            "bytes 99999999999999999999-1/2 | 100 | another part",
            "bytes */200 | 100 | another part",
            "items 100-199/200 | 100 | another part"})
    void aPartThatDoesNotFitIsAnError(String range, int length, String message) throws Exception {
        String part = "HTTP/1.1 206 P\r\nContent-Type: video/mp4\r\nContent-Range: " + range + "\r\nContent-Length: " + length
                + "\r\n\r\n" + HUNDRED;
        try (WireServer server = answers(FIRST_HALF, part)) {
            DownloadFailedException failure = failure(server, "");
            assertThat(failure).hasMessageContaining(message);
            assertThat(failure.getReason()).isEqualTo(Reason.BAD_ANSWER);
        }
    }

    @Test
    void aPartOfAnotherVideoIsAnError() throws Exception {
        String part = "HTTP/1.1 206 P\r\nContent-Type: video/mp4\r\nETag: \"v2\"\r\nContent-Range: bytes 100-199/200\r\n"
                + "Content-Length: 100\r\n\r\n" + HUNDRED;
        try (WireServer server = answers(FIRST_HALF, part)) {
            assertThat(failure(server, "")).hasMessageContaining("another video than the one that was begun");
        }
    }

    @Test
    void aVideoThatChangesBetweenTwoAttemptsIsFetchedFromItsBeginning() throws Exception {
        String other = OK + "ETag: \"v2\"\r\nContent-Length: 10\r\n\r\nabcdefghij";
        try (WireServer server = answers(FIRST_HALF, other)) {
            Exchange exchange = send("sora:download?recoveryDelay=1ms&trustedHosts=127.0.0.1:" + server.port() + "&directory="
                    + directory + "&fileName=v.mp4", "http://127.0.0.1:" + server.port() + "/v");
            assertThat(exchange.getException()).isNull();
            assertThat(directory.resolve("v.mp4")).hasContent("abcdefghij");
        }
    }

    @Test
    void aVideoThatBecomesShorterThanWhatIsThereIsFetchedFromItsBeginning() throws Exception {
        try (WireServer server = answers(FIRST_HALF, "HTTP/1.1 416 R\r\nContent-Length: 0\r\n\r\n",
                OK + "Content-Length: 10\r\n\r\nabcdefghij")) {
            Exchange exchange = send("sora:download?recoveryDelay=1ms&trustedHosts=127.0.0.1:" + server.port() + "&directory="
                    + directory + "&fileName=v.mp4", "http://127.0.0.1:" + server.port() + "/v");
            assertThat(exchange.getException()).isNull();
            assertThat(directory.resolve("v.mp4")).hasContent("abcdefghij");
        }
    }

    @Test
    void aLengthThatNeverComesIsGivenUp() throws Exception {
        try (WireServer server = WireServer.answeringAndClosing(FIRST_HALF)) {
            DownloadFailedException failure = failure(server, "");
            assertThat(failure.getReason()).isEqualTo(Reason.BROKEN);
            assertThat(failure).hasMessageContaining("no further than byte 100 of 200 in 5 attempts");
            assertThat(failure.getSuppressed()).hasSize(1);
            assertThat(failure.isRetryable()).isTrue();
            assertThat(server.requests()).hasSize(5);
        }
    }

    @Test
    void aServerThatSendsAByteEachTimeIsGivenUp() throws Exception {
        try (WireServer server = WireServer.running(connection -> {
            String request = connection.readRequest();
            int from = request.contains("bytes=") ? Integer.parseInt(request.replaceAll("(?s).*bytes=(\\d+)-.*", "$1")) : 0;
            connection.send((from == 0 ? OK + "Content-Length: 100000\r\n"
                    : "HTTP/1.1 206 P\r\nContent-Type: video/mp4\r\nContent-Length: 1\r\n"
                    + "Content-Range: bytes " + from + "-" + from + "/100000\r\n")
                    + "ETag: \"v1\"\r\n\r\n" + "x");
            connection.close();
        })) {
            assertThat(failure(server, "")).hasMessageContaining("of 100000 in 5 attempts");
        }
    }

    @Test
    void silenceIsABreak() throws Exception {
        try (WireServer server = WireServer.answering(FIRST_HALF)) {
            assertThat(failure(server, "streamingReadTimeout=100ms")).hasMessageContaining("was silent for");
            assertThat(server.requests()).hasSize(5);
        }
    }

    @Test
    void aTrickleEndsWithTheTimeForTheWhole() throws Exception {
        try (WireServer server = WireServer.running(connection -> {
            connection.readRequest();
            connection.send(OK + "Content-Length: 100000\r\n\r\n");
            while (!connection.isClosedWithin(20)) {
                connection.send("x");
            }
        })) {
            DownloadFailedException failure = failure(server, "requestTimeout=1s");
            assertThat(failure).hasMessageContaining("(requestTimeout)");
            assertThat(failure.getReason()).isEqualTo(Reason.BROKEN);
        }
    }

    @ParameterizedTest
    @CsvSource({ "401, EXPIRED, 1", "403, EXPIRED, 1", "404, EXPIRED, 1", "410, EXPIRED, 1", "400, REFUSED, 1",
            "451, REFUSED, 1", "304, REFUSED, 1", "429, BROKEN, 5", "500, BROKEN, 5", "503, BROKEN, 5" })
    void aStatusThatRefusesIsToldAndOnlyAPassingOneIsAskedAgain(int status, Reason reason, int requests) throws Exception {
        try (WireServer server = WireServer.answeringAndClosing("HTTP/1.1 " + status + " S\r\nContent-Length: 0\r\n\r\n")) {
            DownloadFailedException failure = failure(server, "");
            assertThat(failure.getReason()).isEqualTo(reason);
            assertThat(failure.getStatusCode()).isEqualTo(status);
            assertThat(failure).hasMessageContaining("answered " + status);
            assertThat(server.requests()).hasSize(requests);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "http://169.254.169.254/v.mp4", "http://10.0.0.1/v.mp4", "http://localhost:1/v.mp4",
            "http://[::1]/v.mp4", "https://filesystem.site.evil.example/v.mp4", "https://evil.example/v.mp4" })
    void aRedirectToWhereNobodyTrustsIsNotFollowed(String target) throws Exception {
        try (WireServer server = WireServer.answering("HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: " + target
                + "\r\n\r\n")) {
            DownloadFailedException failure = failure(server, "");
            assertThat(failure.getReason()).isEqualTo(Reason.UNTRUSTED);
            assertThat(failure).hasMessageContaining("not followed").hasMessageContaining("trustedHosts");
        }
    }

    @Test
    void aRedirectToATrustedHostIsFollowedWithItsRangeAndWithoutAKey() throws Exception {
        try (WireServer target = WireServer.answering(OK + "Content-Length: 10\r\n\r\nabcdefghij");
                WireServer first = WireServer.answering("HTTP/1.1 302 F\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:"
                        + target.port() + "/signed.mp4?s=1\r\n\r\n")) {
            Exchange exchange = send("sora:download?additionalHeader.X-Secret=s&trustedHosts=127.0.0.1:" + first.port()
                    + ",127.0.0.1:" + target.port() + "&directory=" + directory, "http://127.0.0.1:" + first.port() + "/v.mp4");
            assertThat(exchange.getException()).isNull();
            assertThat(List.of(first.requests().get(0), target.requests().get(0)))
                    .noneMatch(request -> request.contains(KEY) || request.toLowerCase().contains("authorization")
                            || request.contains("X-Secret"));
        }
    }

    /** Each connection gets the next of these, and is closed behind it; the last one stays. */
    private static WireServer answers(String... answers) {
        AtomicInteger next = new AtomicInteger();
        return WireServer.running(connection -> {
            connection.readRequest();
            connection.send(answers[Math.min(next.getAndIncrement(), answers.length - 1)]);
            connection.close();
        });
    }
}
