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

import io.github.camelsora.internal.exchange.Completion;
import io.github.camelsora.internal.exchange.ConversationMemory;
import io.github.camelsora.internal.exchange.GenerationRequests;
import io.github.camelsora.internal.exchange.ReplyEndpoint;
import io.github.camelsora.internal.exchange.ResultCompletion;
import io.github.camelsora.internal.exchange.StreamingCompletion;
import io.github.camelsora.internal.exchange.WaitingExchange;
import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.service.ServiceHelper;

/** What the producers of all operations have in common: how their generations start, and how they complete their exchanges. */
abstract class SoraProducer extends DefaultAsyncProducer {

    private SoraRuntime runtime;
    private ConversationMemory memory;
    private GenerationRequests requests;
    private TaskRecovery recovery;
    private ReplyEndpoint replies;
    private Completion completion;

    SoraProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    /**
     * Starts a generation. The last thing that {@code process} does: from here on the generation completes the exchange.
     *
     * @param known the task that the generation goes on with; empty for a new one
     */
    final void start(GenerationRequest request, GenerationProtocol protocol, TaskReference known, WaitingExchange exchange) {
        runtime.generations().start(listener -> exchange.build(Generation.of(request, exchange.workers(), listener)
                .task(known).recovery(known.isEmpty() ? recovery : null)
                .stopOnException(options().isStopOnException())), exchange, protocol);
    }

    /** Completes an exchange for which nothing has been started. */
    static boolean failed(Exchange exchange, Exception e, AsyncCallback callback) {
        exchange.setException(e);
        callback.done(true);
        return true;
    }

    final SoraConfiguration options() {
        return getEndpoint().getConfiguration();
    }

    final SoraRuntime runtime() {
        return runtime;
    }

    final ConversationMemory memory() {
        return memory;
    }

    final GenerationRequests requests() {
        return requests;
    }

    /** How tasks are followed, or {@code null} if they are not. */
    final TaskRecovery recovery() {
        return recovery;
    }

    final Completion completion() {
        return completion;
    }

    @Override
    public SoraEndpoint getEndpoint() {
        return (SoraEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SoraConfiguration options = options();
        ResolvedGateway gateway = getEndpoint().gateway();
        runtime = getEndpoint().getComponent().runtime();
        requests = new GenerationRequests(gateway, options.getMaxHistoryMessages(), options.getMaxPayloadSize());
        memory = options.isConversationMemory() ? ConversationMemory.property(options.getConversationHistoryProperty())
                : ConversationMemory.NONE;
        // Resuming a task is following it, whatever the option says.
        boolean follows = options.isRecoveryEnabled() || getEndpoint().getOperation() == SoraOperation.resume;
        recovery = follows ? runtime.recovery(gateway.tasks(), options) : null;
        replies = options.getStreamRepliesTo() == null ? null : new ReplyEndpoint(getEndpoint().getCamelContext(),
                options.getStreamRepliesTo(), options.isInheritExchangePropertiesForReplies());
        ServiceHelper.startService(replies);
        completion = options.isStreaming() ? new StreamingCompletion(runtime.workers(options), memory)
                : new ResultCompletion(runtime.workers(options), replies, memory);
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(replies);
        super.doStop();
    }
}
