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

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationResult;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;

/** Puts the end of a generation on its exchange. */
final class ResultWriter {

    private final ConversationMemory memory;

    ResultWriter(ConversationMemory memory) {
        this.memory = memory;
    }

    /** Headers, and the video as body or the exception. */
    void write(GenerationResult result, Exchange exchange, Attempt attempt) {
        SoraEvent event = result.event();
        if (event != null) {
            Headers.write(event, exchange.getMessage());
        }
        if (result.isRemembered()) {
            exchange.getMessage().setHeader(SoraConstants.REPLAYED, true);
        }
        if (result instanceof GenerationResult.Invalid invalid) {
            attempt.invalid();
            exchange.setException(invalid.mistake());
        } else if (result instanceof GenerationResult.Failed failed) {
            attempt.failed(failed.exception());
            exchange.setException(failed.exception());
            if (failed.isStopped()) {
                forbidRedelivery(exchange);
            }
        } else if (result instanceof GenerationResult.Completed completed) {
            attempt.succeeded(completed);
            remember(completed.video(), exchange);
            exchange.getMessage().setBody(completed.video());
        }
    }

    /**
     * Lets {@code onException} handle the failure at once. Camel redelivers nothing that is marked for rollback; an exchange
     * that is marked as exhausted would not even reach {@code onException}. In a {@code doTry} nothing is redelivered anyway,
     * and the mark would end the route behind it.
     */
    static void forbidRedelivery(Exchange exchange) {
        if (!exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, Boolean.class)) {
            exchange.setRollbackOnly(true);
        }
    }

    /** What a video changes on the exchange besides its message. */
    void remember(SoraVideo video, Exchange exchange) {
        memory.remember(exchange, video);
    }
}
