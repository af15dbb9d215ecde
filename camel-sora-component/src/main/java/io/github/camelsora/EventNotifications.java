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

import java.util.List;
import java.util.concurrent.Executor;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.internal.delivery.EventDelivery;
import io.github.camelsora.internal.delivery.EventListener;
import io.github.camelsora.internal.delivery.ReplyLimit;
import io.github.camelsora.internal.exchange.OwnEventNotifier;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.support.ExchangeHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Camel's event notifiers of the events of one endpoint's generations. Builds nothing where there are none. They are told
 * by worker threads, each generation's events in order, beside the replies: what they do holds up no generation.
 */
final class EventNotifications {

    private static final Logger LOG = LoggerFactory.getLogger(EventNotifications.class);

    private final Endpoint endpoint;
    private final Executor workers;

    EventNotifications(Endpoint endpoint, Executor workers) {
        this.endpoint = endpoint;
        this.workers = workers;
    }

    /** Tells the events of an exchange's generation, or {@code null} if nobody wants to know. */
    @Nullable EventListener listener(Exchange exchange) {
        if (notifiers().stream().noneMatch(EventNotifications::mayWant)) {
            return null;
        }
        String exchangeId = exchange.getExchangeId();
        String routeId = ExchangeHelper.getRouteId(exchange);
        EventDelivery delivery = new EventDelivery((event, done) -> {
            tell(new SoraCamelEvent(endpoint, event, exchangeId, routeId));
            done.accept(null);
        }, workers, EventNotifications::failed, ReplyLimit.NONE);
        return (event, done) -> {
            delivery.add(event);
            delivery.deliver();
            done.accept(null);
        };
    }

    private List<EventNotifier> notifiers() {
        return endpoint.getCamelContext().getManagementStrategy().getStartedEventNotifiers();
    }

    private static boolean mayWant(EventNotifier notifier) {
        return !notifier.isDisabled() && !(notifier instanceof OwnEventNotifier);
    }

    private void tell(SoraCamelEvent event) {
        for (EventNotifier notifier : notifiers()) {
            try {
                if (mayWant(notifier) && notifier.isEnabled(event)) {
                    notifier.notify(event);
                }
            } catch (Exception e) {
                LOG.warn("Event notifier {} failed on {}", notifier, event, e);
            }
        }
    }

    private static void failed(SoraEvent event, Throwable failure) {
        LOG.warn("Event {} of generation {} was told to no notifier", event.getType(), event.getGenerationId(), failure);
    }
}
