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

import io.github.camelsora.event.SoraEvent;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.CamelEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event of a generation, as Camel's event notifiers get it: of the type {@link CamelEvent.Type#Custom}, one for each
 * {@link SoraEvent}, in order for each generation, on worker threads. A notifier holds up no generation.
 */
public final class SoraCamelEvent implements CamelEvent {

    private final Endpoint source;
    private final SoraEvent event;
    private final String exchangeId;
    private final @Nullable String routeId;
    private long timestamp;

    SoraCamelEvent(Endpoint source, SoraEvent event, String exchangeId, @Nullable String routeId) {
        this.source = source;
        this.event = event;
        this.exchangeId = exchangeId;
        this.routeId = routeId;
        Long time = event.getTime();
        this.timestamp = time == null ? 0 : time;
    }

    @Override
    public Type getType() {
        return Type.Custom;
    }

    /** The endpoint that the generation belongs to. */
    @Override
    public Endpoint getSource() {
        return source;
    }

    /** What has happened. */
    public SoraEvent getEvent() {
        return event;
    }

    /** The exchange that waits for the generation. */
    public String getExchangeId() {
        return exchangeId;
    }

    /** The route that the exchange is in, or {@code null} if it is in none. */
    public @Nullable String getRouteId() {
        return routeId;
    }

    @Override
    public long getTimestamp() {
        return timestamp;
    }

    @Override
    public void setTimestamp(long timestamp) {
        this.timestamp = timestamp;
    }

    /** Shows no prompt and no link. */
    @Override
    public String toString() {
        return "SoraCamelEvent[" + event.getType() + " of generation " + event.getGenerationId() + "]";
    }
}
