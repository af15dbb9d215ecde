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

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.apache.camel.Exchange;

/**
 * What Camel's own redelivery must know of the attempt before: a generation that failed or was lost may have been paid for,
 * and is not sent again. A lost one whose task can be followed is resumed instead. Kept in an exchange property per endpoint,
 * from the attempt to its success.
 */
final class SoraAttempt {

    private static final String PROPERTY = "CamelSoraAttempt:";

    private final Exchange exchange;
    private final SoraEndpoint endpoint;
    private final String property;
    private final int redelivery;
    private final TaskReference task;
    private SoraException failure;

    private SoraAttempt(Exchange exchange, SoraEndpoint endpoint, String property, int redelivery, TaskReference task) {
        this.exchange = exchange;
        this.endpoint = endpoint;
        this.property = property;
        this.redelivery = redelivery;
        this.task = task;
    }

    /**
     * Begins an attempt.
     *
     * @param recovery how tasks are followed, or {@code null} if they are not
     * @throws SoraException the one of the attempt before, if this is its redelivery, it may have bought something, and there
     *     is nothing to follow
     */
    static SoraAttempt begin(Exchange exchange, SoraEndpoint endpoint, TaskRecovery recovery) {
        // Not its URI: that may hold a key, and properties are logged.
        String property = PROPERTY + Integer.toHexString(System.identityHashCode(endpoint));
        int redelivery = exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER, 0, Integer.class);
        SoraAttempt before = exchange.getProperty(property, SoraAttempt.class);
        // A later step with the same endpoint sees the counter as the earlier one left it; a redelivery sees a higher one.
        boolean again = before != null && before.endpoint == endpoint && before.failure != null
                && redelivery > before.redelivery && before.failure.getOutcome() != SoraOutcome.REFUSED;
        TaskReference task = again && before.failure instanceof GenerationLostException lost ? reference(lost) : null;
        if (again && (task == null || recovery == null || !recovery.canFollow(task))) {
            throw before.failure;
        }
        SoraAttempt attempt = new SoraAttempt(exchange, endpoint, property, redelivery, task);
        exchange.setProperty(property, attempt);
        return attempt;
    }

    private static TaskReference reference(GenerationLostException lost) {
        return new TaskReference(lost.getTaskId(), Link.of(lost.getSourceUrl()));
    }

    /** The task of the attempt before, which this one resumes, or {@code null} if it sends a request. */
    TaskReference task() {
        return task;
    }

    /** An attempt that buys nothing, whatever came before. */
    static SoraAttempt none(Exchange exchange, SoraEndpoint endpoint) {
        return new SoraAttempt(exchange, endpoint, PROPERTY, 0, null);
    }

    void failed(SoraException exception) {
        failure = exception;
    }

    void succeeded() {
        exchange.removeProperty(property);
    }

    /** Shows nothing of the message. */
    @Override
    public String toString() {
        return "SoraAttempt[" + (failure == null ? "running" : failure.getOutcome()) + "]";
    }
}
