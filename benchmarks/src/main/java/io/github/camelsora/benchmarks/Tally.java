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
package io.github.camelsora.benchmarks;

import io.github.camelsora.event.SoraEvent;

/** What came of one generation, and whether it came as promised: events 1 to n, the last of them once, then one completion. */
final class Tally {

    private int events;
    private int lastEvents;
    private int completions;
    private boolean inOrder = true;

    synchronized void event(SoraEvent event) {
        events++;
        inOrder &= event.getSequence() == events && lastEvents == 0 && completions == 0;
        lastEvents += event.last() ? 1 : 0;
    }

    synchronized void completed() {
        completions++;
    }

    synchronized boolean isInOrder() {
        return inOrder;
    }

    synchronized boolean hasOneLastEvent() {
        return lastEvents == 1;
    }

    synchronized boolean hasOneCompletion() {
        return completions == 1;
    }
}
