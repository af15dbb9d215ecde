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

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SimulatedTask;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** A stream that is lost, and the video that is not. */
class RecoveryTest extends SoraRouteTest {

    private static final String QUICK = "recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50&recoveryTimeout=20s";

    private void follow(String options) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies&" + options);
            route.from("direct:resume").to("sora:resume?streamRepliesTo=direct:replies&" + options);
            route.from("direct:replies").to("mock:replies");
        });
    }

    private List<String> story() {
        return names(events(getMockEndpoint("mock:replies")));
    }

    @Test
    void resumeInAnErrorHandlerNeverTakesThePromptForATask() throws Exception {
        routes(route -> {
            route.onException(GenerationLostException.class).maximumRedeliveries(0).handled(true).to("sora:resume?" + QUICK)
                    .to("mock:resumed");
            route.from("direct:handled").to("sora:generate");
        });
        // Lost before its id: there is nothing to resume, and "Sunrise7" is a prompt.
        simulator().answer(Answer.success().cutAfter(Point.HEADERS));
        Exchange exchange = send("direct:handled", "Sunrise7");
        assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class);
        assertThat(exchange.getException(GenerationLostException.class).getTaskId()).isNull();
        assertThat(getMockEndpoint("mock:resumed").getExchanges()).isEmpty();
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aDeadLetterKeepsItsTask() throws Exception {
        routes(route -> {
            route.errorHandler(route.deadLetterChannel("mock:dead").maximumRedeliveries(2).redeliveryDelay(0));
            route.from("direct:dead").to("sora:generate?recoveryEnabled=false");
        });
        simulator().answer(Answer.success().progress(12, 61).cutAfter(61));
        send("direct:dead", "A paper boat");
        Exchange dead = getMockEndpoint("mock:dead").getExchanges().get(0);
        String task = simulator().tasks().get(0).id();
        assertThat(dead.getMessage().getHeader(SoraConstants.TASK_ID)).isEqualTo(task);
        assertThat(dead.getMessage().getHeader(SoraConstants.SOURCE_URL)).isEqualTo(simulator().baseUrl() + "/source/" + task);
        assertThat(dead.getMessage().getHeader(SoraConstants.OUTCOME)).isEqualTo("LOST");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aCutAfterTheIdLineEndsWithTheSameResultAsAnUnbrokenStream() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.success().cutAfter(Point.SUBMITTED)
                .sourceAnswers(SourceAnswer.pending(), SourceAnswer.pending(), SourceAnswer.report()));
        Exchange exchange = send("direct:in", "a paper boat");

        assertThat(exchange.getException()).isNull();
        SoraVideo video = exchange.getMessage().getBody(SoraVideo.class);
        assertThat(story()).startsWith("SUBMITTED").contains("RECOVERING").endsWith("COMPLETED");
        assertThat(events(getMockEndpoint("mock:replies"))).filteredOn(SoraEvent::last).hasSize(1);
        assertThat(video.report()).isEqualTo(simulator().tasks().get(0).report());
        assertThat(video.videoUrl()).startsWith(simulator().baseUrl()).endsWith(".mp4");
        assertThat(video.thumbnailUrl()).isNotNull();
        assertThat(video.videoId()).isEqualTo(simulator().tasks().get(0).videoId());
        assertThat(video.prompt()).isEqualTo("a paper boat");
        assertThat(video.messages()).hasSize(2);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    static Stream<Arguments> breaks() {
        return Stream.of(arguments("cut", Answer.success().progress(12, 61).cutAfter(12)),
                arguments("reset", Answer.success().progress(12, 61).resetAfter(12)),
                arguments("clean end without a link", Answer.success().cleanEndWithout(Point.LINK)),
                arguments("hidden by a relay", Answer.success().relayHidesCut()),
                arguments("silence", Answer.success().progress(12, 61).stallAfter(12)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("breaks")
    void everyKindOfBrokenStreamIsRecovered(String name, Answer answer) throws Exception {
        follow(QUICK + "&streamingReadTimeout=500");
        simulator().answer(answer);
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(story()).contains("RECOVERING").endsWith("COMPLETED");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    static Stream<Arguments> sources() {
        return Stream.of(arguments("report", SourceAnswer.report()), arguments("completed", SourceAnswer.completed()),
                arguments("redirect", SourceAnswer.redirectToVideo()), arguments("media", SourceAnswer.video()),
                arguments("a link under detail",
                        SourceAnswer.json("{\"detail\":{\"status\":\"succeeded\",\"url\":\"{videoUrl}\"}}")),
                arguments("a link under output",
                        SourceAnswer.json("{\"status\":\"succeeded\",\"output\":{\"video\":\"{videoUrl}\"}}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sources")
    void everyShapeOfASourceLinkIsRead(String name, SourceAnswer source) throws Exception {
        follow(QUICK);
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12)
                .sourceAnswers(SourceAnswer.html(), SourceAnswer.notFound(), SourceAnswer.unavailable(Duration.ofMillis(1)),
                        SourceAnswer.processing(30), source)
                .shareAnswers(SourceAnswer.notFound()));
        Exchange exchange = send("direct:in", "x");
        assertThat(exchange.getException()).isNull();
        // Of a source link that answers with the video itself, the link is the video's.
        assertThat(exchange.getMessage().getBody(SoraVideo.class).videoUrl())
                .matches(name.equals("media") ? ".*/source/task_.*" : ".*\\.mp4");
        assertThat(story()).endsWith("COMPLETED");
    }

    @Test
    void theShareLinkIsTheSecondChoice() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12).sourceAnswers(SourceAnswer.html())
                .shareAnswers(SourceAnswer.completed()));
        assertThat(send("direct:in", "x").getException()).isNull();
        assertThat(simulator().requests()).anyMatch(request -> request.path().startsWith("/api/share/task_"));
    }

    @Test
    void progressRisesWhilePolling() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.success().progress(12, 61, 90).cutAfter(12).sourceAnswers(
                SourceAnswer.json("{\"status\":\"processing\",\"progress\":8}"),
                SourceAnswer.json("{\"status\":\"processing\",\"progress_pct\":0.44}"),
                SourceAnswer.json("{\"status\":\"processing\",\"progress\":73}"), SourceAnswer.completed()));
        send("direct:in", "x");
        assertThat(story()).containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12", "RECOVERING", "PROGRESS 44",
                "PROGRESS 73", "COMPLETED");
        assertThat(events(getMockEndpoint("mock:replies"))).extracting(SoraEvent::getSequence)
                .containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
    }

    @Test
    void aTaskThatFailedMeanwhileIsFailed() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.success().progress(12).cutAfter(12).sourceAnswers(SourceAnswer.pending(),
                SourceAnswer.json("{\"status\":\"failed\",\"failure_reason\":\"output_moderation\"}")));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationFailedException.class)
                .hasMessageContaining("output_moderation");
        assertThat(story()).endsWith("RECOVERING", "FAILED");
    }

    @Test
    void aTaskNotFoundWithinRecoveryTimeoutIsLost() throws Exception {
        follow("recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50&recoveryTimeout=400");
        simulator().answer(Answer.success().progress(12).cutAfter(12).sourceAnswers(SourceAnswer.notFound())
                .shareAnswers(SourceAnswer.notFound()));
        Exception exception = send("direct:in", "x").getException();
        assertThat(exception).isInstanceOf(GenerationLostException.class).hasMessageContaining("broke after 12 %")
                .hasMessageContaining("no result for 400 ms (recoveryTimeout), the last answer was 404").hasNoCause();
        assertThat(((GenerationLostException) exception).getTaskId()).isNotNull();
        assertThat(story()).endsWith("RECOVERING", "FAILED");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void recoveryCanBeTurnedOff() throws Exception {
        follow("recoveryEnabled=false");
        simulator().answer(Answer.success().progress(12).cutAfter(12));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("resume it with sora:resume");
        assertThat(story()).doesNotContain("RECOVERING");
        assertThat(simulator().requests()).noneMatch(request -> request.path().startsWith("/source/"));
    }

    @Test
    void theKeyIsNotSentToASourceLink() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.success().progress(12).cutAfter(12));
        send("direct:in", "x");
        assertThat(simulator().requests()).filteredOn(request -> request.method().equals("GET")).isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers().toString()).doesNotContain(KEY));
    }

    @Test
    void aSourceLinkOnAnUntrustedHostIsNotFollowed() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.chunks(
                "data: {\"choices\":[{\"delta\":{\"content\":\"> ID: `task_1`\\n>"
                        + "[Data Preview](https://evil.example/web/task_1) | "
                        + "[Source Data](https://evil.example/source/task_1)\\n> Queuing.\"}}]}\n\n"));
        GenerationLostException lost = (GenerationLostException) send("direct:in", "x").getException();
        assertThat(lost.getSourceUrl()).isEqualTo("https://evil.example/source/task_1");
    }

    @Test
    void aRefusalIsNotRecovered() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.status(429));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(story()).containsExactly("FAILED");
    }

    @Test
    void noThreadWaitsBetweenPolls() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?" + QUICK + "&workerPoolCoreSize=1&workerPoolMaxSize=1");
        });
        SourceAnswer pending = SourceAnswer.pending();
        simulator().answerAlways(Answer.success().progress(12, 61).cutAfter(12)
                .sourceAnswers(pending, pending, pending, pending, SourceAnswer.report()));
        List<CompletableFuture<Exchange>> all = Stream.generate(() -> template.asyncSend("direct:in",
                exchange -> exchange.getMessage().setBody("x"))).limit(20).toList();
        for (CompletableFuture<Exchange> each : all) {
            assertThat(each.get(20, TimeUnit.SECONDS).getMessage().getBody()).isInstanceOf(SoraVideo.class);
        }
        assertThat(simulator().paidRequests()).isEqualTo(20);
    }

    @Test
    void aLostGenerationIsResumedInTheSameRoute() throws Exception {
        routes(route -> {
            route.onException(GenerationLostException.class).handled(true).to("sora:resume?" + QUICK);
            route.from("direct:in").to("sora:generate?recoveryEnabled=false");
        });
        simulator().answer(Answer.success().progress(12).cutAfter(12));
        Exchange exchange = send("direct:in", "boat");
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody(SoraVideo.class).videoUrl()).endsWith(".mp4");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aTaskIsResumedFromResultEventHeaderIdOrLink() throws Exception {
        follow(QUICK);
        Exchange original = send("direct:in", "a paper boat");
        SoraVideo video = original.getMessage().getBody(SoraVideo.class);
        SoraEvent submitted = events(getMockEndpoint("mock:replies")).get(0);
        ObjectMapper json = new ObjectMapper();
        for (Object form : List.of(video, submitted, video.sourceUrl(), json.writeValueAsString(video),
                json.writeValueAsString(submitted), json.convertValue(video, Map.class))) {
            getMockEndpoint("mock:replies").reset();
            Exchange resumed = send("direct:resume", form);
            assertThat(resumed.getException()).as("%s", form).isNull();
            SoraVideo again = resumed.getMessage().getBody(SoraVideo.class);
            assertThat(again.videoUrl()).isEqualTo(video.videoUrl());
            assertThat(again.videoId()).isEqualTo(video.videoId());
            assertThat(again.report()).isEqualTo(video.report());
            assertThat(story()).doesNotContain("RECOVERING").endsWith("COMPLETED");
        }
        assertThat(send("direct:resume", null, Map.of(SoraConstants.SOURCE_URL, video.sourceUrl())).getException()).isNull();
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aTaskIdGoesIntoTheGatewaysSourceLink() throws Exception {
        SoraComponent component = context.getComponent("sora", SoraComponent.class);
        component.getGateways().put("mine", new Gateway());
        component.getGateways().get("mine").setBaseUrl(simulator().baseUrl());
        component.getGateways().get("mine").setSourceUrl(simulator().baseUrl() + "/source/{taskId}");
        follow(QUICK);
        routes(route -> route.from("direct:mine").to("sora:resume?gateway=mine&" + QUICK));
        SoraVideo video = send("direct:in", "x").getMessage().getBody(SoraVideo.class);
        assertThat(send("direct:mine", video.taskId()).getMessage().getBody(SoraVideo.class).videoUrl())
                .isEqualTo(video.videoUrl());
        assertThat(send("direct:mine", "../admin").getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not a task id: ../admin");
        assertThat(send("direct:mine", "").getException()).hasMessageContaining("no task to resume");
    }

    @Test
    void aResumedTaskCanBeStreamed() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?recoveryEnabled=false");
            route.from("direct:resume").to("sora:resume?streaming=true&" + QUICK).split(route.body()).streaming()
                    .to("mock:replies");
        });
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12));
        GenerationLostException lost = (GenerationLostException) send("direct:in", "x").getException();
        assertThat(send("direct:resume", lost.getSourceUrl()).getException()).isNull();
        List<SoraEvent> events = events(getMockEndpoint("mock:replies"));
        assertThat(events.get(events.size() - 1).getType()).isEqualTo(SoraEventType.COMPLETED);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void retryAfterIsHonouredWhilePolling() throws Exception {
        follow(QUICK);
        simulator().answer(Answer.success().progress(12).cutAfter(12).sourceAnswers(
                SourceAnswer.unavailable(Duration.ofSeconds(2)), SourceAnswer.report()).shareAnswers(SourceAnswer.notFound()));
        assertThat(send("direct:in", "x").getException()).isNull();
        // With delays of 50 ms at most, it is only Retry-After that keeps the second poll waiting: the task is long done.
        assertThat(simulator().requests()).extracting(request -> request.path().replaceAll("task_.*", "")).containsExactly(
                "/v1/chat/completions", "/source/", "/api/share/", "/source/");
    }

    @Test
    void aSplitterSeesRecoveringAndTheRest() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true&" + QUICK).split(route.body()).streaming()
                .to("mock:replies"));
        simulator().answer(Answer.success().progress(12, 61).cutAfter(12)
                .sourceAnswers(SourceAnswer.pending(), SourceAnswer.report()));
        assertThat(send("direct:in", "x").getException()).isNull();
        assertThat(story()).containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12", "RECOVERING", "PROGRESS 61",
                "COMPLETED");
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aSplitterThatIsDoneEarlyEndsTheRecovery() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streaming=true&" + QUICK).process(exchange -> {
            Iterator<?> events = exchange.getMessage().getBody(Iterator.class);
            while (((SoraEvent) events.next()).getType() != SoraEventType.RECOVERING) {
                assertThat(events.hasNext()).isTrue();
            }
        }).setBody(route.constant("enough")));
        simulator().answer(Answer.success().progress(12).cutAfter(12).sourceAnswers(SourceAnswer.pending()));
        assertThat(send("direct:in", "x").getException()).isNull();
    }

    @Test
    void aRecoveredVideoIsWhatAnUnbrokenStreamWouldHaveGiven() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?" + QUICK));
        simulator().answer(Answer.success().cutAfter(61));
        SoraVideo video = send("direct:in", "a paper boat").getMessage().getBody(SoraVideo.class);
        SimulatedTask task = simulator().tasks().get(0);
        assertThat(List.of(video.videoUrl(), video.thumbnailUrl(), video.previewUrl(), video.sourceUrl(), video.taskId(),
                video.videoId(), video.report())).containsExactly(task.videoUrl(), task.thumbnailUrl(), task.webUrl(),
                        task.sourceUrl(), task.id(), task.videoId(), task.report());
        assertThat(video.videoUrls()).containsExactly(task.videoUrl());
        assertThat(video.model()).isEqualTo("sora-2-preview");
    }
}
