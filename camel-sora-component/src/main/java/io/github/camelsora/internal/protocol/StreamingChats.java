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

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.internal.chat.ChatRequest;
import io.github.camelsora.internal.http.GatewayClient;
import io.github.camelsora.internal.http.GatewayRequest;
import io.github.camelsora.internal.http.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Asks one gateway for generations by streaming chat completions. One per endpoint: what it learns of the gateway's hosts
 * holds for all of the endpoint's requests. Thread-safe.
 */
public final class StreamingChats {

    private final GatewayClient client;
    private final ScheduledExecutorService timer;
    private final ChatTarget target;
    private final Settings settings;
    private final HostFailover hosts = new HostFailover(Clock.systemUTC());

    /**
     * What all requests have in common.
     *
     * @param bodyProperties further fields of the JSON; a string that is a JSON literal keeps its type
     * @param limits when a stream is given up
     */
    public record Settings(Map<String, Object> bodyProperties, GatewayRequest.Limits limits) {

        public Settings {
            Map<String, Object> typed = new LinkedHashMap<>();
            bodyProperties.forEach((name, value) -> typed.put(name, ChatRequest.jsonLiteral(value)));
            bodyProperties = typed;
        }
    }

    /**
     * @param timer runs what ends streams
     */
    public StreamingChats(GatewayClient client, ScheduledExecutorService timer, ChatTarget target, Settings settings) {
        this.client = client;
        this.timer = timer;
        this.target = target;
        this.settings = settings;
    }

    /**
     * A request that is ready to be sent.
     *
     * @param fields of this request, of plain JSON types; they override those of all requests
     * @throws IllegalArgumentException if a field is one that the component sets, or of a type that JSON does not know
     */
    public GenerationProtocol ask(String model, List<SoraMessage> messages, Map<String, @Nullable Object> fields) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>(settings.bodyProperties());
        all.putAll(fields);
        RequestBody body = new RequestBody(new ChatRequest(model, messages, all).toJson());
        ChatCall call = new ChatCall(target.uri(), target.fallbackUri(), target.headers(), body, settings.limits());
        return new StreamingChat(client, timer, hosts, call);
    }
}
