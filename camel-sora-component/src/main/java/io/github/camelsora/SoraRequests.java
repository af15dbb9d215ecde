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

import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelsora.internal.chat.ChatRequest;
import io.github.camelsora.internal.exchange.Conversation;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.http.ApiKey;
import io.github.camelsora.internal.http.GatewayRequest;
import io.github.camelsora.internal.http.RequestHeaders;
import io.github.camelsora.internal.protocol.ChatCall;
import org.apache.camel.Message;

/** Builds the paid requests of one endpoint. Immutable. */
final class SoraRequests {

    private final Gateway gateway;
    private final SoraConfiguration options;
    private final URI uri;
    private final URI fallbackUri;
    private final RequestHeaders headers;
    private final Map<String, Object> bodyProperties = new LinkedHashMap<>();
    private final GatewayRequest.Limits limits;

    SoraRequests(Gateway gateway, SoraConfiguration options) {
        this.gateway = gateway;
        this.options = options;
        this.uri = gateway.chatCompletionsUri();
        this.fallbackUri = gateway.fallbackCompletionsUri();
        this.headers = headers(gateway, options);
        options.getAdditionalBodyProperty().forEach((name, value) -> bodyProperties.put(name, ChatRequest.jsonLiteral(value)));
        limits = new GatewayRequest.Limits(Duration.ofMillis(options.getStreamingReadTimeout()),
                Duration.ofMillis(options.getRequestTimeout()), options.getMaxPayloadSize());
    }

    private static RequestHeaders headers(Gateway gateway, SoraConfiguration options) {
        RequestHeaders.Builder headers = RequestHeaders.builder();
        ApiKey.of(gateway.getApiKey()).ifPresent(key -> headers.key(gateway.getApiKeyHeader(), key));
        options.getAdditionalHeader().forEach((name, value) -> headers.header(name, String.valueOf(value)));
        return headers.build();
    }

    /** @throws IllegalArgumentException if there is no model */
    GenerationRequest request(Message message, Conversation conversation) {
        String model = message.getHeader(SoraConstants.MODEL, gateway.getModel(), String.class);
        if (model == null || model.isBlank()) {
            throw new IllegalArgumentException("Gateway " + gateway.getName() + " has no default model: set the option "
                    + "model or the header " + SoraConstants.MODEL);
        }
        Conversation sent = conversation.trimmed(options.getMaxHistoryMessages());
        return new GenerationRequest(gateway.getName(), model, sent.prompt(), sent.messages(),
                options.getMaxPayloadSize());
    }

    /** @throws IllegalArgumentException if an additional body property is of a type that JSON does not know */
    ChatCall call(GenerationRequest request) {
        return new ChatCall(uri, fallbackUri, headers,
                new ChatRequest(request.model(), request.messages(), bodyProperties).toJson(), limits);
    }
}
