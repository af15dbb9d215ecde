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
package io.github.camelsora.examples.studio;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.test.SoraSimulator;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/** 200 generations at once, watched by 20 browsers' worth of event streams, and by one that does not read. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
        "spring.datasource.url=jdbc:h2:mem:many", "studio.simulator.port=0", "studio.simulator.duration=4s",
        "studio.max-waiting-events=1000", "studio.beat=5s" })
@ActiveProfiles("simulator")
@DirtiesContext
class ManyBrowsersTest {

    private static final int GENERATIONS = 200;
    private static final int BROWSERS = 20;
    /** Events per video: sent, submitted, queued, generating, six percentages, and completed. */
    private static final List<Integer> EVERY_VERSION = IntStream.rangeClosed(1, 11).boxed().toList();
    private static final long MEGABYTE = 1024 * 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    @LocalServerPort
    private int port;
    @Autowired
    private Browsers browsers;
    @Autowired
    private SoraSimulator simulator;

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void everyBrowserGetsEveryEventInOrderAndOneThatStopsReadingDelaysNobody() throws Exception {
        // Warm-up: fills pools and caches.
        watchAndOrder(GENERATIONS);
        long before = usedMemory();

        try (Socket asleep = connectWithoutReading()) {
            List<Watcher> watchers = watchAndOrder(GENERATIONS);
            assertThat(asleep.isConnected()).isTrue();

            for (Watcher watcher : watchers) {
                assertThat(watcher.versions).hasSize(GENERATIONS);
                assertThat(watcher.versions.values()).allSatisfy(versions -> assertThat(versions).isEqualTo(EVERY_VERSION));
            }
            Duration behind = longestBehind(watchers);
            System.out.println("The slowest of " + BROWSERS + " browsers was behind the fastest by at most " + behind.toMillis()
                    + " ms");
            assertThat(behind).isLessThan(Duration.ofSeconds(2));
            await().untilAsserted(() -> assertThat(browsers.count()).as("the one that does not read was let go").isZero());
        }

        assertThat(simulator.paidRequests()).isEqualTo(2 * GENERATIONS);
        long after = usedMemory();
        System.out.println("Memory: " + before / MEGABYTE + " MB before, " + after / MEGABYTE + " MB after");
        await().untilAsserted(() -> assertThat(usedMemory() - before).as("bytes more than before").isLessThan(16 * MEGABYTE));
    }

    /** Orders videos, waits until every watcher has received all events, then closes the watchers. */
    private List<Watcher> watchAndOrder(int generations) throws Exception {
        int others = browsers.count();
        List<Watcher> watchers = new ArrayList<>();
        for (int i = 0; i < BROWSERS; i++) {
            watchers.add(new Watcher());
        }
        await().until(() -> browsers.count() == others + BROWSERS);
        List<CompletableFuture<HttpResponse<String>>> orders = new ArrayList<>();
        for (int i = 0; i < generations; i++) {
            HttpRequest order = HttpRequest.newBuilder(uri("/api/videos")).header("Content-Type", "application/json")
                    .header("Origin", "http://127.0.0.1:" + port)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"video " + i + "\",\"gateway\":\"simulator\"}"))
                    .build();
            orders.add(http.sendAsync(order, HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> order : orders) {
            assertThat(order.get().statusCode()).isEqualTo(200);
        }
        for (Watcher watcher : watchers) {
            await().untilAsserted(() -> assertThat(watcher.finished()).isEqualTo(generations));
            watcher.close();
        }
        await().until(() -> browsers.count() <= others);
        return watchers;
    }

    /** The largest delay between the first and the last browser to receive an event. */
    private static Duration longestBehind(List<Watcher> watchers) {
        long longest = 0;
        for (String event : watchers.get(0).arrivals.keySet()) {
            long[] times = watchers.stream().mapToLong(watcher -> watcher.arrivals.get(event)).sorted().toArray();
            longest = Math.max(longest, times[times.length - 1] - times[0]);
        }
        return Duration.ofNanos(longest);
    }

    private Socket connectWithoutReading() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        await().until(() -> browsers.count() == 1);
        return socket;
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(90));
    }

    /** Reads an event stream as a browser does, on a thread of its own. */
    private final class Watcher {

        private final Map<String, List<Integer>> versions = new ConcurrentHashMap<>();
        private final Map<String, Long> arrivals = new ConcurrentHashMap<>();
        private final HttpClient client = HttpClient.newHttpClient();
        private final Thread thread = new Thread(this::read, "watcher");
        private volatile boolean closed;
        private volatile InputStream stream;

        Watcher() {
            thread.setDaemon(true);
            thread.start();
        }

        private void read() {
            try {
                stream = client.send(HttpRequest.newBuilder(uri("/api/events")).build(),
                        HttpResponse.BodyHandlers.ofInputStream())
                        .body();
                var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
                String event = "";
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event: ")) {
                        event = line.substring(7);
                    } else if (line.startsWith("data: ") && event.equals("video")) {
                        take(JSON.readTree(line.substring(6)));
                    }
                }
            } catch (IOException | InterruptedException e) {
                if (!closed) {
                    throw new IllegalStateException(e);
                }
            }
        }

        private void take(JsonNode video) {
            String id = video.get("id").asText();
            int version = video.get("version").asInt();
            versions.computeIfAbsent(id, key -> new ArrayList<>()).add(version);
            arrivals.put(id + " " + version, System.nanoTime());
        }

        long finished() {
            int last = EVERY_VERSION.get(EVERY_VERSION.size() - 1);
            return arrivals.keySet().stream().filter(event -> event.endsWith(" " + last)).count();
        }

        void close() throws IOException, InterruptedException {
            closed = true;
            stream.close();
            thread.join(5000);
        }
    }

    /** Small socket buffers: what a browser does not read then waits in the queue of the studio, which the test counts. */
    @TestConfiguration(proxyBeanMethods = false)
    static class SmallSocketBuffers {

        @Bean
        WebServerFactoryCustomizer<TomcatServletWebServerFactory> smallBuffers() {
            return factory -> factory.addConnectorCustomizers(connector -> connector.setProperty("socket.txBufSize", "16384"));
        }
    }
}
