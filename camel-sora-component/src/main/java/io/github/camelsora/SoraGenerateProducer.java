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
import java.util.function.Supplier;

import io.github.camelsora.internal.exchange.Conversation;
import io.github.camelsora.internal.exchange.GenerationRequests;
import io.github.camelsora.internal.exchange.Headers;
import io.github.camelsora.internal.exchange.PaidAttempt;
import io.github.camelsora.internal.exchange.Prompt;
import io.github.camelsora.internal.exchange.Prompts;
import io.github.camelsora.internal.exchange.RequestKey;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.TaskJournal;
import io.github.camelsora.internal.http.CanonicalHostName;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.ledger.ClaimedTask;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.text.Sha256;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code sora:generate}: one generation per exchange. Returns at once; the exchange goes on on a worker thread. */
class SoraGenerateProducer extends SoraProducer {

    private static final Logger LOG = LoggerFactory.getLogger(SoraGenerateProducer.class);

    private static final List<String> USED_HEADERS = List.of(SoraConstants.IMAGE_URL, SoraConstants.BODY_PROPERTIES);

    private @Nullable RequestKey requestKey;

    SoraGenerateProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            followComponent();
            PaidAttempt attempt = PaidAttempt.begin(exchange, task -> canFollow(exchange, task));
            if (completion().repeat(exchange, attempt)) {
                Headers.remove(exchange.getMessage(), usedHeaders());
                callback.done(true);
                return true;
            }
            TaskReference lost = attempt.lostTask();
            GatewayServices gateway = at(gateway(exchange));
            Conversation conversation = conversation(exchange);
            String key = RequestKey.in(exchange, requestKey);
            GenerationRequest request = gateway.requests().ask(attempt.generationId(key), exchange.getMessage(), conversation);
            Beginning beginning = beginning(gateway, request, lost, key == null ? "" : hash(request, conversation.prompt()),
                    () -> ask(gateway, request, conversation.prompt()));
            Headers.clear(exchange.getMessage());
            // Before the start: from then on the exchange belongs to another thread. A redelivery gets them back from Camel.
            Headers.remove(exchange.getMessage(), usedHeaders());
            attempt.starts(() -> start(exchange, gateway, request, beginning.protocol(),
                    completion().await(exchange, attempt, callback),
                    generation -> generation.journal(beginning.journal()).recovery(gateway.recovery())));
            return false;
        } catch (Throwable e) {
            Headers.remove(exchange.getMessage(), usedHeaders());
            return failed(exchange, e, callback);
        }
    }

    /** How a generation begins, and what remembers it. */
    private record Beginning(GenerationProtocol protocol, TaskJournal journal) {
    }

    /** Claims the key first, unless the id is new, and nobody else can ask for it. */
    private Beginning beginning(GatewayServices gateway, GenerationRequest request, TaskReference lost, String requestHash,
            Supplier<GenerationProtocol> begins) {
        if (requestHash.isEmpty() && lost.isEmpty() && gateway.unclaimed() != null) {
            return new Beginning(begins.get(), gateway.unclaimed());
        }
        ClaimedTask task = claim(gateway.gateway(), request, lost, requestHash, gateway.ways(lost.isEmpty(), begins));
        return new Beginning(task, task);
    }

    /** The headers that are for this step alone: a picture for one video must not go along into the next. */
    protected List<String> usedHeaders() {
        return USED_HEADERS;
    }

    /** Where to send it. */
    protected ResolvedGateway gateway(Exchange exchange) {
        return getEndpoint().gateway();
    }

    /** What to send: the prompt, after what this exchange has said before if it remembers. */
    protected Conversation conversation(Exchange exchange) {
        return Conversation.of(memory().earlier(exchange), Prompts.prompt(exchange.getMessage(), promptSource()));
    }

    private static GenerationProtocol ask(GatewayServices gateway, GenerationRequest request, Prompt prompt) {
        return gateway.ask(Objects.requireNonNull(request.model()), request.messages(), prompt.fields());
    }

    /** Tells one request from another of the same key; the gateway and the model may be others. */
    private static String hash(GenerationRequest request, Prompt prompt) {
        return Sha256.hex(SoraJson.write(List.of(request.messages(), prompt.fields())));
    }

    private boolean canFollow(Exchange exchange, TaskReference task) {
        try {
            return at(gateway(exchange)).canFollow(task);
        } catch (IllegalArgumentException e) {
            // The video that was to be changed is not on the message any more, and with it its gateway.
            return false;
        }
    }

    @Override
    protected void doStart() throws Exception {
        check(getEndpoint().gateway());
        requestKey = RequestKey.of(options().getRequestKey(), getEndpoint().getCamelContext());
        super.doStart();
    }

    private void check(ResolvedGateway gateway) {
        getEndpoint().requireKey(gateway);
        GenerationRequests.checkModel(gateway.chat().model());
    }

    @Override
    GatewayServices open(ResolvedGateway gateway, SoraRuntime current) {
        check(gateway);
        warnOfPlainHttp(gateway);
        warnOfNoModel(gateway);
        return new GatewayServices(gateway, requests(gateway), current.secrets(gateway, options()),
                current.observer(gateway, getEndpoint().getComponent().isHealthCheckProducerEnabled()),
                unclaimed(gateway, current), current.chats(gateway.chat(), options()),
                options().isRecoveryEnabled() ? current.recovery(gateway.tasks(), options()) : null);
    }

    private static void warnOfNoModel(ResolvedGateway gateway) {
        String model = gateway.chat().model();
        if (model == null || model.isBlank()) {
            LOG.warn("Gateway {} has no default model, so each message must name one in the header {}: set the option model, "
                    + "or camel.component.sora.gateways.{}.model", gateway.name(), SoraConstants.MODEL, gateway.name());
        }
    }

    private static void warnOfPlainHttp(ResolvedGateway gateway) {
        URI uri = gateway.chat().uri();
        if (uri.getScheme().equalsIgnoreCase("http") && !CanonicalHostName.isLoopback(uri.getHost())) {
            LOG.warn("Gateway {} is reached over plain http at {}: key and prompts travel in clear; use https",
                    gateway.name(), uri.getAuthority());
        }
    }
}
