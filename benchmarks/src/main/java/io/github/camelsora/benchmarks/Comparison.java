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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.load.TestCertificate;
import io.github.camelsora.benchmarks.measure.Figures;
import org.jspecify.annotations.Nullable;

/**
 * Measures clients on the same load, one at a time and in turns, and prints a table for each load. {@link Settings} are system
 * properties. Ends with exit code 1 if the component has lost, doubled or disordered anything.
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
                for (List<ClientKind> clients : together(load)) {
                    for (Map.Entry<ClientKind, Figures> one : measure(load, clients).entrySet()) {
                        ClientKind client = one.getKey();
                        Figures figures = one.getValue();
                        System.out.println(load.label() + ", " + client.id() + ", run " + run + ": " + figures.line());
                        measurements.add(new Measurement(load, client, run, figures));
                    }
                }
            }
        }
        return measurements;
    }

    /** Which clients have turns. One that holds streams does so once, in a time of its own. */
    private List<List<ClientKind>> together(Load load) {
        return load.held() ? settings.clients().stream().map(List::of).toList() : List.of(settings.clients());
    }

    /** The medians of each client's turns. All are warm before the first: so a slow minute of the machine is one of all. */
    private Map<ClientKind, Figures> measure(Load load, List<ClientKind> kinds) throws Exception {
        List<ClientRun> clients = new ArrayList<>();
        try {
            for (ClientKind kind : kinds) {
                clients.add(new ClientRun(settings, kind, load, keyStore, directory));
            }
            List<Map<ClientKind, Figures>> rounds = new ArrayList<>();
            for (int i = 0; i < (load.held() ? 1 : settings.rounds()); i++) {
                rounds.add(round(clients));
            }
            Map<ClientKind, Figures> medians = new EnumMap<>(ClientKind.class);
            for (ClientRun client : clients) {
                Figures figures = Medians.of(rounds.stream().map(round -> round.get(client.client())).toList());
                client.end(figures);
                medians.put(client.client(), figures);
            }
            return medians;
        } finally {
            clients.forEach(ClientRun::close);
        }
    }

    private static Map<ClientKind, Figures> round(List<ClientRun> clients) throws IOException {
        Map<ClientKind, Figures> round = new EnumMap<>(ClientKind.class);
        for (ClientRun client : clients) {
            round.put(client.client(), client.measure());
        }
        round.values().forEach(figures -> compare(figures, round.get(ClientKind.HTTPCLIENT), "timesHttpClient"));
        round.values().forEach(figures -> compare(figures, round.get(ClientKind.OPENAI), "timesOpenAi"));
        return round;
    }

    private static void compare(Figures figures, @Nullable Figures other, String name) {
        String figure = "streamsPerCpuSecond";
        if (other != null) {
            figures.put(name, figures.get(figure) / other.get(figure));
        }
    }
}
