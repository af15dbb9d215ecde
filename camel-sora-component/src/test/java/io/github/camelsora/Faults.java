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
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.ErrorShape;
import io.github.camelsora.test.Inside;
import io.github.camelsora.test.Point;
import io.github.camelsora.test.SourceAnswer;

import static io.github.camelsora.Fault.Sight.failed;
import static io.github.camelsora.Fault.Sight.lost;
import static io.github.camelsora.Fault.Sight.refused;
import static io.github.camelsora.Fault.Sight.video;
import static io.github.camelsora.event.SoraFailureCategory.AUTHENTICATION;
import static io.github.camelsora.event.SoraFailureCategory.CAPACITY;
import static io.github.camelsora.event.SoraFailureCategory.MODEL_UNAVAILABLE;
import static io.github.camelsora.event.SoraFailureCategory.QUOTA;
import static io.github.camelsora.event.SoraFailureCategory.REJECTED;
import static io.github.camelsora.event.SoraFailureCategory.UNKNOWN;
import static io.github.camelsora.event.SoraFailureCategory.UPSTREAM;

/** The fault matrix: every fault of the simulator, and what a route sees of it. The documentation holds the same table. */
final class Faults {

    private static final boolean RETRYABLE = true;
    private static final boolean FINAL = false;

    private static final String SILENCE = "streamingReadTimeout=800";
    private static final String GIVES_UP = "recoveryTimeout=600";

    private static final String QUEUED = "SUBMITTED QUEUED";
    private static final String GENERATING = QUEUED + " GENERATING";
    private static final String TO_12 = GENERATING + " PROGRESS 12";
    private static final String TO_61 = TO_12 + " PROGRESS 61";
    private static final String TO_90 = TO_61 + " PROGRESS 90";
    private static final String RECOVERED_FROM_61 = TO_61 + " RECOVERING PROGRESS 90";

    private Faults() {
    }

    static List<Fault> all() {
        return Stream.of(beforeTheAnswer(), statuses(), noStream(), beforeTheId(), afterTheId(), survived(), failures(),
                sources()).flatMap(List::stream).toList();
    }

    private static List<Fault> beforeTheAnswer() {
        return List.of(
                new Fault("refuseConnections(true)", simulator -> simulator.refuseConnections(true), "",
                        refused(UPSTREAM, RETRYABLE, "nothing was sent"), null, 0),
                Fault.of("stallBeforeHeaders()", success().stallBeforeHeaders(),
                        lost(UPSTREAM, "", "nothing came for 800 ms (streamingReadTimeout)")).with(SILENCE),
                Fault.of("cutAfter(ACCEPTED)", success().cutAfter(Point.ACCEPTED),
                        lost(UPSTREAM, "", "broke without a result")),
                Fault.of("reset()", success().reset(), lost(UPSTREAM, "", "broke without a result")));
    }

    private static List<Fault> statuses() {
        return List.of(
                status(401, error("Incorrect API key provided", "invalid_api_key"), AUTHENTICATION, FINAL, "check the apiKey"),
                status(402, error("Payment required", null), QUOTA, FINAL, "check the balance of the key"),
                status(403, "", AUTHENTICATION, FINAL, "check the apiKey"),
                status(403, error("用户额度不足", "insufficient_user_quota"), QUOTA, FINAL, "insufficient_user_quota"),
                status(404, "<html>not here</html>", UNKNOWN, FINAL, "check the baseUrl"),
                status(408, ""),
                Fault.of("status(429, JSON, Retry-After: 30)",
                        Answer.status(429, error("Too many requests", null), Map.of("Retry-After", "30")),
                        refused(CAPACITY, RETRYABLE, "answered 429 for model sora-2-preview (Retry-After: 30 s)")).unpaid(),
                status(499, ""),
                status(500, error("no workers", null), UPSTREAM, RETRYABLE, "no workers"),
                status(500, "<html>oops</html>"),
                status(502, error("bad gateway", null)),
                status(503, error("No channel for model sora-2", "model_not_found"), MODEL_UNAVAILABLE, FINAL,
                        "choose another model"),
                status(503, error("saturated", null), CAPACITY, RETRYABLE, "try again later"),
                status(503, "<html>busy</html>"),
                status(504, ""),
                status(524, "error code: 524"),
                Fault.of("status(307, Location)",
                        Answer.status(307, "", Map.of("Location", "http://127.0.0.1:1/v1/chat/completions")),
                        refused(UNKNOWN, FINAL, "redirects are not followed with a key")).unpaid());
    }

