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

import io.vertx.core.buffer.Buffer;

/**
 * One step of a generation: what it adds to the report, what it puts on the wire, and the point that is reached with it.
 *
 * @param point   the point that is reached, or null
 * @param percent the percentage that is reached, or -1
 * @param paced   whether this step takes a share of the generation's duration, or follows at once
 * @param report  the report text it adds; empty when it exists on the wire only
 * @param wire    the bytes it writes, or null when the client never sees it
 * @param gate    where the generation waits once this step is done, or null
 */
record Step(Point point, int percent, boolean paced, String report, Wire wire, Gate gate) {

    /** Creates the bytes when they are written: a waiting stream holds none. {@code null}: no bytes in this format. */
    interface Wire {
        Buffer encode(ChunkEncoder encoder);
    }

    static Step text(String text) {
        return new Step(null, -1, false, text, encoder -> encoder.delta(text), null);
    }

    static Step wireOnly(Wire wire) {
        return new Step(null, -1, false, "", wire, null);
    }

    static Step silent(Point point) {
        return new Step(point, -1, false, "", null, null);
    }

    Step at(Point reached) {
        return new Step(reached, percent, paced, report, wire, gate);
    }

    Step atPercent(int reached) {
        return new Step(Point.PROGRESS, reached, paced, report, wire, gate);
    }

    Step inPace() {
        return new Step(point, percent, true, report, wire, gate);
    }

    Step heldBy(Gate holder) {
        return new Step(point, percent, paced, report, wire, holder);
    }

    Step unwritten() {
        return new Step(point, percent, paced, report, null, gate);
    }
}
