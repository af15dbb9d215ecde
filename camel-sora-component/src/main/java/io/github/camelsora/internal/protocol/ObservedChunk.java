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
package io.github.camelsora.internal.protocol;

import io.github.camelsora.internal.chat.ChatChunk;

/** What one chunk of a chat-completions stream says of the task. */
public record ObservedChunk(ChatChunk chunk) implements GenerationProtocol.Observation {

    @Override
    public void tell(TaskListener task) {
        task.completion(chunk.id(), chunk.model(), chunk.finishReason(), chunk.usage());
        if (chunk.error() != null) {
            task.failed(chunk.error());
        }
        if (chunk.thinking() != null) {
            task.thinking(chunk.thinking());
        }
        if (chunk.text() != null) {
            task.report(chunk.text());
        }
        for (int i = 0; i < chunk.videos().size(); i++) {
            task.video(chunk.videos().get(i));
        }
    }
}
