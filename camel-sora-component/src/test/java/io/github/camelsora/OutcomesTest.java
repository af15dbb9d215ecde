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

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.camelsora.event.SoraFailureCategory.AUTHENTICATION;
import static io.github.camelsora.event.SoraFailureCategory.CAPACITY;
import static io.github.camelsora.event.SoraFailureCategory.MODEL_UNAVAILABLE;
import static io.github.camelsora.event.SoraFailureCategory.QUOTA;
import static io.github.camelsora.event.SoraFailureCategory.REJECTED;
import static io.github.camelsora.event.SoraFailureCategory.UNKNOWN;
import static io.github.camelsora.event.SoraFailureCategory.UPSTREAM;
import static io.github.camelsora.event.SoraOutcome.FAILED;
import static io.github.camelsora.event.SoraOutcome.LOST;
import static io.github.camelsora.event.SoraOutcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** What a gateway answers, what the route sees of it, and what was paid. */
class OutcomesTest extends SoraRouteTest {

    private static final boolean RETRYABLE = true;
    private static final boolean FINAL = false;

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("401", status(401, error("Incorrect API key provided", "invalid_api_key")), REFUSED, AUTHENTICATION,
                        FINAL, "answered 401 for model sora-2-preview: Incorrect API key provided (invalid_api_key); "
                                + "nothing was bought; check the apiKey"),
                arguments("402", status(402, error("Payment required", null)), REFUSED, QUOTA, FINAL, "check the balance"),
                arguments("403", status(403, error("用户额度不足", "insufficient_user_quota")), REFUSED, QUOTA, FINAL,
                        "用户额度不足 (insufficient_user_quota)"),
                arguments("403 key", status(403, ""), REFUSED, AUTHENTICATION, FINAL, "answered 403"),
                arguments("404", status(404, "<html>not here</html>"), REFUSED, UNKNOWN, FINAL, "check the baseUrl"),
                arguments("408", status(408, ""), LOST, UNKNOWN, FINAL, "the job may be running"),
                arguments("429", Answer.status(429, error("Too many requests", null), Map.of("Retry-After", "30")), REFUSED,
                        CAPACITY, RETRYABLE, "answered 429 for model sora-2-preview (Retry-After: 30 s): Too many requests"),
                arguments("499", status(499, ""), LOST, UNKNOWN, FINAL, "the job may be running"),
                arguments("500 JSON", status(500, error("no workers", null)), REFUSED, UPSTREAM, RETRYABLE, "no workers"),
                arguments("500 page", status(500, "<html>oops</html>"), LOST, UPSTREAM, FINAL, "may be charged"),
                arguments("500 of a task",
                        status(500, "{\"id\":\"task_1\",\"status\":\"failed\",\"error\":{\"message\":\"m\"}}"),
                        LOST, UPSTREAM, FINAL, "answered 500 for model sora-2-preview: m; the job may be running"),
                arguments("500 of a task's record", status(500, "{\"data\":{\"fail_reason\":\"content moderation\"}}"), LOST,
                        REJECTED, FINAL, "answered 500 for model sora-2-preview: content moderation; the job may be running"),
                arguments("502", status(502, error("bad gateway", null)), LOST, UPSTREAM, FINAL, "may be charged"),
                arguments("503 model", status(503, error("No channel for model sora-2", "model_not_found")), REFUSED,
                        MODEL_UNAVAILABLE, FINAL, "choose another model"),
                arguments("503 busy", status(503, error("saturated", null)), REFUSED, CAPACITY, RETRYABLE, "try again later"),
                arguments("503 of a running task", status(503, "{\"status\":\"processing\",\"message\":\"wait\"}"), LOST,
                        CAPACITY,
                        FINAL, "may be charged"),
                arguments("504", status(504, ""), LOST, UPSTREAM, FINAL, "may be charged"),
                arguments("524", status(524, "error code: 524"), LOST, UPSTREAM, FINAL, "may be charged"),
                arguments("307", Answer.status(307, "", Map.of("Location", "http://127.0.0.1:1/v1/chat/completions")), REFUSED,
                        UNKNOWN, FINAL, "redirects are not followed with a key"),
                arguments("HTML with 200", Answer.htmlPage(), LOST, UPSTREAM, FINAL, "an HTML page instead of a stream"),
                arguments("nothing with 200", Answer.emptyBody(), LOST, UPSTREAM, FINAL, "nothing instead of a stream"),
                arguments("error event first", Answer.chunks("data: {\"error\":{\"message\":\"The prompt is blocked\","
                        + "\"code\":\"sentinel_block\"}}\n\n"), FAILED, REJECTED, FINAL,
                        "The prompt is blocked (sentinel_block)"),
                arguments("failure text", Answer.failureText("input_moderation"), FAILED, REJECTED, FINAL, "input_moderation"),
                arguments("cut after 61 %", Answer.success().progress(12, 61, 90).cutAfter(61), LOST, UPSTREAM, FINAL,
                        "after 61 % without a result for task task_"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void everyEndingHasItsOutcomeAndCategory(String name, Answer answer, SoraOutcome outcome, SoraFailureCategory category,
            boolean retryable, String sentence) throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
        simulator().answer(answer);
        Exchange exchange = send("direct:in", "x");

        SoraException exception = (SoraException) exchange.getException();
        assertThat(exception.getOutcome()).isEqualTo(outcome);
        assertThat(exception.getCategory()).isEqualTo(category);
        assertThat(exception.isRetryable()).isEqualTo(retryable);
        assertThat(exception.isPossiblyCharged()).isEqualTo(outcome != REFUSED);
        assertThat(exception).hasMessageContaining(sentence).hasMessageContaining("goapi").hasNoCause();
        assertThat(simulator().chatRequests()).isEqualTo(1);

        List<SoraEvent> events = events(getMockEndpoint("mock:replies"));
        SoraEvent last = events.get(events.size() - 1);
        assertThat(events).filteredOn(SoraEvent::last).containsExactly(last);
        assertThat(last.getOutcome()).isEqualTo(outcome);
        assertThat(last.getCategory()).isEqualTo(category);
        assertThat(last.getRetryable()).isEqualTo(retryable);
        assertThat(last.getPossiblyCharged()).isEqualTo(outcome != REFUSED);
        assertThat(last.getReason()).isEqualTo(exception.getReason());
        assertThat(last.getTaskId()).isEqualTo(exception.getTaskId());
        assertThat(exchange.getMessage().getHeader(SoraConstants.OUTCOME)).isEqualTo(outcome.name());
    }

