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
package io.github.camelsora.internal.chat;

import java.util.List;

import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.json.ErrorDetails;

/**
 * What one payload of a chat-completions stream says; {@code null} where it says nothing. Only the first choice counts.
 * {@code toString} shows no text.
 *
 * @param id of the chat completion; foreign text, cleaned
 * @param model that the gateway says it used; foreign text, cleaned
 * @param text the next piece of the report, unchanged; may be empty
 * @param reasoningText the next piece of what some gateways report beside it, unchanged; may be empty
 * @param finishReason why the choice ended, in the gateway's spelling ({@code stop}, {@code STOP}); foreign text, cleaned
 * @param usage tokens
 * @param error what went wrong
 * @param outputUrls links of videos outside the text, never {@code null}
 */
public record ChatChunk(String id, String model, String text, String reasoningText, String finishReason, SoraUsage usage,
        ErrorDetails error, List<String> outputUrls) {

    /** The payload {@code [DONE]}. Compare with {@code ==}: another chunk may say as little. */
    public static final ChatChunk DONE = new ChatChunk(null, null, null, null, null, null, null, List.of());
    /** A payload that is no JSON object. Compare with {@code ==}: another chunk may say as little. */
    public static final ChatChunk MALFORMED = new ChatChunk(null, null, null, null, null, null, null, List.of());

    @Override
    public String toString() {
        if (this == DONE || this == MALFORMED) {
            return this == DONE ? "ChatChunk[DONE]" : "ChatChunk[MALFORMED]";
        }
        return "ChatChunk[id " + id + ", model " + model + ", finish reason " + finishReason + ", " + usage
                + (error == null ? "]" : ", error]");
    }
}
