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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.generation.GenerationObserver;
import org.jspecify.annotations.Nullable;

/**
 * What was last seen of one gateway with one key. It is down when it has refused the key with its last answer, or when
 * {@value #ATTEMPTS} requests in a row got no connection; it is up again with the next answer. What was seen longer than five
 * minutes ago says nothing: who sends no messages to what is down would never see it up again. Never asks the gateway.
 * Thread-safe.
 */
public final class GatewayHealth implements GenerationObserver {

    private static final int ATTEMPTS = 3;
    private static final Duration VALID = Duration.ofMinutes(5);

    private final Clock clock;
    private int unreached;
    private @Nullable Failure last;
    private @Nullable Failure down;

    /**
     * A failure of a request.
     *
     * @param message one sentence, with no prompt: there was no answer to quote one, or its status says enough
     */
    public record Failure(Instant time, SoraFailureCategory category, String message) {
    }

    public GatewayHealth(Clock clock) {
        this.clock = clock;
    }

    /** Why the gateway is down, or {@code null} if it is not. */
    public synchronized @Nullable Failure down() {
        return down == null || down.time().plus(VALID).isBefore(clock.instant()) ? null : down;
    }

    /** The last failure, whatever it says of the gateway, or {@code null} if there was none. */
    public synchronized @Nullable Failure last() {
        return last;
    }

    @Override
    public synchronized void answered() {
        unreached = 0;
        down = null;
    }

    @Override
    public synchronized void ended(End end) {
        SoraException exception = end.result().exception();
        if (exception == null || end.result().isRemembered()) {
            return;
        }
        SoraFailureCategory category = exception.getCategory();
        last = new Failure(clock.instant(), category, exception.getOutcome() + " (" + category + ")");
        if (!(exception instanceof GatewayRefusedException refused)) {
            return;
        }
        if (refused.getStatusCode() != 0) {
            answered();
            if (category == SoraFailureCategory.AUTHENTICATION) {
                down = new Failure(clock.instant(), category, "the gateway answered " + refused.getStatusCode()
                        + ": check the key");
            }
        } else if (category == SoraFailureCategory.UPSTREAM || category == SoraFailureCategory.CONFIGURATION) {
            // No connection; what the component itself has withdrawn has another category.
            unreached++;
            if (unreached >= ATTEMPTS) {
                down = new Failure(clock.instant(), category, unreached + " requests in a row got no connection");
            }
        }
    }
}
