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

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/**
 * How a generation completes its exchange: with its result ({@link ResultCompletion}), or with its events as the body
 * ({@link StreamingCompletion}). One per producer; thread-safe.
 */
public sealed interface Completion permits ResultCompletion, StreamingCompletion {

    /**
     * Makes an exchange wait for a generation that is about to start.
     *
     * @param attempt told how the generation ends
     * @param callback called exactly once, asynchronously, when the exchange may continue
     */
    WaitingExchange await(Exchange exchange, Attempt attempt, AsyncCallback callback);

    /**
     * Gives the exchange what a redelivered step has got already: its video, or the events of its generation.
     *
     * @return whether there is anything; if not, nothing has been changed
     */
    boolean repeat(Exchange exchange, PaidAttempt attempt);
}
