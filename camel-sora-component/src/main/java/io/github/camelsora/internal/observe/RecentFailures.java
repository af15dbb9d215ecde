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

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.GenerationRequest;

/** The last {@value #MAX} generations that ended without a video. Thread-safe. */
final class RecentFailures implements GenerationObserver {

    private static final int MAX = 20;

    private final Deque<RecentFailure> failures = new ArrayDeque<>(MAX);

    @Override
    public void ended(End end) {
        SoraException exception = end.result().exception();
        if (exception == null || end.result().isRemembered()) {
            return;
        }
        GenerationRequest request = end.request();
        Long time = exception.getTime();
        add(new RecentFailure(Instant.ofEpochMilli(time == null ? 0 : time), request.id(), request.gateway(), request.model(),
                exception.getTaskId(), end.routeId(), exception.getOutcome(), exception.getCategory(),
                exception.isPossiblyCharged(), ShownReason.of(exception.getReason(), request.prompt())));
    }

    private synchronized void add(RecentFailure failure) {
        if (failures.size() == MAX) {
            failures.removeLast();
        }
        failures.addFirst(failure);
    }

    /** The newest first. */
    synchronized List<RecentFailure> list() {
        return List.copyOf(failures);
    }
}
