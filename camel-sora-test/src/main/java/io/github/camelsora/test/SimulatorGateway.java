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
import java.util.Map;
import java.util.function.Function;

/**
 * The simulator as the gateway {@code simulator} of the component {@code sora}, which finds this class on the class path by the
 * file {@code META-INF/services/org/apache/camel/sora-gateway/simulator} and starts it when a route first uses the gateway.
 * Reads the properties {@code sora.simulator.duration}, how long a generation takes (2s), and {@code sora.simulator.port} (a
 * free one). Not meant to be named elsewhere: use {@link SoraSimulator}.
 */
public final class SimulatorGateway implements Function<Function<String, String>, Map<String, String>>, AutoCloseable {

    private static final String DURATION = "sora.simulator.duration";
    private static final String PORT = "sora.simulator.port";

    private SoraSimulator simulator;

    /** Starts nothing yet. */
    public SimulatorGateway() {
    }

    /**
     * Starts the simulator.
     *
     * @param properties looks up a property of the application, or returns null
     * @return the properties of the gateway
     * @throws IllegalArgumentException if a property is no duration, or no port
     * @throws IllegalStateException if it cannot listen on the port
     */
    @Override
    public synchronized Map<String, String> apply(Function<String, String> properties) {
        simulator = SoraSimulator.builder().duration(duration(properties.apply(DURATION))).port(port(properties.apply(PORT)))
                .start();
        return Map.of("baseUrl", simulator.baseUrl(), "apiKey", "simulator", "model", "sora-2-preview",
                "sourceUrl", simulator.baseUrl() + "/source/{taskId}");
    }

    /** Ends its threads and sockets. */
    @Override
    public synchronized void close() {
        if (simulator != null) {
            simulator.close();
            simulator = null;
        }
    }

    private static Duration duration(String text) {
        // Long enough to see the progress, and short enough for a test.
        return text == null ? Duration.ofSeconds(2) : SoraSimulatorMain.duration(DURATION + "=", text);
    }

    private static int port(String text) {
        if (text == null) {
            return 0;
        }
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65_535) {
            throw new IllegalArgumentException("Not a port: " + PORT + "=" + text);
        }
        return Integer.parseInt(text);
    }
}
