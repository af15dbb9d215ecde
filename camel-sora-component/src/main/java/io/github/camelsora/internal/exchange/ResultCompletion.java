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
import java.util.function.Function;

import io.github.camelsora.internal.delivery.EventSink;
import io.github.camelsora.internal.generation.GenerationResult;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** Continues the exchange with the final result, after all events have been sent to those who listen. */
public final class ResultCompletion implements Completion {

    private final Executor workers;
    private final Function<Exchange, EventSink> listeners;
    private final ResultWriter writer;

    /**
     * @param workers on which routes go on
     * @param listeners the sink for the events of an exchange, or {@code null} if nobody listens
     */
    public ResultCompletion(Executor workers, Function<Exchange, EventSink> listeners, ConversationMemory memory) {
        this.workers = workers;
        this.listeners = listeners;
        this.writer = new ResultWriter(memory);
    }

    @Override
    public WaitingExchange await(Exchange exchange, Attempt attempt, AsyncCallback callback) {
        EventSink sink = listeners.apply(exchange);
        return new WaitingExchange() {
            @Override
            public EventSink sink() {
                return sink;
            }

            @Override
            public Executor workers() {
                return workers;
            }

            @Override
            public void ended(GenerationResult result) {
                writer.write(result, exchange, attempt);
                callback.done(false);
            }
        };
    }
}