    private static List<Fault> noStream() {
        return List.of(
                Fault.of("htmlPage()", Answer.htmlPage(), lost(UPSTREAM, "", "answered with an HTML page instead of a stream")),
                Fault.of("emptyBody()", Answer.emptyBody(), lost(UPSTREAM, "", "answered with nothing instead of a stream")),
                Fault.of("gzip()", success().gzip(), lost(UPSTREAM, "", "answered with content encoding gzip")),
                Fault.of("commentsOnly()", success().commentsOnly(),
                        lost(UPSTREAM, "", "nothing came for 800 ms (streamingReadTimeout)")).with(SILENCE),
                Fault.of("closeDelimited().cutAfter(HEADERS)", success().closeDelimited().cutAfter(Point.HEADERS),
                        lost(UPSTREAM, "", "answered with nothing instead of a stream")));
    }

    private static List<Fault> beforeTheId() {
        return List.of(
                Fault.of("cutAfter(HEADERS)", success().cutAfter(Point.HEADERS), lost(UPSTREAM, "", "broke without a result")),
                Fault.of("cutAfter(ECHO)", success().cutAfter(Point.ECHO), lost(UPSTREAM, "", "do not send it again before")),
                Fault.of("endAfter(ECHO)", success().endAfter(Point.ECHO), lost(UPSTREAM, "", "ended without a result")),
                Fault.of("stallAfter(ECHO)", success().stallAfter(Point.ECHO),
                        lost(UPSTREAM, "", "nothing came for 800 ms (streamingReadTimeout)")).with(SILENCE),
                Fault.of("wholeJson().cutAfterBytes(200)", success().wholeJson().cutAfterBytes(200),
                        lost(UPSTREAM, "", "broke")),
                Fault.of("trickle(100)", success().trickle(100),
                        lost(UPSTREAM, "", "it took longer than 800 ms (requestTimeout)")).with("requestTimeout=800"));
    }

    private static List<Fault> afterTheId() {
        return List.of(
                Fault.of("cutAfter(SUBMITTED)", success().cutAfter(Point.SUBMITTED),
                        video("SUBMITTED RECOVERING QUEUED GENERATING PROGRESS 12 PROGRESS 61 PROGRESS 90"),
                        lost(UPSTREAM, "SUBMITTED", "resume it with sora:resume")),
                Fault.of("cutAfter(61)", success().cutAfter(61), video(RECOVERED_FROM_61), lostAt61("broke after 61 %")),
                Fault.of("closeDelimited().cutAfter(61)", success().closeDelimited().cutAfter(61), video(RECOVERED_FROM_61),
                        lostAt61("ended after 61 %")),
                Fault.of("endAfter(61)", success().endAfter(61), video(RECOVERED_FROM_61), lostAt61("ended after 61 %")),
                Fault.of("resetAfter(61)", success().resetAfter(61), video(RECOVERED_FROM_61), lostAt61("broke after 61 %")),
                Fault.of("relayHidesCut()", success().relayHidesCut(), video(RECOVERED_FROM_61), lostAt61("ended after 61 %")),
                Fault.of("stallAfter(61)", success().stallAfter(61), video(RECOVERED_FROM_61),
                        lostAt61("nothing came for 800 ms (streamingReadTimeout)")).with(SILENCE),
                Fault.of("commentsAfter(QUEUED)", success().commentsAfter(Point.QUEUED),
                        video(QUEUED + " RECOVERING GENERATING PROGRESS 12 PROGRESS 61 PROGRESS 90"),
                        lost(UPSTREAM, QUEUED, "nothing came for 800 ms (streamingReadTimeout)")).with(SILENCE),
                Fault.of("stallAfter(61)", success().stallAfter(61), video(RECOVERED_FROM_61),
                        lostAt61("it took longer than 900 ms (requestTimeout)")).with("requestTimeout=900"),
                Fault.of("cutInside(UTF8_CHARACTER)", success().cutInside(Inside.UTF8_CHARACTER),
                        video(GENERATING + " RECOVERING PROGRESS 12 PROGRESS 61 PROGRESS 90"),
                        lost(UPSTREAM, GENERATING, "broke")),
                Fault.of("cutInside(PAYLOAD)", success().cutInside(Inside.PAYLOAD),
                        video(GENERATING + " RECOVERING PROGRESS 12 PROGRESS 61 PROGRESS 90"),
                        lost(UPSTREAM, GENERATING, "broke")),
                Fault.of("cutInside(LINK)", success().cutInside(Inside.LINK), video(TO_90 + " RECOVERING"),
                        lost(UPSTREAM, TO_90, "broke after 90 %")),
                Fault.of("cutAfter(COMPLETED)", success().cutAfter(Point.COMPLETED), video(TO_90 + " RECOVERING"),
                        lost(UPSTREAM, TO_90, "broke after 90 %")),
                Fault.of("cleanEndWithout(LINK)", success().cleanEndWithout(Point.LINK), video(TO_90 + " RECOVERING"),
                        lost(UPSTREAM, TO_90, "ended after 90 %")),
                Fault.of("giantEvent(100_000)", success().giantEvent(100_000),
                        video(GENERATING + " RECOVERING PROGRESS 12 PROGRESS 61 PROGRESS 90"),
                        lost(UPSTREAM, GENERATING, "larger than 50000 bytes (maxPayloadSize)")).with("maxPayloadSize=50000"));
    }

