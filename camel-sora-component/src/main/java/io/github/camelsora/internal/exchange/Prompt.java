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
import java.util.Map;

import io.github.camelsora.event.SoraMessage;
import org.jspecify.annotations.Nullable;

/**
 * What one message of a route asks for. {@code toString} shows no text.
 *
 * @param messages at least one, the user's last
 * @param model that its native request body names, or {@code null}
 * @param fields of the request for this message alone
 */
public record Prompt(List<SoraMessage> messages, @Nullable String model, Map<String, @Nullable Object> fields) {

    /** The text of the last message. */
    String text() {
        return messages.get(messages.size() - 1).text();
    }

    @Override
    public String toString() {
        return "Prompt[" + messages.size() + " messages]";
    }
}
