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
import java.util.stream.Stream;

import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.DownloadFailedException.Reason;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import io.github.camelsora.test.VideoAnswer;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A signed link expires; the task of the video has a fresh one, which costs nothing. */
class ExpiredLinkTest extends SoraRouteTest {

    @TempDir
    Path directory;

    private Exchange download() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate").to("sora:download?recoveryDelay=1ms&recoveryMaxDelay=1ms"
                + "&recoveryTimeout=500ms&streamRepliesTo=mock:replies&directory=" + directory));
        return send("direct:in", "a paper boat");
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private SourceAnswer fresh(String path) {
        return SourceAnswer.json("{\"id\":\"{taskId}\",\"status\":\"completed\",\"video_url\":\"" + simulator().baseUrl() + path
                + "\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = { 401, 403, 404, 410 })
    void aFreshLinkIsFetchedFirst(int status) throws Exception {
        simulator().answer(Answer.success().videoAnswers(VideoAnswer.status(status)).sourceAnswers(SourceAnswer.pending(),
                fresh("/cdn/fresh.mp4")));
        MockEndpoint replies = getMockEndpoint("mock:replies");
        Exchange exchange = download();
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("CamelSoraVideoUrl", simulator().baseUrl() + "/cdn/fresh.mp4")
                .containsEntry("CamelSoraTaskId", simulator().tasks().get(0).id());
        assertThat(files()).hasSize(1);
        List<SoraEvent> events = events(replies);
        assertThat(events.get(events.size() - 1).getVideo().videoUrl()).isEqualTo(simulator().baseUrl() + "/cdn/fresh.mp4");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aFreshLinkThatHasExpiredTooIsToldAndNotAskedForAgain() throws Exception {
        simulator().answer(Answer.success().videoAnswers(VideoAnswer.expired()).sourceAnswers(fresh("/nothing/here.mp4")));
        assertExpired(download(), "fresh link, too");
    }

    @Test
    void aTaskThatNamesTheSameLinkIsToldAtOnce() throws Exception {
        simulator().answer(Answer.success().videoAnswers(VideoAnswer.expired()));
        assertExpired(download(), "so the link has expired, and there is no fresh one: its task still names the same one");
    }

    @Test
    void aTaskThatIsGoneIsTold() throws Exception {
        simulator().answer(Answer.success().videoAnswers(VideoAnswer.expired()).sourceAnswers(SourceAnswer.notFound()));
        assertExpired(download(), "answered 403, so the link has expired");
    }

    private void assertExpired(Exchange exchange, String message) throws Exception {
        assertThat(exchange.getException()).isInstanceOfSatisfying(DownloadFailedException.class, failure -> {
            assertThat(failure.getReason()).isEqualTo(Reason.EXPIRED);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(failure.getTaskId()).isEqualTo(simulator().tasks().get(0).id());
        }).hasMessageContaining(message).hasNoCause();
        assertThat(files()).isEmpty();
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void whatTheSimulatorDoesWrongIsNoticed() throws Exception {
        simulator().answer(Answer.success().videoAnswers(VideoAnswer.cutAfter(100), VideoAnswer.slow(10_000_000)));
        assertThat(download().getException()).isNull();
        for (VideoAnswer wrong : List.of(VideoAnswer.html(), VideoAnswer.wrongRange("bytes 5-9/10"),
                VideoAnswer.wrongLength(1_000_000), VideoAnswer.redirectTo("http://10.0.0.1/v.mp4"))) {
            simulator().answer(Answer.success().videoAnswers(wrong));
            assertThat(send("direct:in", "a paper boat").getException()).isInstanceOf(DownloadFailedException.class);
        }
        assertThat(files()).hasSize(1);
    }
}
