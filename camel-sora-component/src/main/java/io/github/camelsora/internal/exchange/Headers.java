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
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.text.ForeignText;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** Puts what an event knows into the headers of a message. What is not known is absent. */
public final class Headers {

    private static final List<String> ALL = List.of(SoraConstants.EVENT_TYPE, SoraConstants.EVENT_SEQUENCE,
            SoraConstants.TASK_ID, SoraConstants.PROGRESS, SoraConstants.VIDEO_URL, SoraConstants.THUMBNAIL_URL,
            SoraConstants.PREVIEW_URL, SoraConstants.SOURCE_URL, SoraConstants.VIDEO_ID, SoraConstants.GATEWAY,
            SoraConstants.RESPONSE_ID, SoraConstants.RESPONSE_MODEL, SoraConstants.FINISH_REASON,
            SoraConstants.PROMPT_TOKENS, SoraConstants.COMPLETION_TOKENS, SoraConstants.TOTAL_TOKENS, SoraConstants.OUTCOME,
            SoraConstants.FAILURE_REASON);

    private Headers() {
    }

    /** Removes what an earlier step of the route left. */
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

    public static void write(SoraEvent event, Message message) {
        set(message, SoraConstants.EVENT_TYPE, event.getType().name());
        set(message, SoraConstants.EVENT_SEQUENCE, event.getSequence());
        set(message, SoraConstants.TASK_ID, event.getTaskId());
        set(message, SoraConstants.PROGRESS, event.getProgress());
        set(message, SoraConstants.VIDEO_URL, event.getVideoUrl());
        set(message, SoraConstants.THUMBNAIL_URL, event.getThumbnailUrl());
        set(message, SoraConstants.PREVIEW_URL, event.getPreviewUrl());
        set(message, SoraConstants.SOURCE_URL, event.getSourceUrl());
        set(message, SoraConstants.VIDEO_ID, event.getVideoId());
        set(message, SoraConstants.GATEWAY, event.getGateway());
        set(message, SoraConstants.RESPONSE_ID, ForeignText.clean(event.getResponseId()));
        set(message, SoraConstants.RESPONSE_MODEL, ForeignText.clean(event.getResponseModel()));
        set(message, SoraConstants.FINISH_REASON, ForeignText.clean(event.getFinishReason()));
        SoraUsage usage = event.getUsage();
        if (usage != null) {
            set(message, SoraConstants.PROMPT_TOKENS, usage.promptTokens());
            set(message, SoraConstants.COMPLETION_TOKENS, usage.completionTokens());
            set(message, SoraConstants.TOTAL_TOKENS, usage.totalTokens());
        }
        set(message, SoraConstants.OUTCOME, event.getOutcome() == null ? null : event.getOutcome().name());
        set(message, SoraConstants.FAILURE_REASON, ForeignText.clean(event.getReason()));
    }

    /** Sets what an exception knows, where an attempt only fails again: a dead letter keeps its task. */
    public static void write(SoraException failure, Message message) {
        clear(message);
        set(message, SoraConstants.TASK_ID, failure.getTaskId());
        set(message, SoraConstants.SOURCE_URL, failure instanceof GenerationLostException lost ? lost.getSourceUrl() : null);
        set(message, SoraConstants.OUTCOME, failure.getOutcome().name());
        set(message, SoraConstants.FAILURE_REASON, ForeignText.clean(failure.getReason()));
    }

    private static void set(Message message, String name, @Nullable Object value) {
        if (value != null) {
            message.setHeader(name, value);
        }
    }
}
