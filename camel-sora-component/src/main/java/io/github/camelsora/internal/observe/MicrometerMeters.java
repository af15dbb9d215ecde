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
package io.github.camelsora.internal.observe;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.GenerationResult;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The meters of Micrometer. A message may name any model, so the tags {@code gateway} and {@code model} have at most
 * {@value #MAX_MODELS} different pairs; all further ones are the model {@code other}. The only class that needs the library,
 * together with the one that looks its registry up. Thread-safe.
 */
final class MicrometerMeters implements GenerationObserver {

    private static final String PREFIX = "camel.sora.";
    private static final int MAX_MODELS = 100;

    private final MeterRegistry registry;
    private final Map<Place, AtomicInteger> active = new ConcurrentHashMap<>();

    private record Place(String gateway, String model) {

        Tags tags() {
            return Tags.of("gateway", gateway, "model", model);
        }
    }

    MicrometerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void started(GenerationRequest request) {
        active(place(request)).incrementAndGet();
    }

    @Override
    public void notStarted(GenerationRequest request) {
        active(place(request)).decrementAndGet();
    }

    @Override
    public void ended(End end) {
        Place place = place(end.request());
        active(place).decrementAndGet();
        GenerationResult result = end.result();
        SoraEvent event = result.event();
        if (event == null) {
            return;
        }
        if (result.isRemembered()) {
            registry.counter(PREFIX + "generations.replayed", place.tags()).increment();
            return;
        }
        SoraException exception = result.exception();
        Timer.builder(PREFIX + "generations").description("Generations, from their start to their end")
                .tags(place.tags().and("outcome", exception == null ? "COMPLETED" : exception.getOutcome().name(),
                        "category", exception == null ? "NONE" : exception.getCategory().name()))
                .register(registry).record(end.took());
        if (end.recovered()) {
            registry.counter(PREFIX + "generations.recovered", place.tags()).increment();
        }
        if (end.toFirstEvent() != null) {
            Timer.builder(PREFIX + "first.event").description("From the start of a generation to the first thing that its "
                    + "gateway told").tags(place.tags()).register(registry).record(end.toFirstEvent());
        }
        countTokens(event.getUsage(), place.tags());
    }

    private void countTokens(@Nullable SoraUsage usage, Tags tags) {
        if (usage != null) {
            count("input", usage.promptTokens(), tags);
            count("output", usage.completionTokens(), tags);
        }
    }

    private void count(String type, @Nullable Integer tokens, Tags tags) {
        if (tokens != null && tokens > 0) {
            registry.counter(PREFIX + "tokens", tags.and("type", type)).increment(tokens);
        }
    }

    private Place place(GenerationRequest request) {
        String model = request.model();
        Place place = new Place(request.gateway(), model == null || model.isBlank() ? "unknown" : model);
        Set<Place> known = active.keySet();
        return known.contains(place) || known.size() < MAX_MODELS ? place : new Place(request.gateway(), "other");
    }

    /** At the end of a generation its place is the one of its start: known ones stay. */
    private AtomicInteger active(Place place) {
        return active.computeIfAbsent(place, added -> registry.gauge(PREFIX + "generations.active", added.tags(),
                new AtomicInteger()));
    }
}
