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

    /** Shows no prompt. */
    @Override
    public String toString() {
        return "GenerationRequest[" + id + ", " + gateway + ", model " + model + "]";
    }
}
