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

import java.util.Map;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** What a task's source or share link answers once. Immutable. */
public final class SourceAnswer {

    private static final String JSON = "application/json";

    /** Sends the answer for this task. */
    interface Sender {
        void send(SimulatedTask task, HttpServerRequest request);
    }

    private final Sender sender;

    private SourceAnswer(Sender sender) {
        this.sender = sender;
    }

    /** The truth: the report so far, as JSON with {@code content}, {@code status} and {@code progress}. */
    public static SourceAnswer report() {
        return new SourceAnswer((task, request) -> Reply.send(request, 200, JSON, record(task, task.state().status())
                .put("progress", task.progress()).put("content", task.report()).encode()));
    }

    /** A whole answer with this status. */
    public static SourceAnswer status(int code, String body, Map<String, String> headers) {
        return new SourceAnswer((task, request) -> {
            request.response().setStatusCode(code);
            headers.forEach(request.response()::putHeader);
            Reply.send(request, Buffer.buffer(body));
        });
    }

    void send(SimulatedTask task, HttpServerRequest request) {
        sender.send(task, request);
    }

    private static JsonObject record(SimulatedTask task, String status) {
        return new JsonObject().put("id", task.id()).put("status", status);
    }
}
