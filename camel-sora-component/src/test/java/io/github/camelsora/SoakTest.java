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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SimulatedTask;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many generations, each with a random fault at a random byte. All end, once; none is bought twice; every video whose id line
 * was read is delivered; nothing is left. {@code -Dsora.soak=1000} runs more of them, {@code -Dsora.soak.seed} the same again.
 */
class SoakTest extends SoraRouteTest {

    private static final int GENERATIONS = Integer.getInteger("sora.soak", 80);
    private static final long SEED = Long.getLong("sora.soak.seed", System.nanoTime());
    private static final int AT_ONCE = 32;
    private static final String OPTIONS = "streamRepliesTo=direct:replies&recoveryEnabled=true&recoveryDelay=20"
            + "&recoveryMaxDelay=100&recoveryTimeout=60s&streamingReadTimeout=3s";

    private final Random random = new Random(SEED);
    private final Map<String, Queue<SoraEvent>> replies = new ConcurrentHashMap<>();
    private final List<Attempt> attempts = new ArrayList<>();

    /** What goes wrong at some byte of a stream. */
    private enum Kind {
        CUT, CUT_WITHOUT_LENGTH, CLEAN_END, RESET, STALL, RELAY_HIDES_CUT;

        Answer apply(Answer answer, int bytes) {
            return switch (this) {
                case CUT -> answer.cutAfterBytes(bytes);
                case CUT_WITHOUT_LENGTH -> answer.closeDelimited().cutAfterBytes(bytes);
                case CLEAN_END -> answer.endAfterBytes(bytes);
                case RESET -> answer.resetAfterBytes(bytes);
                case STALL -> answer.stallAfterBytes(bytes);
                case RELAY_HIDES_CUT -> answer.relayHidesCut(List.of(12, 27, 44, 61, 81, 93).get(bytes % 6));
            };
        }
    }

    /**
     * What one generation meets.
     *
     * @param fails whether the task fails at the gateway
     * @param idRead whether the whole event with the id line comes before the fault
     */
    private record Plan(Kind kind, int bytes, boolean fails, boolean idRead, Answer answer) {
    }

    /** One generation, as its caller sees it. */
    private record Attempt(Exchange exchange, AtomicInteger completions) {
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void randomFaultsAtRandomBytesLoseNothingAndBuyNothingTwice() throws Exception {
        System.out.printf("Soak: %d generations with -Dsora.soak.seed=%d%n", GENERATIONS, SEED);
        long start = System.nanoTime();
        routes(route -> {
            route.from("direct:in").to("sora:generate?" + OPTIONS);
            route.from("direct:replies").process(this::record);
        });
        List<Plan> plans = plans();
        plans.forEach(plan -> simulator().answer(plan.answer()));
        generate();

        // All are accepted, one after the other by one thread: the tasks are in the order of the answers.
        List<SimulatedTask> tasks = simulator().tasks();
        assertThat(tasks).hasSize(GENERATIONS);
        assertThat(tasks).extracting(SimulatedTask::prompt).doesNotHaveDuplicates();
        assertThat(simulator().chatRequests()).isEqualTo(GENERATIONS);
        assertThat(simulator().paidRequests()).isEqualTo(GENERATIONS);
        Map<String, Integer> figures = new TreeMap<>();
        for (int i = 0; i < GENERATIONS; i++) {
            SimulatedTask task = tasks.get(i);
            assertEnd(plans.get(i), task, attempts.get(Integer.parseInt(task.prompt().substring(5))), figures);
        }
        System.out.printf("Soak: %s in %d s%n", figures, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
    }

    private void record(Exchange reply) {
        replies.computeIfAbsent(reply.getProperty(Exchange.CORRELATION_ID, String.class), id -> new ConcurrentLinkedQueue<>())
                .add(reply.getMessage().getBody(SoraEvent.class));
    }

    private List<Plan> plans() throws Exception {
        String body = unbrokenStream();
        int id = body.indexOf("\n\n", body.indexOf("Source Data"));
        return IntStream.range(0, GENERATIONS).mapToObj(i -> {
            Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
            // A fifth before or in the event with the id line, and some behind the end.
            int bytes = random.nextInt(5) == 0 ? random.nextInt(id + 2) : id + random.nextInt(body.length() - id + 100);
            boolean fails = kind != Kind.RELAY_HIDES_CUT && random.nextInt(6) == 0;
            Answer answer = kind.apply(fails ? Answer.failureText("output_moderation") : Answer.success(), bytes);
            // An event that is not closed by its empty line counts when the body ends, not when nothing comes any more.
            boolean idRead = kind == Kind.RELAY_HIDES_CUT || bytes >= (kind == Kind.STALL ? id + 2 : id);
            return new Plan(kind, bytes, fails, idRead, answer.sourceAnswers(sources()));
        }).toList();
    }

    private SourceAnswer[] sources() {
        List<SourceAnswer> before = List.of(SourceAnswer.pending(), SourceAnswer.html(), SourceAnswer.notFound(),
                SourceAnswer.unavailable(Duration.ZERO), SourceAnswer.hangUp(), SourceAnswer.processing(5));
        List<SourceAnswer> answers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            answers.add(before.get(random.nextInt(before.size())));
        }
        answers.add(SourceAnswer.report());
        return answers.toArray(SourceAnswer[]::new);
    }

