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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.benchmarks.load.Times;
import io.github.camelsora.benchmarks.measure.ClientProcess;
import io.github.camelsora.benchmarks.measure.Delivery;
import io.github.camelsora.benchmarks.measure.Figures;
import io.github.camelsora.benchmarks.measure.Turns;
import io.github.camelsora.benchmarks.server.Http2Server;
import io.github.camelsora.benchmarks.server.LoadServer;

/** One client under one load, that is measured in turns: a process for it, another for the server. Ends when closed. */
final class ClientRun implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 10;

    private final Settings settings;
    private final ClientKind client;
    private final Load load;
    private final String keyStore;
    private final String written;
    private final String arrived;
    private final JavaProcess server;
    private final JavaProcess process;

    /**
     * Starts both, and waits until the client is warm.
     *
     * @param keyStore for TLS, or empty
     * @param directory for what server and client note
     */
    ClientRun(Settings settings, ClientKind client, Load load, String keyStore, Path directory) throws IOException {
        this.settings = settings;
        this.client = client;
        this.load = load;
        this.keyStore = keyStore;
        this.written = directory.resolve("written-" + client.id()).toString();
        this.arrived = directory.resolve("arrived-" + client.id()).toString();
        this.server = server();
        this.process = JavaProcess.start(settings.prefix(), settings.jvm(), ClientProcess.class, arguments(server.line()));
        next();
    }

    ClientKind client() {
        return client;
    }

    /** What the client measures in its turn; nothing if it did not get through, now or before. */
    Figures measure() throws IOException {
        process.tell("go");
        long cpu = server.cpuNanos();
        long time = System.nanoTime();
        Figures figures = next();
        if (!figures.values().isEmpty()) {
            figures.put("serverCores", (double) (server.cpuNanos() - cpu) / (System.nanoTime() - time));
        }
        return figures;
    }

    /** Figures that are known when the client is through, added to those of its turns. */
    void end(Figures figures) throws Exception {
        process.endInput();
        if (!process.endsWithin(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            System.out.println(client.id() + " does not end");
        }
        String[] handshakes = server.finish().get(0).split(" ");
        if (!keyStore.isEmpty()) {
            figures.put("tlsHandshakes", Double.parseDouble(handshakes[0]))
                    .put("tlsResumed", Double.parseDouble(handshakes[1]));
        }
        server.exitCode();
        if (load.held() && !figures.values().isEmpty()) {
            addDelivery(figures);
        }
    }

    /** What the client prints until it is ready for its next turn, or has ended. */
    private Figures next() throws IOException {
        Figures figures = new Figures();
        for (String line = process.line(); line != null && !line.equals(Turns.READY); line = process.line()) {
            if (Figures.isLine(line)) {
                figures = Figures.parse(line);
            }
        }
        return figures;
    }

    private JavaProcess server() throws IOException {
        // a TLS engine has about 50 KB
        return JavaProcess.start(List.of(keyStore.isEmpty() ? "-Xmx512m" : "-Xmx2g"),
                client.isHttp2() ? Http2Server.class : LoadServer.class,
                String.valueOf(client.keepsAlive()), String.valueOf(load.held() ? load.streams() : 0), written, keyStore);
    }

    private String[] arguments(String port) {
        Stream<String> general = Stream.of(client.id(), port, keyStore, client == ClientKind.SORA_KEYS
                ? settings.repository() : "");
        Stream<Object> special = load.held()
                ? Stream.of("hold", load.streams(), settings.streamSeconds() * 1000, settings.rampSeconds() * 1000,
                        load.chunks(), settings.warmUpSeconds(), arrived)
                : Stream.of("burst", load.streams(), load.chunks(), settings.roundSeconds(), settings.warmUpSeconds());
        return Stream.concat(general, special.map(String::valueOf)).toArray(String[]::new);
    }

    private void addDelivery(Figures figures) throws IOException {
        Times write = Times.load(written);
        Times arrive = Times.load(arrived);
        int first = StreamShape.EVENTS - client.events();
        Delivery all = Delivery.of(write, arrive, figures, first, StreamShape.EVENTS);
        figures.put("lost", all.lost())
                .put("deliveryP50Micros", all.percentile(50))
                .put("deliveryP99Micros", all.percentile(99))
                .put("deliveryMaxMicros", all.percentile(100));
        Delivery begins = Delivery.ofSome(write, arrive, figures, first);
        figures.put("firstEventP50Micros", begins.percentile(50)).put("firstEventP99Micros", begins.percentile(99));
    }

    @Override
    public void close() {
        process.close();
        server.close();
    }
}
