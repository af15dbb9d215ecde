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
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that may cost money, and what Camel's own redelivery must know of it: a generation that failed or was lost may
 * have been paid for, and is not sent again. A lost one whose task can be followed is resumed instead. Kept in an exchange
 * property per step, from the attempt to its success.
 */
public final class PaidAttempt implements Attempt {

    private static final String PROPERTY = "CamelSoraAttempt:";

    private final Exchange exchange;
    private final Object step;
    private final String property;
    private final int redelivery;
    private final TaskReference lostTask;
    private @Nullable SoraException failure;

    private PaidAttempt(Exchange exchange, Object step, String property, int redelivery, TaskReference lostTask) {
        this.exchange = exchange;
        this.step = step;
        this.property = property;
        this.redelivery = redelivery;
        this.lostTask = lostTask;
    }

    /**
     * Begins an attempt.
     *
     * @param step what the redelivery comes back to, compared by identity: the endpoint
     * @param canFollow whether a task can be resumed
     * @throws SoraException the one of the attempt before, if this is its redelivery, it may have bought something, and there
     *     is nothing to resume
     */
    public static PaidAttempt begin(Exchange exchange, Object step, Predicate<TaskReference> canFollow) {
        // Not the endpoint's URI: that may hold a key, and properties are logged.
        String property = PROPERTY + Integer.toHexString(System.identityHashCode(step));
        int redelivery = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        PaidAttempt before = exchange.getProperty(property, PaidAttempt.class);
        // A later step with the same endpoint sees the counter as the earlier one left it; a redelivery sees a higher one.
        boolean repeated = before != null && before.step == step && redelivery > before.redelivery;
        TaskReference lostTask = repeated ? before.taskToResume(canFollow) : TaskReference.NONE;
        PaidAttempt attempt = new PaidAttempt(exchange, step, property, redelivery, lostTask);
        exchange.setProperty(property, attempt);
        return attempt;
    }

    /** What a redelivery resumes; empty if it may send again. */
    private TaskReference taskToResume(Predicate<TaskReference> canFollow) {
        if (failure == null || failure.getOutcome() == SoraOutcome.REFUSED) {
            return TaskReference.NONE;
        }
        if (failure instanceof GenerationLostException lost) {
            TaskReference reference = TaskReference.of(lost.getTaskId(), lost.getSourceUrl());
            if (canFollow.test(reference)) {
                return reference;
            }
        }
        throw failure;
    }

    /** The task that the attempt before has lost, and this one resumes; empty if this one sends a request. */
    public TaskReference lostTask() {
        return lostTask;
    }

    @Override
    public void failed(SoraException exception) {
        failure = exception;
    }

    @Override
    public void succeeded() {
        exchange.removeProperty(property);
    }

    /** Shows nothing of the message. */
    @Override
    public String toString() {
        return "PaidAttempt[" + (failure == null ? "running" : failure.getOutcome()) + "]";
    }
}
