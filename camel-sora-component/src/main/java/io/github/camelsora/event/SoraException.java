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

import org.jspecify.annotations.Nullable;

/**
 * A generation ended without a video. The subclasses tell how; {@link #getCategory()} tells why.
 *
 * <p>There is never a cause: Camel matches {@code onException} from the innermost cause outwards, so a cause would let an
 * {@code onException(IOException)} with redelivery catch a lost video. An I/O error is named in the message and added as
 * suppressed.
 */
public abstract sealed class SoraException extends RuntimeException
        permits GatewayRefusedException, GenerationFailedException, GenerationLostException {

    private static final long serialVersionUID = 1L;

    private final SoraFacts facts;
    private final String reason;
    private final SoraFailureCategory category;

    SoraException(String message, SoraFacts facts, @Nullable String reason, SoraFailureCategory category) {
        super(message);
        this.facts = facts;
        this.reason = reason == null ? message : reason;
        this.category = category;
    }

    /** What is known of the generation at its end. */
    public SoraFacts facts() {
        return facts;
    }

    /** See {@link SoraFacts#generationId()}. */
    public @Nullable String getGenerationId() {
        return facts.generationId();
    }

    /** See {@link SoraFacts#time()}. */
    public @Nullable Long getTime() {
        return facts.time();
    }

    /** How the generation ended. */
    public abstract SoraOutcome getOutcome();

    /** Why, in a form to decide by. */
    public SoraFailureCategory getCategory() {
        return category;
    }

    /** The gateway's innermost message, else its code, else the exception's message. */
    public String getReason() {
        return reason;
    }

    /** The gateway's id of the task, or {@code null} where none is known. */
    public @Nullable String getTaskId() {
        return facts.taskId();
    }

    /** Whether sending the same request again is safe (nothing was bought) and worthwhile. */
    public boolean isRetryable() {
        return false;
    }

    /** Whether the generation may have been paid for. */
    public boolean isPossiblyCharged() {
        return true;
    }
}
