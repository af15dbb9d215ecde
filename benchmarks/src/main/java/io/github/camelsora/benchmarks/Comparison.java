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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.load.Times;
import io.github.camelsora.benchmarks.measure.ClientProcess;
import io.github.camelsora.benchmarks.measure.Delivery;
import io.github.camelsora.benchmarks.measure.Figures;
import io.github.camelsora.benchmarks.server.LoadServer;

/**
 * Measures clients on the same load, one at a time, each in a process of its own beside a server in another, and prints one
 * table. {@link Settings} are system properties.
 */
public final class Comparison {

    private final Settings settings;
    private final Path directory = Files.createTempDirectory("comparison");

    private Comparison(Settings settings) throws IOException {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.ofSystem();
        List<Measurement> measurements = new Comparison(settings).run();
        String table = new ComparisonTable(measurements).text();
        System.out.println(table);
        new ComparisonFile(settings).write(measurements);
    }

    private List<Measurement> run() throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        for (int run = 1; run <= settings.runs(); run++) {
            for (ClientKind client : settings.clients()) {
                if (settings.burst()) {
                    measurements.add(told(new Measurement("burst", client, run, burst(client))));
                }
                for (int streams : settings.holds()) {
                    measurements.add(told(new Measurement("hold " + streams, client, run, hold(client, streams))));
                }
            }
        }
        return measurements;
    }

    private static Measurement told(Measurement measurement) {
        System.out.println(measurement.load() + ", " + measurement.client().id() + ", run " + measurement.run() + ": "
                + measurement.figures().line());
        return measurement;
    }

    /** The medians of the rounds. */
    private Figures burst(ClientKind kind) throws Exception {
        try (JavaProcess server = server(kind, 0)) {
            List<Figures> rounds = client(kind, server, "burst", settings.atOnce(), settings.chunks(), settings.rounds(),
                    settings.roundSeconds(), settings.warmUpSeconds());
            return Medians.of(rounds);
        }
    }

    private Figures hold(ClientKind kind, int streams) throws Exception {
        try (JavaProcess server = server(kind, streams)) {
            List<Figures> lines = client(kind, server, "hold", streams, settings.streamSeconds() * 1000,
                    settings.rampSeconds() * 1000, settings.chunks(), settings.warmUpSeconds(), file("arrived"));
            server.finish();
            server.exitCode();
            Figures figures = Medians.of(lines);
            if (!lines.isEmpty()) {
                Delivery delivery = Delivery.of(Times.load(file("written")), Times.load(file("arrived")), figures,
                        kind.events());
                figures.put("lost", delivery.lost())
                        .put("deliveryP50Micros", delivery.percentile(50))
                        .put("deliveryP99Micros", delivery.percentile(99))
                        .put("deliveryMaxMicros", delivery.percentile(100));
            }
            return figures;
        }
    }

    private JavaProcess server(ClientKind kind, int noted) throws IOException {
        return JavaProcess.start(List.of("-Xmx512m"), LoadServer.class, String.valueOf(kind.keepsAlive()),
                String.valueOf(noted), file("written"));
    }

    /** What the client prints; each line with the server's CPU since the line before. */
    private List<Figures> client(ClientKind kind, JavaProcess server, String load, Object... values) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(kind.id(), server.line(), load));
        for (Object value : values) {
            arguments.add(String.valueOf(value));
        }
        List<Figures> lines = new ArrayList<>();
        try (JavaProcess client = JavaProcess.start(settings.prefix(), settings.jvm(), ClientProcess.class,
                arguments.toArray(String[]::new))) {
            long cpu = server.cpuNanos();
            long time = System.nanoTime();
            for (String line = client.line(); line != null; line = client.line()) {
                Figures figures = Figures.parse(line);
                long nextCpu = server.cpuNanos();
                long nextTime = System.nanoTime();
                figures.put("serverCores", (double) (nextCpu - cpu) / (nextTime - time));
                cpu = nextCpu;
                time = nextTime;
                lines.add(figures);
            }
            if (!client.endsWithin(10, TimeUnit.SECONDS)) {
                System.out.println(kind.id() + " does not end");
            }
        }
        return lines;
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
