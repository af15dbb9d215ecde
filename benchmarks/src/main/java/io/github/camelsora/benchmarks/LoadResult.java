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

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The figures of one run, from what simulator and client have noted down. */
final class LoadResult {

    /** What was written while the client was stopped for a forced collection, and until what had piled up was gone. */
    private static final long AFTER_COLLECTION_MICROS = 500_000;

    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

    private LoadResult() {
    }

    static LoadResult of(List<String> simulator, List<String> client) {
        LoadResult result = new LoadResult();
        Map<String, Long> written = result.read(simulator);
        Map<String, Long> arrived = result.read(client);
        result.compare(written, arrived);
        result.put(Figure.CPU_PER_EVENT, result.get(Figure.CPU_MICROS) / result.get(Figure.EVENTS));
        result.put(Figure.CPU_PER_CHUNK, result.get(Figure.CPU_MICROS) / result.get(Figure.CHUNKS));
        result.put(Figure.GARBAGE_PER_EVENT, result.get(Figure.GARBAGE_BYTES) / 1024 / result.get(Figure.EVENTS));
        return result;
    }

    private Map<String, Long> read(List<String> lines) {
        Map<String, Long> times = new HashMap<>();
        for (String line : lines) {
            if (Figure.isLine(line)) {
                String[] words = line.split(" ");
                put(Figure.valueOf(words[1]), Double.parseDouble(words[2]));
            } else if (EventTime.isLine(line)) {
                EventTime time = EventTime.parse(line);
                times.put(time.event(), time.micros());
            }
        }
        return times;
    }

    private void compare(Map<String, Long> written, Map<String, Long> arrived) {
        put(Figure.LOST, written.keySet().stream().filter(event -> !arrived.containsKey(event)).count());
        put(Figure.STRAY, arrived.keySet().stream().filter(event -> !written.containsKey(event)).count());
        double from = get(Figure.COLLECTION_BEGAN);
        double to = get(Figure.COLLECTION_ENDED) + AFTER_COLLECTION_MICROS;
        List<String> all = arrived.keySet().stream().filter(written::containsKey)
                .filter(event -> written.get(event) > get(Figure.BEGAN)).toList();
        List<String> undisturbed = all.stream().filter(event -> arrived.get(event) < from || written.get(event) > to).toList();
        long[] delivery = undisturbed.stream().mapToLong(event -> arrived.get(event) - written.get(event)).sorted().toArray();
        put(Figure.P50, percentile(delivery, 50));
        put(Figure.P99, percentile(delivery, 99));
        put(Figure.MAX, percentile(delivery, 100));
        put(Figure.P99_ALL, percentile(all.stream().mapToLong(event -> arrived.get(event) - written.get(event)).sorted()
                .toArray(), 99));
    }

    private static double percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(sorted.length * (percent / 100.0)) - 1] / 1000.0;
    }

    private void put(Figure figure, double value) {
        figures.put(figure, value);
    }

    double get(Figure figure) {
        return figures.getOrDefault(figure, Double.NaN);
    }

    /** Whether a route author would have missed something. */
    boolean hasLosses(int generations) {
        return get(Figure.COMPLETED) != generations
                || figures.keySet().stream().anyMatch(figure -> figure.isLoss() && figure.isMissedBy(get(figure)));
    }
}
