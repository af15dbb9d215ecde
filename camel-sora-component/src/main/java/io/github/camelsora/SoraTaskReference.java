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

import java.util.Map;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Which task a message means: by a result or an event, also as JSON of another process; else by the headers; else by a task id
 * or a source link as body. The headers come before a body that is only text, because after a lost generation the body still
 * is the prompt.
 *
 * @param task what it can be found by
 * @param video the earlier result, or {@code null}
 */
record SoraTaskReference(TaskReference task, SoraVideo video) {

    /** @throws IllegalArgumentException if the message means no task */
    static SoraTaskReference of(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        SoraTaskReference typed = typed(body);
        if (typed != null) {
            return typed;
        }
        String taskId = message.getHeader(SoraConstants.TASK_ID, String.class);
        String sourceUrl = message.getHeader(SoraConstants.SOURCE_URL, String.class);
        if (taskId != null || sourceUrl != null) {
            return checked(taskId, sourceUrl);
        }
        String text = body == null ? "" : message.getBody(String.class);
        text = text == null ? "" : text.strip();
        if (text.startsWith("{")) {
            return json(text);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("There is no task to resume: give a SoraVideo, a SoraEvent, a task id or a "
                    + "source link as body, or the header " + SoraConstants.TASK_ID + " or " + SoraConstants.SOURCE_URL);
        }
        return Link.of(text) != null ? checked(null, text) : checked(text, null);
    }

    private static SoraTaskReference typed(Object body) {
        if (body instanceof SoraVideo video) {
            return of(video);
        }
        if (body instanceof SoraEvent event) {
            return of(event);
        }
        if (body instanceof Map<?, ?> map) {
            return json(SoraJson.write(map));
        }
        return null;
    }

    private static SoraTaskReference json(String json) {
        return SoraJson.isEvent(json) ? of(SoraJson.readEvent(json)) : of(SoraJson.readVideo(json));
    }

    private static SoraTaskReference of(SoraVideo video) {
        return new SoraTaskReference(task(video.taskId(), video.sourceUrl()), video);
    }

    private static SoraTaskReference of(SoraEvent event) {
        return new SoraTaskReference(task(event.getTaskId(), event.getSourceUrl()), event.getVideo());
    }

    private static SoraTaskReference checked(String taskId, String sourceUrl) {
        if (taskId != null && !TaskReference.isTaskId(taskId)) {
            throw new IllegalArgumentException("Not a task id: " + ForeignText.clean(taskId)
                    + "; a task id has 1 to 128 of the letters, digits and . _ : -");
        }
        if (sourceUrl != null && Link.of(sourceUrl) == null) {
            throw new IllegalArgumentException("Not a source link: an absolute http or https URI without user info is one");
        }
        return new SoraTaskReference(task(taskId, sourceUrl), null);
    }

    private static TaskReference task(String taskId, String sourceUrl) {
        if (taskId == null && sourceUrl == null) {
            throw new IllegalArgumentException("There is neither a task id nor a source link to resume by");
        }
        return new TaskReference(taskId, Link.of(sourceUrl));
    }
}
