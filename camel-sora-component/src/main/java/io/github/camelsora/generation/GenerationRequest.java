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
package io.github.camelsora.generation;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.camelsora.chat.ChatRequest;
import io.github.camelsora.event.SoraMessage;

/**
 * What one generation asks for, and of whom.
 *
 * @param gateway name of the gateway
 * @param uri where the request goes
 * @param headers all headers of the request, the key included
 * @param chat the request's JSON
 * @param prompt the prompt, or the change that a remix asks for
 * @param limits when to give up
 */
public record GenerationRequest(String gateway, URI uri, Map<String, String> headers, ChatRequest chat, String prompt,
        Limits limits) {

    /**
     * When a stream is given up.
     *
     * @param readTimeout silence of the gateway, from the request on
     * @param requestTimeout the whole stream
     * @param maxPayloadSize bytes of one event, characters of one report
     */
    public record Limits(Duration readTimeout, Duration requestTimeout, int maxPayloadSize) {
    }

    String model() {
        return chat.model();
    }

    List<SoraMessage> messages() {
        return chat.messages();
    }

    /** Shows no key, no prompt. */
    @Override
    public String toString() {
        return "GenerationRequest[" + gateway + ", model " + model() + "]";
    }
}
