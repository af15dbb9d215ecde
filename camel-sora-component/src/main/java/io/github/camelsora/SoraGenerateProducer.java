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
import java.util.List;
import java.util.Objects;

import io.github.camelsora.internal.exchange.Conversation;
import io.github.camelsora.internal.exchange.GenerationRequests;
import io.github.camelsora.internal.exchange.Headers;
import io.github.camelsora.internal.exchange.PaidAttempt;
import io.github.camelsora.internal.exchange.Prompt;
import io.github.camelsora.internal.exchange.Prompts;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.http.CanonicalHostName;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.protocol.StreamingChats;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code sora:generate}: one generation per exchange. Returns at once; the exchange goes on on a worker thread. */
@SuppressWarnings("NullAway.Init") // fields are set by bind
class SoraGenerateProducer extends SoraProducer {

    private static final Logger LOG = LoggerFactory.getLogger(SoraGenerateProducer.class);

    private static final List<String> USED_HEADERS = List.of(SoraConstants.IMAGE_URL, SoraConstants.BODY_PROPERTIES);

    private StreamingChats chats;
    private @Nullable TaskRecovery recovery;

    SoraGenerateProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            followComponent();
            PaidAttempt attempt = PaidAttempt.begin(exchange, this::canFollow);
            if (completion().repeat(exchange, attempt)) {
                Headers.remove(exchange.getMessage(), usedHeaders());
                callback.done(true);
                return true;
            }
            TaskReference lost = attempt.lostTask();
            Conversation conversation = conversation(exchange);
            GenerationRequest request = requests().ask(exchange.getMessage(), conversation);
            GenerationProtocol protocol = lost.isEmpty() ? ask(request, conversation.prompt()) : resume(lost);
            Headers.clear(exchange.getMessage());
            // Before the start: from then on the exchange belongs to another thread. A redelivery gets them back from Camel.
            Headers.remove(exchange.getMessage(), usedHeaders());
            attempt.starts(() -> start(exchange, request, protocol, completion().await(exchange, attempt, callback),
                    generation -> generation.task(lost).recovery(lost.isEmpty() ? recovery : null)));
            return false;
        } catch (Throwable e) {
            Headers.remove(exchange.getMessage(), usedHeaders());
            return failed(exchange, e, callback);
        }
    }

    /** The headers that are for this step alone: a picture for one video must not go along into the next. */
    protected List<String> usedHeaders() {
        return USED_HEADERS;
    }

    /** What to send: the prompt, after what this exchange has said before if it remembers. */
    protected Conversation conversation(Exchange exchange) {
        return Conversation.of(memory().earlier(exchange), Prompts.prompt(exchange.getMessage(), promptSource()));
    }

    private GenerationProtocol ask(GenerationRequest request, Prompt prompt) {
        return chats.ask(Objects.requireNonNull(request.model()), request.messages(), prompt.fields());
    }

    private boolean canFollow(TaskReference task) {
        return recovery != null && recovery.canFollow(task);
    }

    private GenerationProtocol resume(TaskReference task) {
        return Objects.requireNonNull(recovery).resume(task);
    }

    @Override
    protected void doStart() throws Exception {
        ResolvedGateway gateway = getEndpoint().gateway();
        GatewayResolver.requireKey(gateway);
        GenerationRequests.checkModel(gateway.chat().model());
        warnOfPlainHttp(gateway);
        super.doStart();
    }

    @Override
    synchronized void bind(SoraRuntime current) {
        ResolvedGateway gateway = getEndpoint().gateway();
        chats = current.chats(gateway.chat(), options());
        recovery = options().isRecoveryEnabled() ? current.recovery(gateway.tasks(), options()) : null;
        super.bind(current);
    }

    private static void warnOfPlainHttp(ResolvedGateway gateway) {
        URI uri = gateway.chat().uri();
        if (uri.getScheme().equalsIgnoreCase("http") && !CanonicalHostName.isLoopback(uri.getHost())) {
            LOG.warn("Gateway {} is reached over plain http at {}: key and prompts travel in clear; use https",
                    gateway.name(), uri.getAuthority());
        }
    }
}
