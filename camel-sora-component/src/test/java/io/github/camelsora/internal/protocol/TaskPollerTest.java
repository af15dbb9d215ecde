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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.link.LinkAnswer;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** When a task is asked for, by a clock that the test turns. */
class TaskPollerTest {

    private static final Link SOURCE = Link.of("https://asyncdata.net/source/task_1");
    private static final Link SHARE = Link.of("https://asyncdata.net/api/share/task_1");
    private static final LinkAnswer NOT_FOUND = text(404, "", null);
    private static final LinkAnswer PENDING = text(200, "{\"status\":\"pending\"}", null);
    private static final LinkAnswer VIDEO = new LinkAnswer.Media(Link.of("https://filesystem.site/cdn/video.mp4"));

    private final ManualTimer timer = new ManualTimer();
    private final Deque<LinkAnswer> answers = new ArrayDeque<>();
    private final List<Link> asked = new ArrayList<>();
    private final Recorder told = new Recorder();
    private LinkAnswer always = PENDING;
    private String taskId = "task_1";
    private boolean silent;
    private int cancelled;

    @AfterEach
    void noTimerIsLeft() {
        if (told.end != null) {
            assertThat(timer.pending()).isZero();
        }
        timer.shutdownNow();
    }

    private TaskPoller poller(Duration delay, Duration maxDelay, Duration timeout, Link... links) {
        TaskPoller poller = new TaskPoller(this::ask, taskId, List.of(links), new TaskPoller.Pace(delay, maxDelay, timeout),
                delay, timer, PolledTask.Observer.NONE);
        poller.start(told);
        return poller;
    }

    private TaskPoller usual(Link... links) {
        return poller(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(20), links);
    }

    private GatewayCall ask(Link link, Consumer<LinkAnswer> listener) {
        asked.add(link);
        if (!silent) {
            listener.accept(answers.isEmpty() ? always : answers.poll());
        }
        return () -> cancelled++;
    }

    private static LinkAnswer text(int status, String body, Duration retryAfter) {
        return new LinkAnswer.Text(status, body.getBytes(StandardCharsets.UTF_8), retryAfter);
    }

