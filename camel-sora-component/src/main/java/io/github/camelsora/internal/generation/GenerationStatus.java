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

import org.jspecify.annotations.Nullable;

/**
 * What one generation is at, for operators. Has no prompt, no link and no key.
 *
 * @param id the id of the generation
 * @param gateway the name of the gateway
 * @param model the model as requested, or {@code null} where it is not known
 * @param taskId the gateway's id of the task, or {@code null} as long as it is not known
 * @param stage how far it is
 * @param progress percent, or {@code null} before the first percentage
 */
public record GenerationStatus(String id, String gateway, @Nullable String model, @Nullable String taskId, Stage stage,
        @Nullable Integer progress) {

    /** How far a generation is. */
    public enum Stage {
        /** It has begun, and the gateway has told nothing of a task yet. */
        STARTED,
        /** The gateway has named the task. */
        SUBMITTED,
        /** The task waits. */
        QUEUED,
        /** The video is being made. */
        GENERATING,
        /** The stream is lost, and the task is polled. */
        RECOVERING
    }

    /** Whether an operator's id means this generation: its own id, or the one of its task. */
    public boolean is(String anyId) {
        return anyId.equals(id) || anyId.equals(taskId);
    }
}
