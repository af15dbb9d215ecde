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
package io.github.camelsora.internal.delivery;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.camelsora.event.SoraEvent;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.spi.ProducerCache;
import org.jspecify.annotations.Nullable;

/**
 * Sends every event as a new exchange to an endpoint ({@code streamRepliesTo}). The exchange is InOnly, has a unit of work
 * of its own, the original's id as correlation id, and none of its headers: an inbound {@code Authorization} must not
 * leak into whatever the reply route calls.
 */
public final class ReplySender implements EventListener {

    private final ProducerCache producers;
    private final Supplier<Endpoint> target;
    private final Predicate<Endpoint> nobodyListens;
    private final Exchange original;
    private final boolean inheritProperties;
    private final BiConsumer<SoraEvent, Message> writer;

    /**
     * @param producers sends, and gives each exchange a unit of work
     * @param target the endpoint of the next event
     * @param nobodyListens whether an endpoint that an event went to has no consumer, which has been said
     * @param inheritProperties whether reply exchanges get the properties of the original
     * @param writer puts an event into a message
     */
    public ReplySender(ProducerCache producers, Supplier<Endpoint> target, Predicate<Endpoint> nobodyListens, Exchange original,
            boolean inheritProperties, BiConsumer<SoraEvent, Message> writer) {
        this.producers = producers;
        this.target = target;
        this.nobodyListens = nobodyListens;
        this.original = original;
        this.inheritProperties = inheritProperties;
        this.writer = writer;
    }

    @Override
    public void onEvent(SoraEvent event, Consumer<@Nullable Throwable> done) {
        Endpoint endpoint = target.get();
        Exchange reply = endpoint.createExchange(ExchangePattern.InOnly);
        if (inheritProperties) {
            original.getProperties().forEach(reply::setProperty);
        }
        reply.setProperty(Exchange.CORRELATION_ID, original.getExchangeId());
        writer.accept(event, reply.getMessage());
        try {
            producers.asyncSendExchange(endpoint, ExchangePattern.InOnly, null, null, reply, null)
                    .whenComplete((sent, failure) ->
                            done.accept(failure(failure == null ? reply.getException() : failure, endpoint)));
        } catch (Throwable e) {
            done.accept(e);
            ReactiveQueue.runWhatIsLeft(endpoint.getCamelContext());
        }
    }

    private @Nullable Throwable failure(@Nullable Throwable failure, Endpoint endpoint) {
        return failure != null && nobodyListens.test(endpoint) ? new NobodyListensException(endpoint.toString()) : failure;
    }
}
