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
package io.github.camelsora.internal.exchange;

import java.util.List;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.text.ForeignText;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Puts what an event knows into the headers of a message. What is not known is absent. */
public final class Headers {

    private static final List<String> ALL = List.of(
            SoraConstants.GENERATION_ID, SoraConstants.EVENT_TYPE, SoraConstants.EVENT_SEQUENCE, SoraConstants.REPLAYED,
            SoraConstants.TASK_ID, SoraConstants.PROGRESS, SoraConstants.VIDEO_URL, SoraConstants.THUMBNAIL_URL,
            SoraConstants.PREVIEW_URL, SoraConstants.SOURCE_URL, SoraConstants.VIDEO_ID, SoraConstants.GATEWAY,
            SoraConstants.RESPONSE_ID, SoraConstants.RESPONSE_MODEL, SoraConstants.FINISH_REASON,
            SoraConstants.PROMPT_TOKENS, SoraConstants.COMPLETION_TOKENS, SoraConstants.TOTAL_TOKENS,
            SoraConstants.OUTCOME, SoraConstants.FAILURE_REASON);

    private Headers() {
    }

    /** Removes what an earlier step of the route left; not the time, which other components set too. */
    public static void clear(Message message) {
        ALL.forEach(message::removeHeader);
    }

    /** Removes the headers that a step has used. */
    public static void remove(Message message, List<String> used) {
        used.forEach(message::removeHeader);
    }

    /** Sets body and headers of a reply. */
    public static void writeReply(SoraEvent event, Message message) {
        message.setBody(event);
        write(event, message);
    }

    /** Sets the headers of an event. */
    public static void write(SoraEvent event, Message message) {
        set(message, SoraConstants.EVENT_TYPE, event.getType().name());
        set(message, SoraConstants.EVENT_SEQUENCE, event.getSequence());
        write(event.facts(), message);
        SoraOutcome outcome = event.getOutcome();
        if (outcome != null) {
            write(outcome, event.getReason(), message);
        }
    }

    /** Sets what an exception knows, where an attempt only fails again: a dead letter keeps its generation and its task. */
    public static void write(SoraException failure, Message message) {
        clear(message);
        write(failure.facts(), message);
        write(failure.getOutcome(), failure.getReason(), message);
    }

    /** Sets what is known of a video, in place of what an earlier step left of another one. */
    static void writeVideo(SoraFacts facts, Message message) {
        clear(message);
        write(facts, message);
        message.removeHeader(SoraConstants.PROGRESS);
    }

    /** Sets which generation it is that the message belongs to, where the route goes on before its end. */
    static void writeId(String generationId, Message message) {
        clear(message);
        set(message, SoraConstants.GENERATION_ID, generationId);
    }

    private static void write(SoraFacts facts, Message message) {
        set(message, SoraConstants.GENERATION_ID, facts.generationId());
        set(message, SoraConstants.MESSAGE_TIMESTAMP, facts.time());
        set(message, SoraConstants.TASK_ID, facts.taskId());
        set(message, SoraConstants.PROGRESS, facts.progress());
        set(message, SoraConstants.VIDEO_URL, facts.videoUrl());
        set(message, SoraConstants.THUMBNAIL_URL, facts.thumbnailUrl());
        set(message, SoraConstants.PREVIEW_URL, facts.previewUrl());
        set(message, SoraConstants.SOURCE_URL, facts.sourceUrl());
        set(message, SoraConstants.VIDEO_ID, facts.videoId());
        set(message, SoraConstants.GATEWAY, facts.gateway());
        set(message, SoraConstants.RESPONSE_ID, ForeignText.clean(facts.responseId()));
        set(message, SoraConstants.RESPONSE_MODEL, ForeignText.clean(facts.responseModel()));
        set(message, SoraConstants.FINISH_REASON, ForeignText.clean(facts.finishReason()));
        SoraUsage usage = facts.usage();
        if (usage != null) {
            set(message, SoraConstants.PROMPT_TOKENS, usage.promptTokens());
            set(message, SoraConstants.COMPLETION_TOKENS, usage.completionTokens());
            set(message, SoraConstants.TOTAL_TOKENS, usage.totalTokens());
        }
    }

    private static void write(SoraOutcome outcome, @Nullable String reason, Message message) {
        set(message, SoraConstants.OUTCOME, outcome.name());
        set(message, SoraConstants.FAILURE_REASON, ForeignText.clean(reason));
    }

    private static void set(Message message, String name, @Nullable Object value) {
        if (value != null) {
            message.setHeader(name, value);
        }
    }
}