    @Test
    void aRefusalHasStatusAndRetryAfter() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.status(429, error("busy", null), Map.of("Retry-After", "30")));
        GatewayRefusedException refused = (GatewayRefusedException) send("direct:in", "x").getException();
        assertThat(refused.getStatusCode()).isEqualTo(429);
        assertThat(refused.getRetryAfter()).hasSeconds(30);
    }

    @Test
    void noConnectionIsARefusal() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().refuseConnections(true);
        GatewayRefusedException refused = (GatewayRefusedException) send("direct:in", "x").getException();
        simulator().refuseConnections(false);
        assertThat(refused).hasMessageContaining("No connection to gateway goapi (127.0.0.1:" + simulator().port() + ")")
                .hasMessageContaining("nothing was sent").hasNoCause();
        assertThat(refused.getStatusCode()).isZero();
        assertThat(refused.getCategory()).isEqualTo(UPSTREAM);
        assertThat(refused.isRetryable()).isTrue();
        assertThat(refused.isPossiblyCharged()).isFalse();
        assertThat(refused.getSuppressed()).hasAtLeastOneElementOfType(IOException.class);
    }

    @Test
    void aLostGenerationHasTaskIdAndSourceUrl() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.success().progress(12, 61).cutAfter(61));
        GenerationLostException lost = (GenerationLostException) send("direct:in", "x").getException();
        String task = simulator().tasks().get(0).id();
        assertThat(lost.getTaskId()).isEqualTo(task);
        assertThat(lost.getSourceUrl()).isEqualTo(simulator().baseUrl() + "/source/" + task);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    void aSilentGatewayIsGivenUpAfterStreamingReadTimeout() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?streamingReadTimeout=300"));
        simulator().answer(Answer.success().holdAt(12, new Gate()).progress(12, 61));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("nothing came for 300 ms (streamingReadTimeout)");
    }

    @Test
    void aReportBeyondMaxPayloadSizeEndsTheStream() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate?maxPayloadSize=2000"));
        simulator().answer(Answer.chunks("data: {\"choices\":[{\"delta\":{\"content\":\"" + "x".repeat(3000) + "\"}}]}\n\n"));
        assertThat(send("direct:in", "x").getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("larger than 2000 bytes (maxPayloadSize)");
    }

    private static Answer status(int code, String body) {
        return Answer.status(code, body, Map.of());
    }

    private static String error(String message, String code) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"api_error\",\"code\":"
                + (code == null ? "null" : "\"" + code + "\"") + "}}";
    }
}
