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
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.SoraLink;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Which task a message means: by a result or an event, also as JSON of another process; else by the headers; else by a task id
 * or a source link as body. The headers come before a body that is only text, because after a lost generation the body still
 * is the prompt.
 *
 * @param facts what is known of the task: its id, its source link, or both
 * @param video the earlier result, or {@code null}
 */
record SoraTaskReference(SoraFacts facts, SoraVideo video) {

    /** @throws IllegalArgumentException if the message means no task */
    static SoraTaskReference of(Exchange exchange, String gateway) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        SoraTaskReference typed = typed(body, gateway);
        if (typed != null) {
            return typed;
        }
        String taskId = message.getHeader(SoraConstants.TASK_ID, String.class);
        String sourceUrl = message.getHeader(SoraConstants.SOURCE_URL, String.class);
        if (taskId != null || sourceUrl != null) {
            return checked(gateway, taskId, sourceUrl);
        }
        String text = body == null ? "" : message.getBody(String.class);
        text = text == null ? "" : text.strip();
        if (text.startsWith("{")) {
            return json(text, gateway);
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("There is no task to resume: give a SoraVideo, a SoraEvent, a task id or a "
                    + "source link as body, or the header " + SoraConstants.TASK_ID + " or " + SoraConstants.SOURCE_URL);
        }
        return SoraLink.isLink(text) ? checked(gateway, null, text) : checked(gateway, text, null);
    }

    private static SoraTaskReference typed(Object body, String gateway) {
        if (body instanceof SoraVideo video) {
            return of(video, gateway);
        }
        if (body instanceof SoraEvent event) {
            return of(event, gateway);
        }
        if (body instanceof Map<?, ?> map) {
            return json(SoraJson.write(map), gateway);
        }
        return null;
    }

    private static SoraTaskReference json(String json, String gateway) {
        return SoraJson.isEvent(json) ? of(SoraJson.readEvent(json), gateway) : of(SoraJson.readVideo(json), gateway);
    }

    private static SoraTaskReference of(SoraVideo video, String gateway) {
        return new SoraTaskReference(facts(gateway, video.taskId(), video.sourceUrl()), video);
    }

    private static SoraTaskReference of(SoraEvent event, String gateway) {
        return new SoraTaskReference(facts(gateway, event.getTaskId(), event.getSourceUrl()), event.getVideo());
    }

    private static SoraTaskReference checked(String gateway, String taskId, String sourceUrl) {
        if (taskId != null && !SoraLink.isTaskId(taskId)) {
            throw new IllegalArgumentException("Not a task id: " + ForeignText.clean(taskId)
                    + "; a task id has 1 to 128 of the letters, digits and . _ : -");
        }
        if (sourceUrl != null && !SoraLink.isLink(sourceUrl)) {
            throw new IllegalArgumentException("Not a source link: an absolute http or https URI without user info is one");
        }
        return new SoraTaskReference(facts(gateway, taskId, sourceUrl), null);
    }

    private static SoraFacts facts(String gateway, String taskId, String sourceUrl) {
        if (taskId == null && sourceUrl == null) {
            throw new IllegalArgumentException("There is neither a task id nor a source link to resume by");
        }
        return new SoraFacts(0, gateway, taskId, null, null, null, null, sourceUrl, null, null, null, null, null);
    }
}
