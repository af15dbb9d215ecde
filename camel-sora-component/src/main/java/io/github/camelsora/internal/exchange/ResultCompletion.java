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

import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.generation.GenerationBuilder;
import io.github.camelsora.internal.generation.GenerationResult;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Continues the exchange with the final result, after all events have been sent to those who listen. */
public final class ResultCompletion implements Completion {

    private final Executor workers;
    private final @Nullable ReplyEndpoint replies;
    private final ResultWriter writer;

    /**
     * @param workers on which routes go on
     * @param replies gets the events, or is {@code null} if nobody does
     */
    public ResultCompletion(Executor workers, @Nullable ReplyEndpoint replies, ConversationMemory memory) {
        this.workers = workers;
        this.replies = replies;
        this.writer = new ResultWriter(memory);
    }

    @Override
    public WaitingExchange await(Exchange exchange, Attempt attempt, AsyncCallback callback) {
        return new WaitingExchange() {
            @Override
            public Executor workers() {
                return workers;
            }

            @Override
            public Generation build(GenerationBuilder builder) {
                return (replies == null ? builder : builder.events(replies.listener(exchange))).build();
            }

            @Override
            public void ended(GenerationResult result) {
                Continuation.of(exchange, () -> writer.write(result, exchange, attempt), callback);
            }
        };
    }

    @Override
    public boolean repeat(Exchange exchange, PaidAttempt attempt) {
        GenerationResult.Completed video = attempt.video();
        if (video == null) {
            return false;
        }
        Headers.clear(exchange.getMessage());
        writer.write(video, exchange, attempt);
        return true;
    }
}
