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
package io.github.camelsora.test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class FaultsTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final SoraSimulator simulator = SORA.simulator();
    private final Client client = new Client(simulator);

    @AfterEach
    void noStreamStaysOpen() {
        await().atMost(Client.LIMIT).until(() -> simulator.openStreams() == 0);
    }

    @Test
    void aStallBeforeTheHeadersIsPaidAndItsTaskGoesOn() {
        simulator.answer(Answer.success().stallBeforeHeaders());

        assertThatThrownBy(() -> client.send(client.chat("a dog", Duration.ofMillis(300))))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(simulator.paidRequests()).isEqualTo(1);
        assertTaskCompletes();
    }

    @Test
    void aStallAfterAPercentageLeavesTheConnectionOpen() throws Exception {
        simulator.answer(Answer.success().stallAfter(61));

        try (InputStream stream = client.open("a dog").body()) {
            Client.readUntil(stream, "61..\"},\"finish_reason\":null}]}\n\n");
            assertTaskCompletes();
            assertThat(stream.available()).isZero();
            assertThat(simulator.openStreams()).isEqualTo(1);
        }
    }

    @Test
    void stallAfterHeadersSendsTheHeaders() throws Exception {
        simulator.answer(Answer.success().stallAfter(Point.HEADERS));

        try (InputStream stream = client.open("a dog").body()) {
            assertTaskCompletes();
            assertThat(stream.available()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Point.class, names = {"ACCEPTED", "FAILED"}, mode = EnumSource.Mode.EXCLUDE)
    void aCutBreaksTheBodyAfterAnyPointAndItsTaskGoesOn(Point point) throws Exception {
        simulator.answer(Answer.success().cutAfter(point));

        Client.Received received = client.receive("a dog");

        assertThat(received.breach()).isNotNull();
        assertTaskCompletes();
        JsonObject source = client.json(simulator.tasks().get(0).sourceUrl());
        assertThat(source.getString("content")).startsWith(Client.report(received.text())).contains("Play online");
    }

    @Test
    void aCutBeforeTheHeadersIsNoAnswerAtAll() {
        simulator.answer(Answer.success().cutAfter(Point.ACCEPTED));

        assertThatThrownBy(() -> client.generate("a dog")).isInstanceOf(IOException.class).hasMessageContaining("no bytes")
                .satisfies(e -> assertThat(e).rootCause().hasMessageNotContaining("reset"));

        assertThat(simulator.paidRequests()).isEqualTo(1);
    }

    @Test
    void aCutAfterAPercentageShowsItAndNoMore() throws Exception {
        simulator.answer(Answer.success().progress(10, 50, 70).cutAfter(61));

        assertThat(Client.report(client.receive("a dog").text())).endsWith("Progress 10..50..70..");
    }

    @Test
    void aCutWithoutLengthAndChunksLooksLikeACleanEnd() throws Exception {
        simulator.answer(Answer.success().closeDelimited().cutAfter(61));

        Client.Received received = client.receive("a dog");

        assertThat(received.breach()).isNull();
        assertThat(Client.report(received.text())).endsWith("61..");
        assertThat(received.headers().map()).doesNotContainKeys("content-length", "transfer-encoding");
    }

    @Test
    void aWholeStreamCanBeCloseDelimited() throws Exception {
        simulator.answer(Answer.success().closeDelimited());

        assertThat(client.receive("a dog").text()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void aCutInsideACharacterLeavesHalfOfIt() throws Exception {
        simulator.answer(Answer.success().cutInside(Inside.UTF8_CHARACTER));

        byte[] bytes = client.receive("a dog").bytes();

        assertThat(bytes).endsWith((byte) '>', (byte) 0xf0, (byte) 0x9f);
    }

    @Test
    void aCutInsideAPayloadLeavesBrokenJson() throws Exception {
        simulator.answer(Answer.success().cutInside(Inside.PAYLOAD));

        List<String> payloads = Client.payloads(client.receive("a dog").text());

        assertThatThrownBy(() -> new JsonObject(payloads.get(payloads.size() - 1))).isInstanceOf(DecodeException.class);
    }

    @Test
    void aCutInsideALinkLeavesItsBeginning() throws Exception {
        simulator.answer(Answer.success().cutInside(Inside.LINK));

        String text = client.receive("a dog").text();

        String link = text.substring(text.lastIndexOf("http"));
        assertThat(simulator.tasks().get(0).videoUrl()).startsWith(link);
        assertThat(link).hasSizeGreaterThan(simulator.baseUrl().length() + 10);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1_000, 3_333})
    void aCutAfterBytesIsExact(int count) throws Exception {
        simulator.answer(Answer.success().cutAfterBytes(count));

        Client.Received received = client.receive("a dog");

        assertThat(received.bytes()).hasSize(count);
        assertThat(received.breach()).isNotNull();
    }

    @Test
    void endAfterBytesIsACleanEnd() throws Exception {
        simulator.answer(Answer.success().endAfterBytes(1_000));

        Client.Received received = client.receive("a dog");

        assertThat(received.bytes()).hasSize(1_000);
        assertThat(received.breach()).isNull();
        assertTaskCompletes();
    }

    @Test
    void resetAfterBytesReachesTheClientAsReset() {
        simulator.answer(Answer.success().resetAfterBytes(1_000));

        assertThatThrownBy(() -> client.generate("a dog")).hasStackTraceContaining("reset");
        assertTaskCompletes();
    }

    @Test
    void aStallAfterBytesLeavesTheConnectionOpen() throws Exception {
        simulator.answer(Answer.success().stallAfterBytes(1_000));

        try (InputStream stream = client.open("a dog").body()) {
            assertThat(stream.readNBytes(1_000)).hasSize(1_000);
            assertTaskCompletes();
            assertThat(stream.available()).isZero();
            assertThat(simulator.openStreams()).isEqualTo(1);
        }
    }

    @Test
    void bodyShorterThanTheCutIsSentWhole() throws Exception {
        simulator.answer(Answer.success().cutAfterBytes(1_000_000));

        assertThat(client.generate("a dog").body()).endsWith("[DONE]\n\n");
    }

    @Test
    void resetReachesTheClientAsReset() {
        simulator.answer(Answer.success().reset());

        assertThatThrownBy(() -> client.generate("a dog")).hasStackTraceContaining("reset");

        assertThat(simulator.paidRequests()).isEqualTo(1);
        assertTaskCompletes();
    }

    @Test
    void aResetAfterAPercentageBreaksTheBody() throws Exception {
        simulator.answer(Answer.success().resetAfter(61));

        Client.Received received = client.receive("a dog");

        assertThat(received.breach()).hasStackTraceContaining("reset");
        assertThat(received.text()).doesNotContain("81..");
    }

    @Test
    void cleanEndAfterAPercentageSendsNothingAfterIt() throws Exception {
        simulator.answer(Answer.success().endAfter(44), Answer.success().endAfter(Point.SUBMITTED));

        assertThat(Client.report(client.generate("a dog").body())).endsWith("44..");
        assertThat(Client.report(client.generate("a dog").body())).endsWith(")\n");
        assertThat(simulator.paidRequests()).isEqualTo(2);
    }

    @Test
    void cleanEndWithoutLinkHasEverythingElse() throws Exception {
        simulator.answer(Answer.success().cleanEndWithout(Point.LINK));

        String body = client.generate("a dog").body();

        assertThat(body).contains("Generation complete ✅", "\"stop\"", "usage", "[DONE]").doesNotContain(".mp4");
        assertTaskCompletes();
        assertThat(simulator.tasks().get(0).report()).contains(".mp4");
    }

    @Test
    void aCleanEndCanBeWithoutSeveralThings() throws Exception {
        simulator.answer(Answer.success().cleanEndWithout(Point.FINISH_REASON, Point.USAGE, Point.DONE));

        assertThat(client.generate("a dog").body()).contains(".mp4").doesNotContain("stop", "usage", "DONE");
    }

    @Test
    void aRelayHidesACutBehindUsageAndDone() throws Exception {
        simulator.answer(Answer.success().relayHidesCut());

        String body = client.generate("a dog").body();

        assertThat(Client.report(body)).endsWith("61..");
        assertThat(body).contains("usage").endsWith("data: [DONE]\n\n").doesNotContain("stop");
        assertTaskCompletes();
    }

    @Test
    void anHtmlPageIsPaid() throws Exception {
        simulator.answer(Answer.htmlPage());

        var response = client.generate("a dog");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).startsWith("<!DOCTYPE html>");
        assertThat(simulator.paidRequests()).isEqualTo(1);
    }

    @Test
    void anEmptyBodyIsPaid() throws Exception {
        simulator.answer(Answer.emptyBody(), Answer.emptyBody().closeDelimited());

        for (int i = 0; i < 2; i++) {
            assertThat(client.generate("a dog").body()).isEmpty();
        }
        assertThat(simulator.paidRequests()).isEqualTo(2);
    }

    @Test
    void aWholeJsonIsOneCompletion() throws Exception {
        simulator.answer(Answer.success().wholeJson());

        var response = client.generate("a dog");

        JsonObject completion = new JsonObject(response.body());
        assertThat(completion.getString("object")).isEqualTo("chat.completion");
        assertThat(completion.getJsonArray("choices").getJsonObject(0).getJsonObject("message").getString("content"))
                .isEqualTo(simulator.tasks().get(0).report());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    }

    @Test
    void jsonLinesHaveNoDataAndNoDone() throws Exception {
        simulator.answer(Answer.success().ndJson());

        List<String> lines = client.generate("a dog").body().lines().toList();

        assertThat(lines).hasSizeGreaterThan(20)
                .allSatisfy(line -> assertThat(new JsonObject(line).getString("id")).isNotBlank());
    }

    @Test
    void trickleLimitsTheBytesPerSecond() throws Exception {
        simulator.answer(Answer.chunks("data: 0123456789\n\n").trickle(50));
        var sizes = new ArrayList<Integer>();

        client.consume("a dog", bytes -> sizes.add(bytes.length));

        assertThat(sizes).hasSizeGreaterThan(3);
        assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(18);
    }

    @Test
    void trickleDoesNotSlowDownTheTask() throws Exception {
        simulator.answer(Answer.success().trickle(1_000));

        try (InputStream stream = client.open("a dog").body()) {
            assertThat(stream.read()).isEqualTo('d');
            assertTaskCompletes();
            assertThat(simulator.openStreams()).isEqualTo(1);
        }
    }

    @Test
    void aGiantEventHasAtLeastThisSizeAndTheStreamGoesOn() throws Exception {
        simulator.answer(Answer.success().giantEvent(3_000_000));

        String body = client.generate("a dog").body();

        assertThat(Client.payloads(body)).anyMatch(payload -> payload.length() > 3_000_000);
        assertThat(Client.report(body)).isEqualTo(simulator.tasks().get(0).report()).contains("Play online");
    }

    @Test
    void commentsOnlyAreNoEvents() throws Exception {
        simulator.answer(Answer.success().commentsOnly());

        try (InputStream stream = client.open("a dog").body()) {
            assertThat(new String(stream.readNBytes(24), StandardCharsets.UTF_8)).isEqualTo(": PING\n\n".repeat(3));
            assertTaskCompletes();
        }
    }

    @Test
    void aCompressedBodyIsReallyCompressed() throws Exception {
        simulator.answer(Answer.success().gzip(), Answer.htmlPage().gzip());

        for (String expected : List.of("data: [DONE]\n\n", "</html>\n")) {
            Client.Received received = client.receive("a dog");
            assertThat(received.headers().firstValue("Content-Encoding")).hasValue("gzip");
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(received.bytes())).readAllBytes();
            assertThat(new String(plain, StandardCharsets.UTF_8)).endsWith(expected);
        }
    }

    @Test
    void oneMalformedPayloadIsInTheMiddle() throws Exception {
        simulator.answer(Answer.success().malformedPayload());

        String body = client.generate("a dog").body();

        assertThat(Client.payloads(body)).filteredOn(payload -> payload.startsWith("{") && !payload.endsWith("}")).hasSize(1);
        assertThat(Client.report(body)).contains("Play online");
    }

    static Stream<Answer> errorsInShapes() {
        return Stream.of(ErrorShape.values()).flatMap(shape -> Stream.of(Answer.success().errorEvent(shape, "no \"capacity\""),
                Answer.success().errorEventAfter(61, shape), Answer.success().errorEventAfter(Point.SUBMITTED, shape)));
    }

    @ParameterizedTest
    @MethodSource("errorsInShapes")
    void anErrorEventEndsStreamAndTask(Answer answer) throws Exception {
        simulator.answer(answer);

        List<String> payloads = Client.payloads(client.generate("a dog").body());

        assertThat(new JsonObject(payloads.get(payloads.size() - 2)).encode()).contains("\"error\":");
        assertThat(payloads).last().isEqualTo("[DONE]");
        await().atMost(Client.LIMIT).until(() -> simulator.tasks().get(0).state() == SimulatedTask.State.FAILED);
        assertThat(simulator.paidRequests()).isEqualTo(1);
    }

    @Test
    void theFirstEventCanBeTheError() throws Exception {
        simulator.answer(Answer.success().errorEvent(ErrorShape.TEXT, "no \"capacity\""));

        assertThat(client.generate("a dog").body()).isEqualTo("data: {\"error\":\"no \\\"capacity\\\"\"}\n\ndata: [DONE]\n\n");
    }

    @Test
    void aFailureAsTextFailsTheTask() throws Exception {
        simulator.answer(Answer.failureText("input_moderation").progress(12));

        String body = client.generate("a dog").body();

        assertThat(Client.report(body))
                .endsWith("Progress 12..\n\n> Generation failed ❌\n> Failure reason: input_moderation\n");
        assertThat(body).contains("\"stop\"").endsWith("[DONE]\n\n").doesNotContain(".mp4");
        await().atMost(Client.LIMIT).until(() -> simulator.tasks().get(0).state() == SimulatedTask.State.FAILED);
        assertThat(client.json(simulator.tasks().get(0).sourceUrl()).getString("status")).isEqualTo("failed");
    }

    @Test
    void theConnectionCanStayOpenAfterDone() throws Exception {
        simulator.answer(Answer.success().doneAndHold());

        try (InputStream stream = client.open("a dog").body()) {
            Client.readUntil(stream, "data: [DONE]\n\n");
            assertThat(simulator.openStreams()).isEqualTo(1);
            assertThat(stream.available()).isZero();
        }
    }

    @Test
    void garbageCanFollowDone() throws Exception {
        simulator.answer(Answer.success().garbageAfterDone());

        String body = client.generate("a dog").body();

        assertThat(body.substring(body.indexOf("[DONE]"))).contains("other.mp4").endsWith("<!-- relay -->");
    }

    @Test
    void theContentTypeCanBeWrong() throws Exception {
        simulator.answer(Answer.success().wrongContentType());

        var response = client.generate("a dog");

        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.body()).startsWith("data: ");
    }

    @Test
    void faultsAddUp() throws Exception {
        Gate gate = new Gate();
        simulator.answer(Answer.success().progress(5, 50).malformedPayload().ndJson().trickle(50_000).holdAt(5, gate)
                .cutAfter(50).closeDelimited());
        var received = client.receiveAsync("a dog");
        gate.awaitReached(Client.LIMIT);
        gate.open();

        assertThat(received.join().breach()).isNull();
        assertThat(received.join().text()).endsWith("\"50..\"},\"finish_reason\":null}]}\n");
    }

    @Test
    void gateAtTheCutHoldsStreamAndTask() throws Exception {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(61, gate).cutAfter(61));
        var received = client.receiveAsync("a dog");
        gate.awaitReached(Client.LIMIT);
        assertThat(simulator.openStreams()).isEqualTo(1);

        gate.open();

        assertThat(received.join().breach()).isNotNull();
        assertTaskCompletes();
    }

    @Test
    void gateAfterTheCutHoldsOnlyTheTask() throws Exception {
        Gate gate = new Gate();
        simulator.answer(Answer.success().holdAt(81, gate).cutAfter(61));

        assertThat(Client.report(client.receive("a dog").text())).endsWith("61..");
        gate.awaitReached(Client.LIMIT);
        assertThat(client.json(simulator.tasks().get(0).sourceUrl()).getString("content")).endsWith("81..");
        gate.open();

        assertTaskCompletes();
    }

    private void assertTaskCompletes() {
        await().atMost(Client.LIMIT).until(() -> simulator.tasks().get(0).state() == SimulatedTask.State.COMPLETED);
    }
}
