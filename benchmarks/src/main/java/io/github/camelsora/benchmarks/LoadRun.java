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
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.sun.management.UnixOperatingSystemMXBean;

/**
 * Runs many generations at once through a Camel route, several times, and prints the figures of each run and their median.
 * Ends with exit code 1 if in any run a generation did not complete, or an event was lost, doubled or out of order.
 */
public final class LoadRun {

    private static final int GENERATIONS = Integer.getInteger("load.generations", 10_000);
    private static final int RUNS = Integer.getInteger("load.runs", 3);
    private static final String SECONDS = System.getProperty("load.seconds", "25");
    private static final String RAMP_SECONDS = System.getProperty("load.rampSeconds", "10");
    private static final String WARM_UP = System.getProperty("load.warmUp", "5000");
    private static final String REPOSITORY = System.getProperty("load.repository", "");
    private static final int OTHER_FILES = 200;

    private LoadRun() {
    }

    public static void main(String[] arguments) throws Exception {
        checkFileLimit();
        System.out.printf("%,d generations of %s s, started over %s s; simulator and client (-Xmx512m) on %d cores, JDK %s, "
                        + "load %.1f%n",
                GENERATIONS, SECONDS, RAMP_SECONDS, Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        if (!REPOSITORY.isEmpty()) {
            // Behind the question mark there may be a password.
            System.out.println("Each with a request key, and a task repository at " + REPOSITORY.split("[?;]")[0]);
        }
        List<LoadResult> results = new ArrayList<>();
        for (int i = 1; i <= RUNS; i++) {
            System.out.println("Run " + i + " of " + RUNS);
            results.add(run());
        }
        print(results);
        if (results.stream().anyMatch(result -> result.hasLosses(GENERATIONS))) {
            System.out.println("Something was lost.");
            System.exit(1);
        }
    }

    private static void checkFileLimit() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                && system.getMaxFileDescriptorCount() < GENERATIONS + OTHER_FILES) {
            throw new IllegalStateException("A process may open " + system.getMaxFileDescriptorCount() + " files here, and "
                    + GENERATIONS + " streams need more: raise ulimit -n, or set -Dload.generations");
        }
    }

    private static LoadResult run() throws IOException, InterruptedException {
        try (JavaProcess simulator = JavaProcess.start(List.of("-Xmx512m"), LoadSimulator.class, SECONDS,
                WARM_UP)) {
            String address = simulator.line();
            try (JavaProcess client = JavaProcess.start(List.of("-Xms512m", "-Xmx512m"), LoadClient.class, address,
                    String.valueOf(GENERATIONS), RAMP_SECONDS, SECONDS, WARM_UP, REPOSITORY)) {
                List<String> arrived = client.finish();
                if (client.exitCode() != 0) {
                    throw new IllegalStateException("The client ended with exit code " + client.exitCode());
                }
                return LoadResult.of(simulator.finish(), arrived);
            }
        }
    }

    private static void print(List<LoadResult> results) {
        for (Figure figure : Figure.values()) {
            if (figure.label == null || figure == Figure.STATEMENTS && REPOSITORY.isEmpty()) {
                continue;
            }
            double[] values = results.stream().mapToDouble(result -> result.get(figure)).sorted().toArray();
            double median = values[values.length / 2];
            StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-52s", figure.label));
            results.forEach(result -> row.append(String.format(Locale.ROOT, "%12s", text(figure, result.get(figure)))));
            row.append(String.format(Locale.ROOT, "   median %10s", text(figure, median)));
            if (!Double.isNaN(figure.limit)) {
                row.append(figure.isMissedBy(median) ? "   MISSES " : "   within ").append(text(figure, figure.limit));
            }
            System.out.println(row);
        }
    }

    private static String text(Figure figure, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, figure.format, value);
    }
}
