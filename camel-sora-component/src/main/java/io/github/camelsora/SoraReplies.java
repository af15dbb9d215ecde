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

import java.util.concurrent.Executor;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.delivery.ReplySender;
import io.github.camelsora.internal.exchange.SoraHeaders;
import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.generation.GenerationListener;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceSupport;

/**
 * What becomes of a generation for its exchange. This one continues the exchange with the final result, and sends the
 * events to {@code streamRepliesTo} if that is set; {@link SoraStreamingReplies} makes them the body.
 */
class SoraReplies extends ServiceSupport {

    final SoraEndpoint endpoint;
    final SoraConfiguration options;
    final SoraRuntime runtime;
    final Executor workers;
    private final TaskRecovery recovery;
    private DefaultProducerCache producers;
    private Endpoint repliesTo;

    SoraReplies(SoraEndpoint endpoint, SoraRuntime runtime) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.runtime = runtime;
        this.workers = runtime.workers(options);
        Gateway gateway = new GatewayChoice(endpoint.getComponent(), options).resolveWithoutKey();
        this.recovery = options.isRecoveryEnabled() ? runtime.recovery(gateway, options) : null;
    }

    static SoraReplies of(SoraEndpoint endpoint, SoraRuntime runtime) {
        return endpoint.getConfiguration().isStreaming() ? new SoraStreamingReplies(endpoint, runtime)
                : new SoraReplies(endpoint, runtime);
    }

    /**
     * A generation whose end completes the exchange, once.
     *
     * @param known what is known of its task, or {@code null} for a new one
     */
    Generation generation(GenerationRequest request, TaskReference known, Exchange exchange, SoraAttempt attempt,
            AsyncCallback callback) {
        Ending ending = new Ending(exchange, attempt, callback);
        Generation.Builder generation = Generation.of(request, workers, ending).stopOnException(options.isStopOnException());
        if (repliesTo != null) {
            generation.events(new ReplySender(producers, repliesTo, exchange, options.isInheritExchangePropertiesForReplies(),
                    SoraHeaders::writeReply));
        }
        ending.generation = known == null ? generation.recovery(recovery).build() : generation.task(known).build();
        return ending.generation;
    }

    /** Puts the end of a generation on its exchange. */
    void settle(Exchange exchange, SoraAttempt attempt, GenerationResult result) {
        SoraHeaders.write(result.event(), exchange.getMessage());
        if (result instanceof GenerationResult.Failed failed) {
            attempt.failed(failed.exception());
            exchange.setException(failed.exception());
        } else if (result instanceof GenerationResult.Completed completed) {
            attempt.succeeded();
            remember(exchange, completed.video());
            exchange.getMessage().setBody(completed.video());
        }
    }

    /** How tasks are followed, or {@code null} if recovery is off. */
    TaskRecovery recovery() {
        return recovery;
    }

    void remember(Exchange exchange, SoraVideo video) {
        if (options.isConversationMemory()) {
            exchange.setProperty(options.getConversationHistoryProperty(), video.messages());
        }
    }

    @Override
    protected void doStart() throws Exception {
        if (options.getStreamRepliesTo() != null) {
            repliesTo = CamelContextHelper.getMandatoryEndpoint(endpoint.getCamelContext(), options.getStreamRepliesTo());
            producers = new DefaultProducerCache(this, endpoint.getCamelContext(), 1);
            producers.start();
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (producers != null) {
            producers.stop();
        }
    }

    private final class Ending implements GenerationListener {

        private final Exchange exchange;
        private final SoraAttempt attempt;
        private final AsyncCallback callback;
        private Generation generation;

        Ending(Exchange exchange, SoraAttempt attempt, AsyncCallback callback) {
            this.exchange = exchange;
            this.attempt = attempt;
            this.callback = callback;
        }

        @Override
        public void ended(GenerationResult result) {
            runtime.ended(generation);
            settle(exchange, attempt, result);
            callback.done(false);
        }
    }
}
