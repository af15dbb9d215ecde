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

/**
 * Why there is no video, as the last event tells it; the exception of the exchange says the same.
 *
 * @param outcome refused, failed or lost
 * @param category why, in a form to decide by
 * @param reason the gateway's reason, else our sentence
 * @param retryable whether sending the request again is safe and worthwhile
 * @param possiblyCharged whether the generation may have been paid for
 */
public record SoraFailure(SoraOutcome outcome, SoraFailureCategory category, String reason, boolean retryable,
        boolean possiblyCharged) implements Serializable {

    /** What an exception says. */
    public static SoraFailure of(SoraException exception) {
        return new SoraFailure(exception.getOutcome(), exception.getCategory(), exception.getReason(),
                exception.isRetryable(), exception.isPossiblyCharged());
    }
}
