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

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.internal.delivery.HandOff;
import io.github.camelsora.internal.exchange.Headers;
import io.github.camelsora.internal.exchange.TaskToCancel;
import io.github.camelsora.internal.generation.GenerationResult;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * {@code sora:cancel}: ends a generation that runs in this process, and goes on with its last event. Asks no gateway: those
 * that stream chat completions have no way to be asked, and go on making what was paid for.
 */
final class SoraCancelProducer extends DefaultAsyncProducer {

    private final SoraEndpoint endpoint;

    SoraCancelProducer(SoraEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            SoraRuntime runtime = endpoint.getComponent().runtime();
            TaskToCancel task = TaskToCancel.in(exchange.getMessage());
            List<CompletableFuture<GenerationResult>> ends = runtime.generations().cancel(task::is);
            Executor workers = runtime.workers(endpoint.getConfiguration());
            if (ends.isEmpty()) {
                runtime.ledger(endpoint.getConfiguration()).find(task::find, (stored, failure) -> {
                    exchange.setException(failure == null ? task.notHere(stored) : failure);
                    HandOff.run(workers, () -> callback.done(false));
                });
            } else {
                CompletableFuture.allOf(ends.toArray(new CompletableFuture<?>[0])).whenComplete((all, failure) ->
                        HandOff.run(workers, () -> {
                            ended(ends, exchange);
                            callback.done(false);
                        }));
            }
            return false;
        } catch (Throwable e) {
            return SoraProducer.failed(exchange, e, callback);
        }
    }

    /** Several may have the same id: one that makes the video, and others that wait for it. */
    private static void ended(List<CompletableFuture<GenerationResult>> ends, Exchange exchange) {
        Headers.clear(exchange.getMessage());
        ends.stream().map(CompletableFuture::join).map(GenerationResult::event).filter(SoraEvent.class::isInstance)
                .map(SoraEvent.class::cast)
                .max(Comparator.comparing((SoraEvent event) -> event.getTaskId() != null).thenComparing(SoraEvent::getSequence))
                .ifPresent(event -> Headers.writeReply(event, exchange.getMessage()));
    }
}
