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

import java.time.Duration;
import java.util.Map;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** What a task's source or share link answers once. Immutable. */
public final class SourceAnswer {

    private static final String JSON = "application/json";

    /** Sends the answer for this task. */
    interface Sender {
        void send(SimulatedTask task, HttpServerRequest request, Media media);
    }

    private final Sender sender;

    private SourceAnswer(Sender sender) {
        this.sender = sender;
    }

    /** The actual state: the report so far, as JSON with {@code content}, {@code status} and {@code progress}. */
    public static SourceAnswer report() {
        return new SourceAnswer((task, request, media) -> Reply.send(request, 200, JSON, record(task, task.state().status())
                .put("progress", task.progress()).put("content", task.report()).encode()));
    }

    /** A record that says only {@code pending}, whatever the task does. */
    public static SourceAnswer pending() {
        return new SourceAnswer((task, request, media) -> Reply.send(request, 200, JSON, record(task, "pending").encode()));
    }

    /** A record that says {@code processing} and this percentage. */
    public static SourceAnswer processing(int percent) {
        return new SourceAnswer((task, request, media) -> Reply.send(request, 200, JSON,
                record(task, "processing").put("progress", percent).encode()));
    }

    /** A record that says {@code completed}, with the task's {@code video_url}. */
    public static SourceAnswer completed() {
        return new SourceAnswer((task, request, media) -> Reply.send(request, 200, JSON, record(task, "completed")
                .put("video_url", task.videoUrl()).put("thumbnail_url", task.thumbnailUrl()).encode()));
    }

    /** A record that says {@code failed}, with this {@code failure_reason}. */
    public static SourceAnswer failed(String reason) {
        return new SourceAnswer((task, request, media) -> Reply.send(request, 200, JSON,
                record(task, "failed").put("failure_reason", reason).encode()));
    }

    /**
     * This JSON; <code>{taskId}</code>, <code>{videoUrl}</code> and <code>{thumbnailUrl}</code> in it stand for the task's.
     */
    public static SourceAnswer json(String template) {
        return new SourceAnswer((task, request, media) -> Reply.send(request, 200, JSON, template.replace("{taskId}", task.id())
                .replace("{videoUrl}", task.videoUrl()).replace("{thumbnailUrl}", task.thumbnailUrl())));
    }

    /** An HTML page with 200. */
    public static SourceAnswer html() {
        return status(200, "<!DOCTYPE html>\n<html><body>Just a moment...</body></html>\n",
                Map.of("Content-Type", "text/html; charset=utf-8"));
    }

    /** 404: not there yet. */
    public static SourceAnswer notFound() {
        return status(404, Errors.body("No such task", "invalid_request_error", "not_found"), Map.of("Content-Type", JSON));
    }

    /** 503 with {@code Retry-After} in seconds. */
    public static SourceAnswer unavailable(Duration retryAfter) {
        return status(503, "", Map.of("Retry-After", String.valueOf(retryAfter.toSeconds())));
    }

    /** 302 to the task's video. */
    public static SourceAnswer redirectToVideo() {
        return new SourceAnswer((task, request, media) -> redirect(request, task.videoUrl()));
    }

    /** 302 to this address. */
    public static SourceAnswer redirectTo(String location) {
        return new SourceAnswer((task, request, media) -> redirect(request, location));
    }

    /** The video itself. */
    public static SourceAnswer video() {
        return new SourceAnswer((task, request, media) -> media.send(request, Media.Kind.VIDEO, task.prompt()));
    }

    /** A whole answer with this status. */
    public static SourceAnswer status(int code, String body, Map<String, String> headers) {
        return new SourceAnswer((task, request, media) -> {
            request.response().setStatusCode(code);
            headers.forEach(request.response()::putHeader);
            Reply.send(request, Buffer.buffer(body));
        });
    }

    /** Nothing ever; the connection stays open. */
    public static SourceAnswer stall() {
        return new SourceAnswer((task, request, media) -> { });
    }

    /** The socket is closed without an answer. */
    public static SourceAnswer hangUp() {
        return new SourceAnswer((task, request, media) -> request.connection().close());
    }

    void send(SimulatedTask task, HttpServerRequest request, Media media) {
        sender.send(task, request, media);
    }

    private static void redirect(HttpServerRequest request, String location) {
        request.response().putHeader("Location", location).setStatusCode(302);
        Reply.send(request, Buffer.buffer());
    }

    private static JsonObject record(SimulatedTask task, String status) {
        return new JsonObject().put("id", task.id()).put("status", status);
    }
}
