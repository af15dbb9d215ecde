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
package io.github.camelsora.event;

import java.io.Serializable;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/** Nothing was bought: there was no connection, or the gateway's answer proves it. */
public final class GatewayRefusedException extends SoraException {

    private static final long serialVersionUID = 1L;

    private final Answer answer;

    /**
     * A refusal.
     *
     * @param message one sentence with the values and the remedy
     * @param facts what is known of the generation
     * @param answer what the gateway answered
     * @param reason the gateway's words, or {@code null}
     * @param category why, in a form to decide by
     */
    public GatewayRefusedException(String message, SoraFacts facts, Answer answer, @Nullable String reason,
            SoraFailureCategory category) {
        super(message, facts, reason, category);
        this.answer = answer;
    }

    /**
     * The answer that refuses.
     *
     * @param statusCode the HTTP status, or 0 where there was no answer
     * @param retryAfter how long the gateway asks to wait, or {@code null}
     */
    public record Answer(int statusCode, @Nullable Duration retryAfter) implements Serializable {

        /** There was none, for example because there was no connection. */
        public static final Answer NONE = new Answer(0, null);
    }

    /** The HTTP status, or 0 where there was no answer. */
    public int getStatusCode() {
        return answer.statusCode();
    }

    /** How long the gateway asks to wait, or {@code null} where it does not say. */
    public @Nullable Duration getRetryAfter() {
        return answer.retryAfter();
    }

    @Override
    public SoraOutcome getOutcome() {
        return SoraOutcome.REFUSED;
    }

    /** No connection, unless the address is wrong or the generation was cancelled; 429, 500; 503 unless the model is gone. */
    @Override
    public boolean isRetryable() {
        return switch (answer.statusCode()) {
            case 0 -> getCategory() != SoraFailureCategory.CONFIGURATION
                    && getCategory() != SoraFailureCategory.CANCELLED;
            case 429, 500 -> true;
            case 503 -> getCategory() != SoraFailureCategory.MODEL_UNAVAILABLE;
            default -> false;
        };
    }

    @Override
    public boolean isPossiblyCharged() {
        return false;
    }
}
