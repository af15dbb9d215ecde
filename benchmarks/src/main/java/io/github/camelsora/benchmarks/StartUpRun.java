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

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.benchmarks.measure.Figures;
import io.github.camelsora.benchmarks.measure.StartUp;
import io.github.camelsora.benchmarks.server.LoadServer;

/**
 * What the component adds to an application's start, beside camel-http, and what it leaves behind while nothing runs: a Camel
 * context with one route, in a JVM of its own, some times. Prints the medians.
 */
public final class StartUpRun {

    private static final int RUNS = Integer.getInteger("startup.runs", 7);
    private static final List<String> ENDPOINTS = List.of("none", "http", "sora");

    private StartUpRun() {
    }

    public static void main(String[] arguments) throws Exception {
        System.out.printf(Locale.ROOT, "The component's jar: %.0f KB%n", JarSize.ofComponent() / 1024.0);
        System.out.println("| a route to | context started, ms | JVM started, ms | classes loaded | live heap, KB | threads |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (String endpoint : ENDPOINTS) {
            List<Figures> runs = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                runs.add(run("start", endpoint, ""));
            }
            Figures medians = Medians.of(runs);
            System.out.printf(Locale.ROOT, "| %s | %.0f | %.0f | %.0f | %.0f | %.0f |%n", endpoint,
                    medians.get("contextMillis"), medians.get("jvmMillis"), medians.get("classes"), medians.get("heapKB"),
                    medians.get("threads"));
        }
        idle();
    }

    /** After one generation of {@value StreamShape#EVENTS} events. */
    private static void idle() throws Exception {
        try (JavaProcess server = JavaProcess.start(List.of(), LoadServer.class, "false", "0",
                Files.createTempFile("written", "").toString(), "")) {
            Figures idle = run("idle", "sora", server.line());
            System.out.printf(Locale.ROOT, "After one generation: %.0f threads of the component at its end, %.0f s later %.0f; "
                    + "CPU while idle %.2f ms a second%n", idle.get("threadsAtEnd"), idle.get("seconds"),
                    idle.get("threadsLater"), idle.get("cpuMillisPerSecond"));
        }
    }

    private static Figures run(String what, String endpoint, String port) throws Exception {
        try (JavaProcess process = JavaProcess.start(List.of("-Xmx256m"), StartUp.class, what, endpoint, port)) {
            Figures figures = null;
            for (String line : process.finish()) {
                if (Figures.isLine(line)) {
                    figures = Figures.parse(line);
                } else {
                    System.out.println(line);
                }
            }
            if (figures == null) {
                throw new IllegalStateException("No figures of " + what + " " + endpoint);
            }
            return figures;
        }
    }
}