    @Test
    void theDelayGrowsToItsMaximumAndVariesByAFifth() {
        usual(SOURCE);
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(5));
        Set<Duration> seen = new HashSet<>();
        double expected = 5;
        for (int poll = 0; poll < 20; poll++) {
            Duration wait = timer.runNext();
            assertThat(wait.toMillis() / 1000.0).isBetween(expected * 0.8 - 0.001, expected * 1.2);
            expected = Math.min(expected * 1.5, 30);
            seen.add(wait);
        }
        assertThat(expected).isEqualTo(30);
        assertThat(seen).hasSizeGreaterThan(10);
    }

    @Test
    void whatRetryAfterAsksForIsWaited() {
        usual(SOURCE);
        answers.add(text(503, "", Duration.ofSeconds(90)));
        timer.runNext();
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(90));
        assertThat(timer.runNext()).as("the next answer did not ask for it").isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aShorterRetryAfterIsNoReasonToHurry() {
        usual(SOURCE);
        answers.add(text(429, "", Duration.ofSeconds(1)));
        timer.runNext();
        assertThat(timer.runNext()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'id':'task_2','status':'completed','video_url':'https://filesystem.site/cdn/2.mp4'}",
        "{'status':'completed','data':{'task_id':'task_2','video_url':'https://filesystem.site/cdn/2.mp4'}}",
        "{'task_id':'task_2','status':'failed','error':'no'}" })
    void theRecordOfAnotherTaskIsNoAnswer(String record) {
        usual(SOURCE, SHARE);
        answers.add(text(200, record.replace('\'', '"'), null));
        timer.runNext();
        assertThat(asked).containsExactly(SOURCE, SHARE);
        assertThat(told.records).extracting(TaskRecord::status).containsExactly(TaskRecord.Status.PENDING);
        told.cancel.run();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{'id':'task_1','status':'completed','video_url':'https://filesystem.site/cdn/1.mp4'}",
        "{'id':'s_1','status':'completed','video_url':'https://filesystem.site/cdn/1.mp4'}",
        "{'id':'task_2','task':'task_1','status':'completed','video_url':'https://filesystem.site/cdn/1.mp4'}",
        "{'id':'..','status':'completed','video_url':'https://filesystem.site/cdn/1.mp4'}",
        "{'status':'completed','video_url':'https://filesystem.site/cdn/1.mp4'}" })
    void aRecordThatNamesTheTaskOrNoneIsItsAnswer(String record) {
        usual(SOURCE, SHARE);
        answers.add(text(200, record.replace('\'', '"'), null));
        timer.runNext();
        assertThat(told.records).extracting(TaskRecord::status).containsExactly(TaskRecord.Status.SUCCEEDED);
    }

    @Test
    void anyRecordIsTheAnswerOfATaskWhoseIdIsNotKnown() {
        taskId = null;
        usual(SOURCE);
        answers.add(text(200, "{\"id\":\"task_2\",\"status\":\"failed\"}", null));
        timer.runNext();
        assertThat(told.records).hasSize(1);
        told.cancel.run();
    }

    @Test
    void aPendingTaskCanAskForPatienceToo() {
        usual(SOURCE);
        answers.add(text(200, "{\"status\":\"pending\"}", Duration.ofSeconds(60)));
        timer.runNext();
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whatTheFirstLinkAsksForHoldsForTheRound() {
        usual(SOURCE, SHARE);
        answers.add(text(503, "", Duration.ofSeconds(90)));
        answers.add(NOT_FOUND);
        timer.runNext();
        assertThat(asked).containsExactly(SOURCE, SHARE);
        assertThat(timer.runNext()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aLinkThatMayNotBeFollowedLeavesTheOther() {
        usual(SOURCE, SHARE);
        answers.add(new LinkAnswer.Untrusted("it is elsewhere"));
        answers.add(VIDEO);
        timer.runNext();
        assertThat(told.records).extracting(record -> record.video().url())
                .containsExactly("https://filesystem.site/cdn/video.mp4");
        assertThat(told.end).isEqualTo("ended Finished[]");
    }

    @Test
    void whenNoLinkMayBeFollowedItIsGivenUpAtOnce() {
        usual(SOURCE, SHARE);
        answers.add(new LinkAnswer.Untrusted("it is elsewhere"));
        answers.add(new LinkAnswer.TooLarge(1000));
        timer.runNext();
        assertThat(told.end).isEqualTo("gave up: it is elsewhere");
    }

    @Test
    void aRefusedLinkIsNamedWhenTheOtherOneNeverAnswers() {
        poller(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(8), SOURCE, SHARE);
        answers.add(new LinkAnswer.Untrusted("it is elsewhere"));
        answers.add(NOT_FOUND);
        timer.runNext();
        timer.runNext();
        assertThat(told.end).isEqualTo("gave up: its link gave no result for 8 s (recoveryTimeout), the last answer was 404; "
                + "it is elsewhere");
    }

    @Test
    void aLinkThatNeverAnswersIsClosedAtTheEnd() {
        silent = true;
        poller(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60), SOURCE);
        timer.runNext();
        timer.runNext();
        assertThat(told.end).isEqualTo("gave up: its link gave no result for 60 s (recoveryTimeout), "
                + "the last answer was nothing");
        assertThat(cancelled).isEqualTo(1);
    }

    @Test
    void aBrokenConnectionMeansNotYet() {
        usual(SOURCE);
        answers.add(new LinkAnswer.Unreachable(new IOException("refused")));
        answers.add(VIDEO);
        timer.runNext();
        assertThat(told.end).isNull();
        timer.runNext();
        assertThat(told.end).isEqualTo("ended Finished[]");
    }

    @Test
    void anErrorWhileAnAnswerIsReadEndsThePolling() {
        usual(SOURCE);
        told.error = new NoClassDefFoundError("a class of the reader");
        timer.runNext();
        assertThat(told.end).contains("could not be read").contains("NoClassDefFoundError");
    }

    @Test
    void cancellingWhileItWaitsLeavesNothing() {
        usual(SOURCE);
        timer.runNext();
        told.cancel.run();
        assertThat(told.end).isEqualTo("ended Cancelled[]");
        assertThat(asked).hasSize(1);
    }

    @Test
    void theCallThatIsClosedIsTheLastOneEvenIfAnswersComeAtOnce() {
        // The source link answers before ask() returns, and so the share link is asked within it.
        TaskPoller poller = new TaskPoller((link, listener) -> {
            asked.add(link);
            if (link.equals(SOURCE)) {
                listener.accept(NOT_FOUND);
                return () -> { };
            }
            return () -> cancelled++;
        }, "task_1", List.of(SOURCE, SHARE),
                new TaskPoller.Pace(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(20)),
                Duration.ofSeconds(5), timer, PolledTask.Observer.NONE);
        poller.start(told);
        timer.runNext();
        assertThat(asked).containsExactly(SOURCE, SHARE);
        told.cancel.run();
        assertThat(cancelled).isEqualTo(1);
    }

    /** Settled by a video. Asserts that nothing comes after the end. */
    private static final class Recorder extends OnlyRecords implements GenerationProtocol.Listener {

        private final List<TaskRecord> records = new ArrayList<>();
        private Runnable cancel;
        private String end;
        private Error error;

        @Override
        public void started(Runnable cancelling) {
            cancel = cancelling;
        }

        @Override
        public void accepted() {
            assertThat(cancel).isNotNull();
        }

        @Override
        public void pause() {
        }

        @Override
        public boolean seen(GenerationProtocol.Observation observation) {
            assertThat(end).isNull();
            if (error != null) {
                throw error;
            }
            observation.tell(this);
            return records.get(records.size() - 1).video() != null;
        }

        @Override
        public void record(TaskRecord task) {
            records.add(task);
        }

        @Override
        public void ended(ProtocolEnd how) {
            assertThat(end).isNull();
            end = how instanceof ProtocolEnd.GivenUp givenUp ? "gave up: " + givenUp.why() : "ended " + how;
        }
    }
}
