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

/** What a load run finds out, with the aim where there is one. */
enum Figure {

    COMPLETED("generations completed", "%,.0f"),
    LOST("events lost", "%,.0f", 0),
    STRAY("events that nobody wrote", "%,.0f", 0),
    DISORDERED("generations with a gap, a repetition or a disorder", "%,.0f", 0),
    WITHOUT_ONE_LAST_EVENT("generations without exactly one last event", "%,.0f", 0),
    WITHOUT_ONE_COMPLETION("generations without exactly one completion", "%,.0f", 0),
    THREADS("JVM threads, all streams open", "%,.0f"),
    PEAK_THREADS("JVM threads, peak", "%,.0f", 24),
    HEAP("live heap per generation, all streams open, KB", "%.1f", 20),
    P50("delivery p50, ms", "%.2f"),
    P99("delivery p99, ms", "%.2f", 20),
    MAX("delivery, slowest, ms", "%.1f"),
    P99_ALL("delivery p99 with the forced collection, ms", "%.2f"),
    CPU_PER_EVENT("CPU per event, µs", "%.0f"),
    CPU_PER_CHUNK("CPU per chunk read, µs", "%.1f"),
    GARBAGE_PER_EVENT("garbage per event, KB", "%.1f"),
    STATEMENTS("statements of the task repository per generation", "%.2f", 4),
    EVENTS("events", "%,.0f"),
    CHUNKS("chunks", "%,.0f"),
    /** From this microsecond on events count: those before it are the warm-up's. */
    BEGAN(null, null),
    /** The heap is measured after a forced collection, from this microsecond… */
    COLLECTION_BEGAN(null, null),
    /** …to this one. */
    COLLECTION_ENDED(null, null),
    CPU_MICROS(null, null),
    GARBAGE_BYTES(null, null);

    private static final String WORD = "figure";

    final String label;
    final String format;
    final double limit;

    Figure(String label, String format) {
        this(label, format, Double.NaN);
    }

    Figure(String label, String format, double limit) {
        this.label = label;
        this.format = format;
        this.limit = limit;
    }

    /** Whether a route author would miss something: not a matter of speed. */
    boolean isLoss() {
        return limit == 0;
    }

    boolean isMissedBy(double value) {
        return value > limit;
    }

    String line(double value) {
        return WORD + " " + name() + " " + value;
    }

    static boolean isLine(String line) {
        return line.startsWith(WORD + " ");
    }
}
