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

import java.util.List;

import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.RunningGenerations;

/** What is counted for all endpoints of a component. Thread-safe. */
public final class Observations {

    private final RunningGenerations running;
    private final GenerationTotals totals = new GenerationTotals();
    private final RecentFailures failures = new RecentFailures();
    private volatile GenerationObserver meters = GenerationObserver.NONE;

    public Observations(RunningGenerations running) {
        this.running = running;
    }

    /** From now on also counts in these. */
    public void meters(GenerationObserver more) {
        meters = more;
    }

    /** Whether it counts in meters. */
    public boolean hasMeters() {
        return meters != GenerationObserver.NONE;
    }

    /** What is told of the generations of one gateway. */
    public GenerationObserver observer(GenerationObserver health) {
        return new All(health);
    }

    /** What operators see now. */
    public Snapshot snapshot() {
        return new Snapshot(totals.totals(), running.list(), failures.list());
    }

    /** How many generations there have been. */
    public Totals totals() {
        return totals.totals();
    }

    private final class All implements GenerationObserver {

        private final GenerationObserver health;

        All(GenerationObserver health) {
            this.health = health;
        }

        @Override
        public void started(GenerationRequest request) {
            totals.started(request);
            meters.started(request);
        }

        @Override
        public void notStarted(GenerationRequest request) {
            totals.notStarted(request);
            meters.notStarted(request);
        }

        @Override
        public void answered() {
            health.answered();
        }

        @Override
        public void ended(End end) {
            for (GenerationObserver each : List.of(totals, failures, health, meters)) {
                each.ended(end);
            }
        }
    }
}