    private static List<Fault> survived() {
        return List.of(
                Fault.of("cutAfter(LINK)", success().cutAfter(Point.LINK), video(TO_90)),
                Fault.of("resetAfter(LINK)", success().resetAfter(Point.LINK), video(TO_90)),
                Fault.of("stallAfter(LINK)", success().stallAfter(Point.LINK), video(TO_90)).with(SILENCE),
                Fault.of("stallAfter(FINISH_REASON)", success().stallAfter(Point.FINISH_REASON), video(TO_90)),
                Fault.of("cleanEndWithout(FINISH_REASON, USAGE, DONE)",
                        success().cleanEndWithout(Point.FINISH_REASON, Point.USAGE, Point.DONE), video(TO_90)),
                Fault.of("cleanEndWithout(SUBMITTED)", success().cleanEndWithout(Point.SUBMITTED),
                        video("QUEUED GENERATING PROGRESS 12 PROGRESS 61 PROGRESS 90")),
                Fault.of("wholeJson()", success().wholeJson(), video(TO_90)),
                Fault.of("ndJson()", success().ndJson(), video(TO_90)),
                Fault.of("trickle(20_000)", success().trickle(20_000), video(TO_90)),
                Fault.of("giantEvent(100_000)", success().giantEvent(100_000), video(TO_90)),
                Fault.of("malformedPayload()", success().malformedPayload(), video(TO_90)),
                Fault.of("doneAndHold()", success().doneAndHold(), video(TO_90)),
                Fault.of("garbageAfterDone()", success().garbageAfterDone(), video(TO_90)),
                Fault.of("wrongContentType()", success().wrongContentType(), video(TO_90)),
                Fault.of("contentType(\"text/html\")", success().contentType("text/html"), video(TO_90)),
                Fault.of("closeDelimited()", success().closeDelimited(), video(TO_90)));
    }

    private static List<Fault> failures() {
        return List.of(
                errorEvent(ErrorShape.OBJECT), errorEvent(ErrorShape.TEXT), errorEvent(ErrorShape.DELTA),
                Fault.of("errorEvent(OBJECT, \"The prompt was blocked\")",
                        success().errorEvent(ErrorShape.OBJECT, "The prompt was blocked"),
                        failed(REJECTED, "", "The prompt was blocked")),
                Fault.of("errorEventAfter(61, OBJECT)", success().errorEventAfter(61, ErrorShape.OBJECT),
                        failed(UPSTREAM, TO_61, "The upstream service failed")),
                Fault.of("failureText(\"input_moderation\")", Answer.failureText("input_moderation"),
                        failed(REJECTED, GENERATING, "input_moderation")),
                Fault.of("failureText(\"input_moderation\").cutAfter(FAILED)",
                        Answer.failureText("input_moderation").cutAfter(Point.FAILED),
                        failed(REJECTED, GENERATING, "input_moderation")),
                Fault.of("failureText(\"input_moderation\").cutAfter(QUEUED)",
                        Answer.failureText("input_moderation").cutAfter(Point.QUEUED),
                        failed(REJECTED, QUEUED + " RECOVERING GENERATING", "input_moderation"),
                        lost(UPSTREAM, QUEUED, "broke without a result")));
    }

