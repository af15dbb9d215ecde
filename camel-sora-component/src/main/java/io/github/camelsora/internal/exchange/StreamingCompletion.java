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

import java.util.concurrent.Executor;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.internal.delivery.EventIterator;
import io.github.camelsora.internal.delivery.HandOff;
import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.generation.GenerationBuilder;
import io.github.camelsora.internal.generation.GenerationResult;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * {@code streaming=true}: continues the exchange as soon as the gateway has accepted the request, with the events as its body.
 * A generation that ends before that fails the exchange. The end of the exchange closes the connection.
 */
public final class StreamingCompletion implements Completion {

    private final Executor workers;
    private final ResultWriter writer;

    /** @param workers on which routes go on, a thread for each that waits in its iterator */
    public StreamingCompletion(Executor workers, ConversationMemory memory) {
        this.workers = workers;
        this.writer = new ResultWriter(memory);
    }

    @Override
    public WaitingExchange await(Exchange exchange, Attempt attempt, AsyncCallback callback) {
        return new Streaming(exchange, attempt, callback);
    }

    @Override
    public boolean repeat(Exchange exchange, PaidAttempt attempt) {
        EventIterator events = attempt.events();
        if (events == null) {
            return false;
        }
        events.rewind();
        Headers.writeId(attempt.generationId(), exchange.getMessage());
        exchange.getMessage().setBody(events);
        return true;
    }

    private final class Streaming implements WaitingExchange {

        private final Exchange exchange;
        private final Attempt attempt;
        private final AsyncCallback callback;
        private final EventIterator events = new EventIterator(this::taken, this::cancel);
        @SuppressWarnings("NullAway.Init") // set before the generation starts
        private Generation generation;
        private volatile GenerationResult.@Nullable Failed stopped;
        private boolean continued;

        Streaming(Exchange exchange, Attempt attempt, AsyncCallback callback) {
            this.exchange = exchange;
            this.attempt = attempt;
            this.callback = callback;
        }

        @Override
        public Generation build(GenerationBuilder builder) {
            generation = builder.events(events).build();
            return generation;
        }

        /** The I/O thread puts events into the iterator's queue itself: the workers may all be waiting in {@code next()}. */
        @Override
        public Executor workers() {
            return Runnable::run;
        }

        @Override
        public void accepted() {
            continueOnce(() -> {
                Headers.writeId(generation.id(), exchange.getMessage());
                exchange.getMessage().setBody(events);
                if (attempt instanceof PaidAttempt paid) {
                    paid.streams(events);
                }
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
            // Here and not when the events are read: a redelivery may come before that.
            if (result instanceof GenerationResult.Failed failed) {
                stopped = failed.isStopped() ? failed : null;
                attempt.failed(failed.exception());
                events.failed(failed.exception());
            } else if (result instanceof GenerationResult.Completed completed) {
                attempt.succeeded(completed);
            }
            continueOnce(() -> writer.write(result, exchange, attempt));
        }

        private void continueOnce(Runnable change) {
            synchronized (this) {
                if (continued) {
                    return;
                }
                continued = true;
            }
            HandOff.run(workers, () -> Continuation.of(exchange, change, callback));
        }

        private void taken(SoraEvent event) {
            if (event instanceof SoraEvent.Completed completed) {
                writer.remember(completed.result(), exchange);
            }
        }

        private void cancel() {
            generation.cancel("its events are read no more");
            // A splitter closes its iterator after it has put the exception of the iterator on the exchange. Not when the
            // exception is thrown: a processor may catch it, and the mark would end the route behind that processor.
            GenerationResult.Failed failed = stopped;
            if (failed != null && exchange.getException() == failed.exception()) {
                ResultWriter.forbidRedelivery(exchange);
            }
        }
    }
}
