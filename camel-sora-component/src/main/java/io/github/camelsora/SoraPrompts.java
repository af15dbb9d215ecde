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

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.Message;

/** Reads messages from what routes hold: text, files and streams, messages, and the maps that YAML and JSON make of them. */
final class SoraPrompts {

    private SoraPrompts() {
    }

    /**
     * The prompt in a message's body; the last message is the user's.
     *
     * @throws IllegalArgumentException if there is none
     */
    static List<SoraMessage> prompt(Message message) {
        Object body = message.getBody();
        if (body instanceof SoraMessage || body instanceof List) {
            List<SoraMessage> messages = messages(body);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("There is no prompt: the body is an empty list of messages");
            }
            return messages;
        }
        if (body instanceof SoraVideo || body instanceof SoraEvent) {
            throw new IllegalArgumentException("There is no prompt: the body is a " + body.getClass().getSimpleName()
                    + "; to change a video, give it as header " + SoraConstants.REMIX_OF + " to sora:remix, and the change as body");
        }
        String prompt = message.getBody(String.class);
        if (prompt == null || prompt.isBlank()) {
            throw new IllegalArgumentException("There is no prompt: the body is " + (body == null ? "null" : "empty or not text ("
                    + body.getClass().getName() + ")") + "; give a String, a file, a stream or a list of SoraMessage");
        }
        return List.of(SoraMessage.user(prompt));
    }

    /**
     * The messages that a list holds, as they are or as maps of role and content. {@code null} is none.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static List<SoraMessage> messages(Object value) {
        List<SoraMessage> messages = new ArrayList<>();
        for (Object element : value == null ? List.of() : value instanceof List<?> list ? list : List.of(value)) {
            if (element instanceof SoraMessage message) {
                messages.add(message);
            } else if (element instanceof Map<?, ?> map && map.get("role") instanceof String role) {
                messages.add(new SoraMessage(role, map.get("content")));
            } else {
                throw new IllegalArgumentException("A conversation is a list of SoraMessage, or of maps with role and content; it holds "
                        + (element == null ? "null" : "a " + element.getClass().getName()));
            }
        }
        return messages;
    }
}
