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
package io.github.camelsora.internal.generation;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.delivery.EventDelivery;
import io.github.camelsora.internal.delivery.EventListener;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import org.jspecify.annotations.Nullable;

/**
 * The events of one generation: makes them of what is known of the task, numbers them, gives them the time at which they were
 * seen, and queues them for delivery. Not thread-safe: the generation calls it under its lock.
 */
final class EventSequence {

    private final TaskKnowledge task;
    private final EventDelivery delivery;
    private final PendingWrites writes;
    private final Clock clock;
    private final boolean listening;
    private int sequence;
    /** Of {@link System#nanoTime}, and 0 before the first step. */
    private long firstStepNanos;

    EventSequence(GenerationBuilder builder, TaskKnowledge task, EventDelivery delivery, PendingWrites writes) {
        this.writes = writes;
        this.task = task;
        this.delivery = delivery;
        this.clock = builder.clock;
        this.listening = builder.events != EventListener.NOBODY;
    }

    /** Milliseconds since 1970-01-01T00:00Z. */
    long now() {
        return clock.millis();
    }

    /** When the gateway told something first, by {@link System#nanoTime}; 0 if it told nothing. */
    long firstStepNanos() {
        return firstStepNanos;
    }

    /**
     * Adds what became known. Called after a whole chunk was read, so SUBMITTED already has the task's links.
     *
     * @return whether anything was: most chunks say nothing new
     */
    boolean addSteps() {
        List<TaskSteps.Step> steps = task.takeSteps();
        if (firstStepNanos == 0 && !steps.isEmpty()) {
            firstStepNanos = System.nanoTime();
        }
        if (steps.isEmpty() || !listening && !writes.isRemembered()) {
            sequence += steps.size();
            return false;
        }
        SoraFacts facts = task.facts();
        writes.known(facts, task);
        if (!listening) {
            sequence += steps.size();
            return true;
        }
        Long now = now();
        for (TaskSteps.Step step : steps) {
            delivery.add(step.kind().apply(facts.at(++sequence, now, step.percent())));
        }
        return true;
    }

    /** Adds that the stream is lost, and polling goes on. */
    void addRecovering(GenerationLostException lost) {
        SoraFacts facts = task.facts();
        writes.known(facts, task);
        delivery.add(new SoraEvent.Recovering(facts.at(++sequence, lost.getTime(), facts.progress())));
    }

    /**
     * Adds the last event.
     *
     * @param exception why there is no video, or {@code null} if there is one
     * @param stopped whether the component itself ended the generation
     */
    GenerationResult addEnd(@Nullable SoraException exception, boolean stopped) {
        if (exception == null) {
            SoraFacts facts = task.facts().at(sequence + 1, now(), 100);
            SoraVideo video = task.video(facts);
            GenerationResult completed = new GenerationResult.Completed(new SoraEvent.Completed(facts, video), false);
            writes.ended(completed, video);
            return addEnd(completed);
        }
        GenerationResult failed = new GenerationResult.Failed(failed(exception), exception, stopped, false);
        writes.ended(failed, task.known(exception.facts()));
        return addEnd(failed);
    }

    private static SoraEvent.Failed failed(SoraException exception) {
        return new SoraEvent.Failed(exception.facts(), SoraFailure.of(exception));
    }

    /**
     * Adds the last event of a generation that had ended before; one that has never begun has none.
     *
     * @return {@code null} for any other end
     */
    @Nullable GenerationResult addDecided(ProtocolEnd end) {
        if (end instanceof ProtocolEnd.NotClaimed claim && claim.cause() instanceof IllegalArgumentException mistake) {
            return new GenerationResult.Invalid(mistake);
        }
        if (!(end instanceof ProtocolEnd.Known known)) {
            return null;
        }
        SoraException exception = known.exception();
        SoraVideo video = known.video();
        return addEnd(exception == null
                ? new GenerationResult.Completed(new SoraEvent.Completed(SoraFacts.of(video), video), true)
                : new GenerationResult.Failed(failed(exception), exception, false, true));
    }

    /** Adds the last event of an outcome that was decided before, with its time, as the next one. */
    GenerationResult addEnd(GenerationResult decided) {
        if (decided.event() == null) {
            return decided;
        }
        GenerationResult result = decided.at(++sequence);
        delivery.add(Objects.requireNonNull(result.event()));
        return result;
    }

    /** Drops the events behind this one, which have not been sent. */
    void rewindTo(SoraEvent event) {
        delivery.clear();
        sequence = event.getSequence();
    }
}
