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

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.measure.Figures;

/** The medians of all runs as Markdown: a row for each client, the figures of each load as columns. */
final class ComparisonTable {

    private static final String NOTHING = "–";

    private final List<Measurement> measurements;

    ComparisonTable(List<Measurement> measurements) {
        this.measurements = measurements;
    }

    String text() {
        Set<ClientKind> clients = new LinkedHashSet<>();
        Set<Load> loads = new LinkedHashSet<>();
        measurements.forEach(measurement -> {
            clients.add(measurement.client());
            loads.add(measurement.load());
        });
        StringBuilder text = new StringBuilder();
        for (Load load : loads) {
            List<Column> columns = (load.held() ? hold() : burst()).stream()
                    .filter(column -> isMeasured(load, column)).toList();
            text.append(System.lineSeparator()).append("| ").append(load.label()).append(" |");
            columns.forEach(column -> text.append(' ').append(column.head).append(" |"));
            text.append(System.lineSeparator()).append("|---|").append("---:|".repeat(columns.size()));
            for (ClientKind client : clients) {
                Figures figures = medians(load, client);
                text.append(System.lineSeparator()).append("| ").append(client.label()).append(" |");
                columns.forEach(column -> text.append(' ').append(column.cell(figures)).append(" |"));
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private boolean isMeasured(Load load, Column column) {
        return measurements.stream().anyMatch(one -> one.load().equals(load) && one.figures().get(column.figure) > 0)
                || !column.optional;
    }

    private Figures medians(Load load, ClientKind client) {
        return Medians.of(measurements.stream().filter(one -> one.load().equals(load) && one.client() == client)
                .map(Measurement::figures).toList());
    }

    private static List<Column> burst() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("streams per CPU-second", "%,.0f", "streamsPerCpuSecond"));
        columns.add(new Column("times HttpClient's", "%.2f", "timesHttpClient", true));
        columns.add(new Column("times openai-java's", "%.1f", "timesOpenAi", true));
        columns.add(new Column("without the JIT compiler", "%,.0f", "streamsPerCpuSecondWithoutCompiler"));
        columns.add(new Column("streams per second", "%,.0f", "streamsPerSecond"));
        columns.add(new Column("allocated, KB per stream", "%,.1f", "allocatedKBPerStream"));
        columns.add(new Column("CPU per chunk, µs", "%.2f", "cpuMicrosPerChunkWithoutCompiler"));
        columns.add(new Column("failed", "%,.0f", "failed"));
        columns.add(new Column("server, cores", "%.2f", "serverCores"));
        columns.add(new Column("TLS handshakes", "%,.0f", "tlsHandshakes", true));
        columns.add(new Column("of these resumed", "%,.0f", "tlsResumed", true));
        return columns;
    }

    private static List<Column> hold() {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("completed", "%,.0f", "completed"));
        columns.add(new Column("out of order", "%,.0f", "disordered"));
        columns.add(new Column("threads", "%,.0f", "threads"));
        columns.add(new Column("live heap, KB per stream", "%.1f", "heapKBPerStream"));
        columns.add(new Column("delivery p50, µs", "%,.0f", "deliveryP50Micros"));
        columns.add(new Column("p99, µs", "%,.0f", "deliveryP99Micros"));
        columns.add(new Column("first event p50, µs", "%,.0f", "firstEventP50Micros"));
        columns.add(new Column("first event p99, µs", "%,.0f", "firstEventP99Micros"));
        columns.add(new Column("CPU per chunk, µs", "%.1f", "cpuMicrosPerChunk"));
        columns.add(new Column("without the JIT compiler", "%.1f", "cpuMicrosPerChunkWithoutCompiler"));
        columns.add(new Column("and the collector", "%.1f", "cpuMicrosPerChunkApplication"));
        columns.add(new Column("CPU per event, µs", "%.0f", "cpuMicrosPerEvent"));
        columns.add(new Column("statements per stream", "%.2f", "statementsPerStream", true));
        columns.add(new Column("server, cores", "%.2f", "serverCores"));
        columns.add(new Column("TLS handshakes", "%,.0f", "tlsHandshakes", true));
        columns.add(new Column("of these resumed", "%,.0f", "tlsResumed", true));
        return columns;
    }

    /** @param optional whether the column is left out where nothing was counted */
    private record Column(String head, String format, String figure, boolean optional) {

        Column(String head, String format, String figure) {
            this(head, format, figure, false);
        }

        String cell(Figures figures) {
            double value = figures.get(figure);
            return Double.isNaN(value) ? NOTHING : String.format(Locale.ROOT, format, value);
        }
    }
}
