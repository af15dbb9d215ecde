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

import io.github.camelsora.internal.delivery.EventIterator;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Hears of each redelivery from Camel itself, because a step cannot see it: headers and properties that say so can be removed,
 * and only the error handler knows which node it repeats. Also hears which calls of sub routes have returned.
 */
public final class RedeliveryListener extends EventNotifierSupport implements OwnEventNotifier {

    public RedeliveryListener() {
        setIgnoreCamelContextInitEvents(true);
        setIgnoreCamelContextEvents(true);
        setIgnoreRouteEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
        setIgnoreExchangeCreatedEvent(true);
        setIgnoreExchangeCompletedEvent(true);
        setIgnoreExchangeAsyncProcessingStartedEvents(true);
    }

    /** Also the event before a step sends: Camel tells the one after it only to those who want both. */
    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.ExchangeSendingEvent || event instanceof CamelEvent.ExchangeSentEvent
                || event instanceof CamelEvent.ExchangeRedeliveryEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof CamelEvent.ExchangeRedeliveryEvent redelivery) {
            redelivered(redelivery.getExchange(), redelivery.getAttempt());
        } else if (event instanceof CamelEvent.ExchangeSentEvent sent && sent.getExchange().getException() == null) {
            PaidAttempts.returned(sent.getExchange());
        }
    }

    private static void redelivered(Exchange exchange, int count) {
        PaidAttempts.redelivered(exchange, count);
        // Now the body is the one that the redelivered node has read before.
        if (exchange.getMessage().getBody() instanceof EventIterator events) {
            events.rewind();
        }
    }
}
