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
package io.github.camelsora.internal.generation;

import java.util.List;
import java.util.UUID;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;

/**
 * What one generation asks for, independent of the protocol.
 *
 * @param id the id of the generation, on all that it tells
 * @param gateway name of the gateway
 * @param model the model as requested, or {@code null} when resuming a task that another process started
 * @param prompt the prompt, or the change that a remix asks for; {@code null} where it is not known
 * @param messages the conversation up to the prompt
 */
public record GenerationRequest(String id, String gateway, @Nullable String model, @Nullable String prompt,
        List<SoraMessage> messages) {

    /** An id that no generation has had. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }

    /**
     * What is known of the video before anything was seen of it.
     *
     * @param task what it can be found by, if it exists
     */
    public SoraVideo known(TaskReference task) {
        Link source = task.source();
        return SoraVideo.builder().generationId(id).gateway(gateway).model(model).prompt(prompt).messages(messages)
                .taskId(task.taskId()).sourceUrl(source == null ? null : source.url()).build();
    }

    /** Shows no prompt. */
    @Override
    public String toString() {
        return "GenerationRequest[" + id + ", " + gateway + ", model " + model + "]";
    }
}
