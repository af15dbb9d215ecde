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
package io.github.camelsora.internal.ledger;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The component's timer. What is scheduled after the component was closed never runs. Thread-safe. */
final class LedgerTimer {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerTimer.class);

    private final ScheduledExecutorService timer;

    /** @param timer must not be held up: nothing blocks on it */
    LedgerTimer(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Runs the action later, once; {@code null} if the timer was shut down, and it never runs. */
    @Nullable ScheduledFuture<?> schedule(Runnable action, long delay, TimeUnit unit) {
        try {
            return timer.schedule(action, delay, unit);
        } catch (RejectedExecutionException e) {
            LOG.debug("Nothing is scheduled any more", e);
            return null;
        }
    }
}
