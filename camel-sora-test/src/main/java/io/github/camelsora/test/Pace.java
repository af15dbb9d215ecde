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
package io.github.camelsora.test;

import java.time.Duration;

/**
 * How fast a generation goes.
 *
 * @param chunkMillis the pause before a step
 * @param pacedMillis the pause before a dot, a percentage and the completion: what a generation spends its time on
 */
record Pace(long chunkMillis, long pacedMillis) {

    /** @param duration of the whole generation, or null for a chunk delay before each step */
    static Pace of(Script script, Duration chunkDelay, Duration duration) {
        long chunk = chunkDelay.toMillis();
        long paced = script.steps().stream().filter(Step::paced).count();
        if (duration == null || paced == 0) {
            return new Pace(chunk, chunk);
        }
        long unpaced = script.steps().size() - 2 - paced;
        return new Pace(chunk, Math.max(0, duration.toMillis() - unpaced * chunk) / paced);
    }

    long before(Step step) {
        if (step.point() == Point.ACCEPTED || step.point() == Point.HEADERS) {
            return 0;
        }
        return step.paced() ? pacedMillis : chunkMillis;
    }
}
