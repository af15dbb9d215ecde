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
package io.github.camelsora.internal.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client, servers and recorders; after each test nothing may be left open, pending or unheard. */
public abstract class GatewayClientTestSupport {

    public static final String KEY = "sk-very-secret";
    public static final Duration LONG = Duration.ofMinutes(5);
    public static final Duration CONNECT = Duration.ofSeconds(5);
    public static final Duration SHORT = Duration.ofMillis(400);
    static final GatewayRequest.Limits LIMITS = new GatewayRequest.Limits(CONNECT, LONG, LONG, 1000);
    private static final RequestHeaders HEADERS =
            RequestHeaders.builder().key("Authorization", ApiKey.of(KEY).orElseThrow()).build();

    public final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<WireServer> servers = new ArrayList<>();
    private final List<CallRecorder> recorders = new ArrayList<>();
    public GatewayClient client;
    /** Of the calls that say nothing else. */
    Duration connectTimeout = CONNECT;

    public GatewayClientSettings settings() {
        return new GatewayClientSettings(null, null);
    }

    @BeforeEach
    public void start() {
        timer.setRemoveOnCancelPolicy(true);
        client = new GatewayClient(settings(), timer);
    }

    @AfterEach
    public void nothingIsLeft() throws Exception {
        try {
            for (WireServer server : servers) {
                eventually("connections closed", () -> server.open() == 0);
                assertThat(server.failure()).isNull();
            }
            recorders.forEach(CallRecorder::end);
            eventually("timers removed", () -> timer.getQueue().isEmpty());
            recorders.forEach(CallRecorder::assertExhausted);
        } finally {
            client.close();
            timer.shutdownNow();
            for (WireServer server : servers) {
                server.close();
            }
        }
    }

    public static void eventually(String what, Callable<Boolean> condition) {
        await(what).atMost(CallRecorder.LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(condition);
    }

    public WireServer with(WireServer server) {
        servers.add(server);
        return server;
    }

    public CallRecorder post(WireServer server) {
        return post(server.uri());
    }

    public CallRecorder post(URI uri) {
        return post(request(uri, connectTimeout, LONG, LONG, 1 << 20), new CallRecorder());
    }

    public CallRecorder post(GatewayRequest request, CallRecorder recorder) {
        recorders.add(recorder);
        client.post(request, recorder);
        return recorder;
    }

    public static GatewayRequest request(URI uri, Duration readTimeout, Duration requestTimeout) {
        return request(uri, readTimeout, requestTimeout, 1 << 20);
    }

    public static GatewayRequest request(URI uri, Duration readTimeout, Duration requestTimeout, int maxPayloadSize) {
        return request(uri, CONNECT, readTimeout, requestTimeout, maxPayloadSize);
    }

    public static GatewayRequest request(URI uri, Duration connectTimeout, Duration readTimeout, Duration requestTimeout,
            int maxPayloadSize) {
        return new GatewayRequest(uri, HEADERS, "{\"prompt\":\"a cat\"}".getBytes(UTF_8),
                new GatewayRequest.Limits(connectTimeout, readTimeout, requestTimeout, maxPayloadSize));
    }
}
