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

/** The gateway says that the job failed; {@link #getReason()} has its words. Most gateways charge for it all the same. */
public final class GenerationFailedException extends SoraException {

    private static final long serialVersionUID = 1L;

    /**
     * A failure.
     *
     * @param message one sentence with the values and the remedy
     * @param facts what is known of the generation
     * @param reason the gateway's words, or {@code null}
     * @param category why, in a form to decide by
     */
    public GenerationFailedException(String message, SoraFacts facts, @Nullable String reason, SoraFailureCategory category) {
        super(message, facts, reason, category);
    }

    @Override
    public SoraOutcome getOutcome() {
        return SoraOutcome.FAILED;
    }
}
