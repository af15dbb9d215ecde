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

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What the simulator reads of a chat-completions request.
 *
 * @param prompt    the text of the last user message
 * @param sourceSid the id of the video to be modified, or null
 */
record ChatRequest(String model, String prompt, String orientation, String sourceSid) {

    static final ChatRequest SAMPLE = new ChatRequest("sora-2", "a sample", "portrait", null);

    // Only a quoted line counts: the JSON block of the report may contain the sid of an even earlier video.
    private static final Pattern REPORTED_SID = Pattern.compile("(?m)^\\s*>\\s*sid:\\s*`?(s_[A-Za-z0-9]+)");

    /** @throws IllegalArgumentException with the sentence for the client when it is no request for a stream of a video */
    static ChatRequest parse(Buffer body) {
        JsonObject json;
        try {
            json = body.toJsonObject();
        } catch (DecodeException | ClassCastException e) {
            throw new IllegalArgumentException("We could not parse the JSON body of your request.");
        }
        if (!(json.getValue("model") instanceof String model) || model.isBlank()) {
            throw new IllegalArgumentException("you must provide a model parameter");
        }
        if (!(json.getValue("messages") instanceof JsonArray messages) || messages.isEmpty()) {
            throw new IllegalArgumentException("Missing required parameter: 'messages'.");
        }
        if (!Boolean.TRUE.equals(json.getValue("stream"))) {
            throw new IllegalArgumentException("This model only supports streaming: 'stream' must be true.");
        }
        String prompt = lastText(messages, "user");
        if (prompt == null) {
            throw new IllegalArgumentException("Invalid 'messages': no message of role 'user'.");
        }
        Object orientation = json.getValue("orientation");
        return new ChatRequest(model, prompt, orientation instanceof String text ? text : "portrait", reportedSid(messages));
    }

    private static String lastText(JsonArray messages, String role) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.getValue(i) instanceof JsonObject message && role.equals(message.getValue("role"))) {
                return text(message.getValue("content"));
            }
        }
        return null;
    }

    private static String text(Object content) {
        if (content instanceof JsonArray parts) {
            return parts.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                    .filter(part -> "text".equals(part.getValue("type")))
                    .map(part -> String.valueOf(part.getValue("text"))).collect(Collectors.joining("\n"));
        }
        return content == null ? "" : content.toString();
    }

    private static String reportedSid(JsonArray messages) {
        String report = lastText(messages, "assistant");
        String sid = null;
        if (report != null) {
            for (Matcher matcher = REPORTED_SID.matcher(report); matcher.find();) {
                sid = matcher.group(1);
            }
        }
        return sid;
    }
}
