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
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.text.ForeignText;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** What the generations of one endpoint are about. Immutable. */
public final class GenerationRequests {

    private final ResolvedGateway gateway;
    private final int maxMessages;

    /** @param maxMessages of a conversation that is sent */
    public GenerationRequests(ResolvedGateway gateway, int maxMessages) {
        this.gateway = gateway;
        this.maxMessages = maxMessages;
    }

    /**
     * A new generation, of the model that the body or a header names, else the gateway's.
     *
     * @param id of the generation
     * @throws IllegalArgumentException if there is no model, or the text is none
     */
    public GenerationRequest ask(String id, Message message, Conversation conversation) {
        String asked = conversation.prompt().model();
        String model = asked != null ? asked : message.getHeader(SoraConstants.MODEL, gateway.chat().model(), String.class);
        if (model == null || model.isBlank()) {
            throw new IllegalArgumentException("Gateway " + gateway.name() + " has no default model: set the option "
                    + "model or the header " + SoraConstants.MODEL);
        }
        checkModel(model);
        Conversation sent = conversation.trimmed(maxMessages);
        return new GenerationRequest(id, gateway.name(), model, sent.prompt().text(), sent.messages());
    }

    /**
     * Checks the name of a model, which enters log lines and messages.
     *
     * @throws IllegalArgumentException if it has line breaks or other control characters, or is too long
     */
    public static void checkModel(@Nullable String model) {
        if (model != null && !model.equals(ForeignText.clean(model))) {
            throw new IllegalArgumentException("The model is none: it has at most " + ForeignText.MAX_LENGTH
                    + " characters and no control characters, such as line breaks; this one has " + model.length()
                    + " characters and begins with " + ForeignText.cleanOrNull(model, 40));
        }
    }

    /** A generation that exists already, of which nothing is sent. It keeps its id, if that is known. */
    public GenerationRequest resume(TaskToResume task) {
        String id = task.generationId() == null ? GenerationRequest.newId() : task.generationId();
        SoraVideo earlier = task.earlier();
        if (earlier == null) {
            return new GenerationRequest(id, gateway.name(), null, null, List.of());
        }
        List<SoraMessage> messages = earlier.messages();
        if (earlier.report() != null) {
            // The conversation up to the report, which is read anew.
            messages = messages.size() > 1 ? messages.subList(0, messages.size() - 1) : List.of();
        }
        return new GenerationRequest(id, gateway.name(), earlier.model(), earlier.prompt(), messages);
    }
}
