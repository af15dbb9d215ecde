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

import java.util.concurrent.RejectedExecutionException;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.internal.delivery.EventIterator;
import io.github.camelsora.internal.exchange.SoraHeaders;
import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.generation.GenerationListener;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * {@code streaming=true}: the exchange goes on as soon as the gateway has taken the request, with the events as its body.
 * A generation that ends before that fails the exchange. The end of the exchange closes the connection.
 */
final class SoraStreamingReplies extends SoraReplies {

    SoraStreamingReplies(SoraEndpoint endpoint, SoraRuntime runtime) {
        super(endpoint, runtime);
    }

    @Override
    Generation generation(GenerationRequest request, TaskReference known, Exchange exchange, SoraAttempt attempt,
            AsyncCallback callback) {
        Streaming streaming = new Streaming(exchange, attempt, callback);
        // Events go straight from the I/O thread into the iterator's queue: the workers may all be waiting in next().
        Generation.Builder generation = Generation.of(request, Runnable::run, streaming).events(streaming.events)
                .stopOnException(options.isStopOnException());
        streaming.generation = known == null ? generation.recovery(recovery()).build() : generation.task(known).build();
        return streaming.generation;
    }

    private final class Streaming implements GenerationListener {

        private final Exchange exchange;
        private final SoraAttempt attempt;
        private final AsyncCallback callback;
        private final EventIterator events = new EventIterator(this::taken, this::close);
        private Generation generation;
        private boolean continued;

        Streaming(Exchange exchange, SoraAttempt attempt, AsyncCallback callback) {
            this.exchange = exchange;
            this.attempt = attempt;
            this.callback = callback;
        }

        @Override
        public void accepted() {
            goOn(() -> {
                SoraHeaders.clear(exchange.getMessage());
                exchange.getMessage().setBody(events);
                exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                    @Override
                    public void onDone(Exchange done) {
                        events.close();
                    }
                });
            });
        }

        @Override
        public void ended(GenerationResult result) {
            runtime.ended(generation);
            if (result instanceof GenerationResult.Failed failed) {
                events.failed(failed.exception());
            }
            goOn(() -> settle(exchange, attempt, result));
        }

        private void goOn(Runnable change) {
            synchronized (this) {
                if (continued) {
                    return;
                }
                continued = true;
            }
            Runnable onward = () -> {
                change.run();
                callback.done(false);
            };
            try {
                workers.execute(onward);
            } catch (RejectedExecutionException e) {
                onward.run();
            }
        }

        private void taken(SoraEvent event) {
            if (event instanceof SoraEvent.Completed completed) {
                attempt.succeeded();
                remember(exchange, completed.result());
            }
        }

        private void close() {
            generation.cancel("its events are read no more");
        }
    }
}
