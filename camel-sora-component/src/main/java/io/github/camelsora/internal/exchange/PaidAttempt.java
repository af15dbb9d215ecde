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

import java.util.function.Predicate;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.internal.delivery.EventIterator;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.GenerationResult;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that may cost money, and what Camel's own redelivery must know of it. Met again by a redelivery, of the step or
 * of a sub route around it: a lost generation is resumed if its task can be followed, a failed one fails again, a completed one
 * answers with its video, and only a refused one is sent again. Thread-safe.
 */
public final class PaidAttempt implements Attempt {

    private final PaidAttempts.Step step;
    // How many routes the exchange was in at this step: 1 in the route that it came from, 2 in a sub route.
    private int depth;
    // A redelivery in a route of this depth, or less, is around this attempt. Shrinks while calls of sub routes return.
    private int scope;
    private boolean repeated;
    private int redelivery;
    private boolean running;
    private @Nullable SoraException failure;
    private GenerationResult.@Nullable Completed video;
    private @Nullable EventIterator events;
    private TaskReference lostTask = TaskReference.NONE;
    private String generationId = GenerationRequest.newId();

    PaidAttempt(PaidAttempts.Step step, int depth) {
        this.step = step;
        this.depth = depth;
        this.scope = depth;
    }

    /**
     * Begins an attempt, or meets one again.
     *
     * @param canFollow whether a task can be resumed
     * @throws SoraException the one of the attempt before, if this is its redelivery, it may have bought something, and there
     *     is nothing to resume
     * @throws IllegalStateException if the attempt before is still running
     */
    public static PaidAttempt begin(Exchange exchange, Predicate<TaskReference> canFollow) {
        PaidAttempt attempt = PaidAttempts.begin(exchange);
        attempt.decide(canFollow);
        return attempt;
    }

    private synchronized void decide(Predicate<TaskReference> canFollow) {
        lostTask = TaskReference.NONE;
        if (running && events == null) {
            throw new IllegalStateException("The generation of this step is still running; nothing was sent to the gateway");
        }
        if (failure == null) {
            return;
        }
        if (failure.getOutcome() == SoraOutcome.REFUSED) {
            generationId = GenerationRequest.newId();
        } else {
            lostTask = taskToResume(failure, canFollow);
        }
        failure = null;
        events = null;
    }

    private static TaskReference taskToResume(SoraException failure, Predicate<TaskReference> canFollow) {
        if (failure instanceof GenerationLostException lost) {
            TaskReference reference = TaskReference.of(lost.getTaskId(), lost.getSourceUrl());
            if (canFollow.test(reference)) {
                return reference;
            }
        }
        throw failure;
    }

    /** The task that the attempt before has lost, and this one resumes; empty if this one sends a request. */
    public synchronized TaskReference lostTask() {
        return lostTask;
    }

    /** The id of the generation: kept by an attempt that resumes a lost task, new for one that sends a request. */
    public synchronized String generationId() {
        return generationId;
    }

    /** The same, which is the request key where there is one. */
    public synchronized String generationId(@Nullable String requestKey) {
        generationId = requestKey == null ? generationId : requestKey;
        return generationId;
    }

    /** The video that this step has already, or {@code null}. */
    synchronized GenerationResult.@Nullable Completed video() {
        return video;
    }

    /** The events of the generation that this step has started already ({@code streaming=true}), or {@code null}. */
    synchronized @Nullable EventIterator events() {
        return events;
    }

    /** Starts the generation. What throws has sent nothing. */
    public void starts(Runnable generation) {
        setRunning(true);
        try {
            generation.run();
        } catch (RuntimeException e) {
            setRunning(false);
            throw e;
        }
    }

    private synchronized void setRunning(boolean runs) {
        running = runs;
    }

    /** The route goes on while the generation runs. */
    synchronized void streams(EventIterator iterator) {
        events = iterator;
        scope = depth - 1;
    }

    @Override
    public synchronized void failed(SoraException exception) {
        running = false;
        failure = exception;
    }

    @Override
    public synchronized void invalid() {
        running = false;
    }

    @Override
    public synchronized void succeeded(GenerationResult.Completed result) {
        running = false;
        video = result;
        if (events == null) {
            scope = depth - 1;
        }
    }

    /** Whether a redelivery repeats this attempt of a step. */
    synchronized boolean isRepeated(PaidAttempts.Step other) {
        return repeated && step.equals(other);
    }

    synchronized void enter(int level) {
        repeated = false;
        depth = level;
        scope = level;
    }

    /** A node in a route of this depth is about to be redelivered, because of an exception. */
    synchronized void redelivered(int count, int level, @Nullable Exception caught) {
        // In the step's own route, the exception says whether it is this step or a later one that is redelivered.
        if (level <= scope && (level < depth || caught == null || caught == failure)) {
            repeated = true;
            redelivery = count;
        }
    }

    /** Which redelivery it is that repeats this attempt, from 1. */
    synchronized int redelivery() {
        return redelivery;
    }

    /** A node in a route of this depth is done without an exception. */
    synchronized void left(int level) {
        // A step that has failed is not left by another one in the same route, such as an onRedelivery processor.
        if (level <= scope && (level < depth || failure == null)) {
            scope = level - 1;
            repeated = false;
        }
    }

    /** Whether no redelivery can repeat this attempt: the outermost route has nothing around it. */
    synchronized boolean isOver() {
        return scope < 1;
    }

    /** Shows nothing of the message. */
    @Override
    public synchronized String toString() {
        return "PaidAttempt[" + step + ", " + (failure == null ? video == null ? "open" : "completed" : failure.getOutcome())
                + "]";
    }
}
