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

import java.util.Map;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The task that a message asks to resume. It is named by a result or an event, also as JSON of another process; else by the
 * headers; else by a task id or a source link as body. The headers come before a body that is only text, because after a lost
 * generation the body still is the prompt.
 *
 * @param reference what the task can be found by: never empty
 * @param earlier the earlier result, or {@code null}
 */
public record TaskToResume(TaskReference reference, @Nullable SoraVideo earlier) {

    /** @throws IllegalArgumentException if there is nothing to find the task by */
    public TaskToResume {
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("There is neither a task id nor a source link to resume by");
        }
    }

    /** @throws IllegalArgumentException if the message names no task */
    public static TaskToResume in(Message message) {
        Object body = message.getBody();
        if (body instanceof SoraVideo video) {
            return of(video);
        }
        if (body instanceof SoraEvent event) {
            return of(event);
        }
        if (body instanceof Map<?, ?> map) {
            return ofJson(SoraJson.write(map));
        }
        String taskId = message.getHeader(SoraConstants.TASK_ID, String.class);
        String sourceUrl = message.getHeader(SoraConstants.SOURCE_URL, String.class);
        if (taskId != null || sourceUrl != null) {
            return new TaskToResume(new TaskReference(taskId(taskId), link(sourceUrl)), null);
        }
        return ofText(body == null ? null : message.getBody(String.class));
    }

    private static TaskToResume of(SoraVideo video) {
        return new TaskToResume(TaskReference.of(video.taskId(), video.sourceUrl()), video);
    }

    private static TaskToResume of(SoraEvent event) {
        return new TaskToResume(TaskReference.of(event.getTaskId(), event.getSourceUrl()), event.getVideo());
    }

    private static TaskToResume ofJson(String json) {
        return SoraJson.isEvent(json) ? of(SoraJson.readEvent(json)) : of(SoraJson.readVideo(json));
    }

    private static TaskToResume ofText(@Nullable String body) {
        String text = body == null ? "" : body.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("There is no task to resume: give a SoraVideo, a SoraEvent, a task id or a "
                    + "source link as body, or the header " + SoraConstants.TASK_ID + " or " + SoraConstants.SOURCE_URL);
        }
        if (text.startsWith("{")) {
            return ofJson(text);
        }
        Link link = Link.of(text);
        return new TaskToResume(new TaskReference(link == null ? taskId(text) : null, link), null);
    }

    private static @Nullable String taskId(@Nullable String text) {
        if (text != null && !TaskReference.isTaskId(text)) {
            throw new IllegalArgumentException("Not a task id: " + ForeignText.clean(text)
                    + "; a task id has 1 to 128 of the letters, digits and . _ : -");
        }
        return text;
    }

    private static @Nullable Link link(@Nullable String text) {
        Link link = Link.of(text);
        if (text != null && link == null) {
            throw new IllegalArgumentException("Not a source link: an absolute http or https URI without user info is one");
        }
        return link;
    }
}
