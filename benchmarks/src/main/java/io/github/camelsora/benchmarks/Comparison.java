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

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.load.TestCertificate;
import io.github.camelsora.benchmarks.measure.Figures;

/**
 * Measures clients on the same load, one at a time, and prints a table for each load. {@link Settings} are system properties.
 * Ends with exit code 1 if the component has lost, doubled or disordered anything.
 */
public final class Comparison {

    private final Settings settings;
    private final Path directory = Files.createTempDirectory("comparison");
    private final String keyStore;

    private Comparison(Settings settings) throws IOException, InterruptedException {
        this.settings = settings;
        Path store = directory.resolve("server.p12");
        if (settings.tls()) {
            TestCertificate.create(store);
        }
        keyStore = settings.tls() ? store.toString() : "";
    }

    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.ofSystem();
        OpenFiles.check(settings);
        ComparisonFile file = new ComparisonFile(settings);
        System.out.println(file.machine());
        List<Measurement> measurements = new Comparison(settings).run();
        System.out.println(new ComparisonTable(measurements).text());
        file.write(measurements);
        if (measurements.stream().anyMatch(one -> one.client().isSora() && one.hasLosses())) {
            System.out.println("The component has lost, doubled or disordered something.");
            System.exit(1);
        }
    }

    private List<Measurement> run() throws Exception {
        List<Measurement> measurements = new ArrayList<>();
        for (int run = 1; run <= settings.runs(); run++) {
            for (Load load : settings.loads()) {
                for (ClientKind client : settings.clients()) {
                    Figures figures = new ClientRun(settings, client, load, keyStore, directory).figures();
                    System.out.println(load.label() + ", " + client.id() + ", run " + run + ": " + figures.line());
                    measurements.add(new Measurement(load, client, run, figures));
                }
            }
        }
        return measurements;
    }
}
