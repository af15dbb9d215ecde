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
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * What one payload of a chat-completions stream says; {@code null} where it says nothing. Only the first choice counts.
 * {@code toString} shows no text.
 *
 * @param kind whether there is more to say
 * @param id of the chat completion; foreign text, cleaned
 * @param model that the gateway says it used; foreign text, cleaned
 * @param text the next piece of the report, unchanged; may be empty
 * @param thinking the next piece of what some gateways tell beside the report ({@code reasoning_content}), unchanged; may be
 *            empty
 * @param finishReason why the choice ended, in the gateway's spelling ({@code stop}, {@code STOP}); foreign text, cleaned
 * @param usage tokens
 * @param error what went wrong
 * @param videos links outside the text
 */
public record ChatChunk(Kind kind, @Nullable String id, @Nullable String model, @Nullable String text,
        @Nullable String thinking, @Nullable String finishReason, @Nullable SoraUsage usage, @Nullable ErrorDetails error,
        List<Link> videos) {

    /** What a payload is. */
    public enum Kind {
        /** A JSON object, or white space, which says nothing. */
        CHUNK,
        /** {@code [DONE]}: the end of the stream. */
        DONE,
        /** Neither: nobody can read it. */
        MALFORMED
    }

    static final ChatChunk EMPTY = new Builder().build();
    static final ChatChunk DONE = new Builder().build(Kind.DONE);
    static final ChatChunk MALFORMED = new Builder().build(Kind.MALFORMED);

    /** The same with another piece of the report. */
    ChatChunk withText(String other) {
        return new ChatChunk(kind, id, model, other, thinking, finishReason, usage, error, videos);
    }

    /** Whether this is a piece of the report, and says nothing else. */
    boolean isText() {
        return text != null && thinking == null && finishReason == null && usage == null && error == null && videos.isEmpty();
    }

    @Override
    public String toString() {
        return kind != Kind.CHUNK ? "ChatChunk[" + kind + "]" : "ChatChunk[id " + id + ", model " + model + ", finish reason "
                + finishReason + ", " + usage + (error == null ? "]" : ", error]");
    }

    /** Names what a chunk says. */
    static final class Builder {

        @Nullable String id;
        @Nullable String model;
        @Nullable String text;
        @Nullable String thinking;
        @Nullable String finishReason;
        @Nullable SoraUsage usage;
        @Nullable ErrorDetails error;
        List<Link> videos = List.of();

        ChatChunk build() {
            return build(Kind.CHUNK);
        }

        private ChatChunk build(Kind kind) {
            return new ChatChunk(kind, id, model, text, thinking, finishReason, usage, error, List.copyOf(videos));
        }
    }
}
