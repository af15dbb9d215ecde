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

import java.util.concurrent.atomic.LongAdder;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.GenerationResult;

/** Counts generations by how they ended. Thread-safe. */
final class GenerationTotals implements GenerationObserver {

    private final LongAdder started = new LongAdder();
    private final LongAdder completed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder recovered = new LongAdder();
    private final LongAdder possiblyCharged = new LongAdder();

    @Override
    public void started(GenerationRequest request) {
        started.increment();
    }

    @Override
    public void notStarted(GenerationRequest request) {
        started.decrement();
    }

    @Override
    public void ended(End end) {
        GenerationResult result = end.result();
        SoraException exception = result.exception();
        if (end.recovered()) {
            recovered.increment();
        }
        if (result.event() == null) {
            started.decrement();
        } else if (result.isRemembered()) {
            replayed.increment();
        } else if (exception == null) {
            completed.increment();
        } else {
            switch (exception.getOutcome()) {
                case COMPLETED -> completed.increment();
                case REFUSED -> refused.increment();
                case FAILED -> failed.increment();
                case LOST -> lost.increment();
            }
            if (exception.isPossiblyCharged()) {
                possiblyCharged.increment();
            }
        }
    }

    Totals totals() {
        return new Totals(started.sum(), completed.sum(), refused.sum(), failed.sum(), lost.sum(), replayed.sum(),
                recovered.sum(), possiblyCharged.sum());
    }
}
