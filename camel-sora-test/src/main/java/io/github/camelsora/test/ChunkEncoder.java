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

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;

/** Encodes pieces of a report as chat-completion JSON, framed as event stream, JSON lines or one JSON body. One per stream. */
final class ChunkEncoder {

    /** How the JSON is framed. */
    enum Format {
        EVENT_STREAM, JSON_LINES, WHOLE
    }

    private final Format format;
    private final boolean stamped;
    private final String id;
    private final String model;
    private final long created = Instant.now().getEpochSecond();
    private final StringBuilder whole = new StringBuilder();
    private final int promptTokens;
    private int deltas;

    ChunkEncoder(Format format, boolean stamped, ChatRequest request) {
        this.format = format;
        this.stamped = stamped;
        this.id = Json.encode(Ids.completion());
        this.model = Json.encode(request.model());
        this.promptTokens = 1 + request.prompt().length() / 4;
    }

    Buffer role() {
        return chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null");
    }

    Buffer nothing() {
        return chunk("{}", "null");
    }

    Buffer delta(String text) {
        deltas++;
        if (format == Format.WHOLE) {
            whole.append(text);
            return null;
        }
        return chunk("{\"content\":" + Json.encode(text) + "}", "null");
    }

    Buffer finish() {
        return chunk("{}", "\"stop\"");
    }

    Buffer usage() {
        return payload(head("chat.completion.chunk") + "\"choices\":[{\"index\":0,\"delta\":{}}]," + usageField() + "}");
    }

    Buffer padding(int size) {
        return payload(head("chat.completion.chunk") + "\"choices\":[],\"x_padding\":\"" + "x".repeat(size) + "\"}");
    }

    Buffer error(ErrorShape shape, String message) {
        String text = Json.encode(message);
        return switch (shape) {
            case OBJECT -> payload("{\"error\":{\"message\":" + text
                    + ",\"type\":\"server_error\",\"param\":null,\"code\":null}}");
            case TEXT -> payload("{\"error\":" + text + "}");
            case DELTA -> chunk("{\"error\":{\"message\":" + text + ",\"type\":\"server_error\"}}", "null");
        };
    }

    /** The end of the body: {@code [DONE]} in an event stream, the whole completion in one JSON body, nothing in JSON lines. */
    Buffer done() {
        return switch (format) {
            case EVENT_STREAM -> Buffer.buffer("data: [DONE]\n\n");
            case JSON_LINES -> null;
            case WHOLE -> Buffer.buffer(head("chat.completion")
                    + "\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                    + Json.encode(whole.toString()) + "},\"finish_reason\":\"stop\"}]," + usageField() + "}");
        };
    }

    private Buffer chunk(String delta, String finishReason) {
        return payload(head("chat.completion.chunk") + "\"choices\":[{\"index\":0,\"delta\":" + delta + ",\"finish_reason\":"
                + finishReason + "}]}");
    }

    private String head(String object) {
        String stamp = stamped ? "\"x_sent_at\":" + ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()) + "," : "";
        return "{\"id\":" + id + ",\"object\":\"" + object + "\",\"model\":" + model + ",\"created\":" + created + "," + stamp;
    }

    private String usageField() {
        return "\"usage\":{\"prompt_tokens\":" + promptTokens + ",\"completion_tokens\":" + deltas + ",\"total_tokens\":"
                + (promptTokens + deltas) + "}";
    }

    private Buffer payload(String json) {
        String framed = switch (format) {
            case EVENT_STREAM -> "data: " + json + "\n\n";
            case JSON_LINES -> json + "\n";
            case WHOLE -> null;
        };
        return framed == null ? null : Buffer.buffer(framed.getBytes(StandardCharsets.UTF_8));
    }
}
