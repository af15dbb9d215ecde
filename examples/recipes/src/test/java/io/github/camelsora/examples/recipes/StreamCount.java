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
package io.github.camelsora.examples.recipes;

import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.test.Point;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.WriteListener;

/** How many streams were open at the same moment, at most. A stream is open when its first chunk is written: none is missed. */
final class StreamCount implements WriteListener {

    private final AtomicInteger most = new AtomicInteger();
    private volatile SoraSimulator simulator;

    void of(SoraSimulator counted) {
        simulator = counted;
    }

    @Override
    public void writing(String taskId, Point point, int percent) {
        most.accumulateAndGet(simulator.openStreams(), Math::max);
    }

    int most() {
        return most.get();
    }
}
