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
package io.github.camelsora.benchmarks;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/**
 * The routes of a load run: prompts become videos, and every event is noted down. All that is noted has its place before the
 * run begins but a {@link Tally} per generation (about 100 bytes with its entry), so that the run's heap is the component's.
 */
final class LoadRoutes extends RouteBuilder {

    static final String PROMPTS = "seda:prompts";

    private static final int EVENTS_PER_GENERATION = 16;

    private final int generations;
    private final Map<String, Tally> tallies;
    private final AtomicInteger arrived = new AtomicInteger();
    private final String[] taskIds;
    private final byte[] types;
    private final byte[] percents;
    private final long[] micros;
    private final AtomicInteger submitted = new AtomicInteger();
    private final AtomicInteger completed = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    LoadRoutes(int generations) {
        this.generations = generations;
        tallies = new ConcurrentHashMap<>(2 * generations);
        int room = generations * EVENTS_PER_GENERATION;
        taskIds = new String[room];
        types = new byte[room];
        percents = new byte[room];
        micros = new long[room];
    }

    @Override
    public void configure() {
        from(PROMPTS + "?size=" + generations)
                .onException(Exception.class).handled(true).process(this::failed).end()
                .to("sora:generate?streamRepliesTo=direct:events")
                .process(this::completed);
        from("direct:events").process(this::arrived);
    }

    private void arrived(Exchange exchange) {
        long now = EventTime.now();
        SoraEvent event = exchange.getMessage().getBody(SoraEvent.class);
        tally(exchange.getProperty(Exchange.CORRELATION_ID, String.class)).event(event);
        int index = arrived.getAndIncrement();
        if (index < micros.length) {
            taskIds[index] = event.getTaskId();
            types[index] = (byte) event.getType().ordinal();
            percents[index] = event.getType() == SoraEventType.PROGRESS ? event.getProgress().byteValue() : -1;
            micros[index] = now;
        }
        if (event.getType() == SoraEventType.SUBMITTED) {
            submitted.incrementAndGet();
        }
    }

    private void completed(Exchange exchange) {
        tally(exchange.getExchangeId()).completed();
        boolean video = exchange.getMessage().getBody() instanceof SoraVideo result && result.videoUrl() != null;
        (video ? completed : failed).incrementAndGet();
    }

    private void failed(Exchange exchange) {
        tally(exchange.getExchangeId()).completed();
        if (failed.incrementAndGet() == 1) {
            log.warn("The first failure: {}", exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class).toString());
        }
    }

    private Tally tally(String exchangeId) {
        return tallies.computeIfAbsent(exchangeId, id -> new Tally());
    }

    /** How many generations have a task id. */
    int submitted() {
        return submitted.get();
    }

    /** How many have a video. */
    int completed() {
        return completed.get();
    }

    /** How many have ended. */
    int ended() {
        return completed.get() + failed.get();
    }

    /** How many events have come. */
    int events() {
        return arrived.get();
    }

    Collection<Tally> tallies() {
        return tallies.values();
    }

    void forEachArrival(Consumer<EventTime> action) {
        for (int i = 0; i < Math.min(arrived.get(), micros.length); i++) {
            action.accept(new EventTime(taskIds[i], SoraEventType.values()[types[i]], percents[i], micros[i]));
        }
    }
}