    /** The bytes of a stream, a char each. Ids have a fixed length, so each stream has its bytes at the same places. */
    private String unbrokenStream() throws Exception {
        simulator().answer(Answer.success().closeDelimited());
        HttpRequest request = HttpRequest.newBuilder(URI.create(simulator().baseUrl() + "/v1/chat/completions"))
                .header("Authorization", "Bearer " + KEY).POST(HttpRequest.BodyPublishers.ofString("{\"model\":"
                        + "\"sora-2-preview\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt(0)
                        + "\"}]}")).build();
        String body = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.ISO_8859_1))
                .body();
        simulator().reset();
        return body;
    }

    private static String prompt(int number) {
        return "soak %05d".formatted(number);
    }

    private void generate() throws Exception {
        Semaphore places = new Semaphore(AT_ONCE);
        try (AsyncProducer producer = context.getEndpoint("direct:in").createAsyncProducer()) {
            producer.start();
            for (int i = 0; i < GENERATIONS; i++) {
                assertThat(places.tryAcquire(2, TimeUnit.MINUTES)).as("generations end").isTrue();
                Attempt attempt = new Attempt(context.getEndpoint("direct:in").createExchange(), new AtomicInteger());
                attempt.exchange().getMessage().setBody(prompt(i));
                attempts.add(attempt);
                producer.process(attempt.exchange(), doneSync -> {
                    attempt.completions().incrementAndGet();
                    places.release();
                });
            }
            assertThat(places.tryAcquire(AT_ONCE, 2, TimeUnit.MINUTES)).as("all generations end").isTrue();
        }
    }

    private void assertEnd(Plan plan, SimulatedTask task, Attempt attempt, Map<String, Integer> figures) {
        String which = "%s at byte %d of task %s, seed %d".formatted(plan.kind(), plan.bytes(), task.id(), SEED);
        assertThat(attempt.completions()).as(which).hasValue(1);
        List<SoraEvent> events = List.copyOf(replies.get(attempt.exchange().getExchangeId()));
        SoraEvent last = events.get(events.size() - 1);
        assertThat(events).as(which).filteredOn(SoraEvent::last).containsExactly(last);

        SoraException exception = (SoraException) attempt.exchange().getException();
        boolean submitted = names(events).contains("SUBMITTED");
        // A reset destroys what was sent and not yet read; what was read then is told by the event.
        assertThat(submitted).as(which).isEqualTo(plan.kind() == Kind.RESET ? submitted && plan.idRead() : plan.idRead());
        if (!submitted) {
            assertThat(exception).as(which).isInstanceOf(GenerationLostException.class).hasNoCause();
            assertThat(exception.getTaskId()).as(which).isNull();
            assertThat(exception.isPossiblyCharged()).as(which).isTrue();
        } else if (plan.fails()) {
            assertThat(last.getOutcome()).as(which).isEqualTo(SoraOutcome.FAILED);
            assertThat(exception.getCategory()).as(which).isEqualTo(SoraFailureCategory.REJECTED);
        } else {
            assertThat(exception).as(which).isNull();
            SoraVideo video = attempt.exchange().getMessage().getBody(SoraVideo.class);
            assertThat(video.videoUrl()).as(which).isEqualTo(task.videoUrl());
        }
        String how = names(events).contains("RECOVERING") ? " after RECOVERING" : submitted ? "" : " before the id";
        figures.merge(last.getOutcome() + how, 1, Integer::sum);
    }
}