    private static List<Fault> sources() {
        SourceAnswer report = SourceAnswer.report();
        return List.of(
                source("pending(), pending(), report()", video(RECOVERED_FROM_61),
                        SourceAnswer.pending(), SourceAnswer.pending(), report),
                source("processing(30), processing(73), completed()", video(TO_61 + " RECOVERING PROGRESS 73"),
                        SourceAnswer.processing(30), SourceAnswer.processing(73), SourceAnswer.completed()),
                source("html(), notFound(), unavailable(0 s), report()", video(RECOVERED_FROM_61), SourceAnswer.html(),
                        SourceAnswer.notFound(), SourceAnswer.unavailable(Duration.ZERO), report),
                source("hangUp(), report()", video(RECOVERED_FROM_61), SourceAnswer.hangUp(), report),
                source("redirectToVideo()", video(TO_61 + " RECOVERING"), SourceAnswer.redirectToVideo()),
                source("video()", video(TO_61 + " RECOVERING"), SourceAnswer.video()),
                source("failed(\"output_moderation\")", failed(REJECTED, TO_61 + " RECOVERING", "output_moderation"),
                        SourceAnswer.failed("output_moderation")),
                source("json({status: running, url})", unfound("the last answer was a task that is RUNNING"),
                        SourceAnswer.json("{\"status\":\"running\",\"url\":\"{videoUrl}\"}")).with(GIVES_UP),
                source("notFound()", unfound("gave no result for 600 ms (recoveryTimeout), the last answer was 404"),
                        SourceAnswer.notFound()).with(GIVES_UP),
                source("stall()", unfound("gave no result for 600 ms (recoveryTimeout), the last answer was nothing"),
                        SourceAnswer.stall()).with(GIVES_UP),
                source("hangUp()", unfound("gave no result for 600 ms (recoveryTimeout)"), SourceAnswer.hangUp())
                        .with(GIVES_UP),
                source("redirectTo(elsewhere)", unfound("elsewhere.example"),
                        SourceAnswer.redirectTo("https://elsewhere.example/task")),
                Fault.of("cutAfter(61).sourceAnswers(redirectTo(elsewhere)).shareAnswers(completed())",
                        success().cutAfter(61).sourceAnswers(SourceAnswer.redirectTo("https://elsewhere.example/task"))
                                .shareAnswers(SourceAnswer.completed()), video(TO_61 + " RECOVERING"),
                        lostAt61("broke after 61 %")),
                source("json(100,000 bytes)", unfound("larger than 50000 bytes (maxPayloadSize)"),
                        SourceAnswer.json("{\"x\":\"" + "x".repeat(100_000) + "\"}")).with("maxPayloadSize=50000"));
    }

    private static Answer success() {
        return Answer.success().progress(12, 61, 90);
    }

    private static Fault.Sight lostAt61(String sentence) {
        return lost(UPSTREAM, TO_61, sentence);
    }

    private static Fault.Sight unfound(String sentence) {
        return lost(UPSTREAM, TO_61 + " RECOVERING", sentence);
    }

    private static Fault source(String name, Fault.Sight recovered, SourceAnswer... answers) {
        return Fault.of("cutAfter(61).sourceAnswers(" + name + ")", success().cutAfter(61).sourceAnswers(answers), recovered,
                lostAt61("broke after 61 %"));
    }

    private static Fault errorEvent(ErrorShape shape) {
        return Fault.of("errorEvent(" + shape + ")", success().errorEvent(shape),
                failed(UPSTREAM, "", "The upstream service failed to generate the video"));
    }

    private static Fault status(int code, String body, SoraFailureCategory category, boolean retryable, String sentence) {
        return Fault.of(name(code, body), Answer.status(code, body, Map.of()), refused(category, retryable, sentence)).unpaid();
    }

    /** A status that may have bought something. */
    private static Fault status(int code, String body) {
        return Fault.of(name(code, body), Answer.status(code, body, Map.of()),
                lost(code < 500 ? UNKNOWN : code == 503 ? CAPACITY : UPSTREAM, "", "answered " + code
                        + " for model sora-2-preview"));
    }

    private static String name(int code, String body) {
        String said = !body.startsWith("{") ? "" : body.replaceAll(".*\"code\":\"?([^\"}]*).*", ", $1")
                .replace(", null", ", JSON");
        return "status(" + code + (body.startsWith("<") ? ", HTML" : said) + ")";
    }

    private static String error(String message, String code) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"api_error\",\"code\":"
                + (code == null ? "null" : "\"" + code + "\"") + "}}";
    }
}
