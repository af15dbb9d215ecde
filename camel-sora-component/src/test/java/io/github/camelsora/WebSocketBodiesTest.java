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
package io.github.camelsora;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Events and results to a client of a WebSocket, over a real connection. */
class WebSocketBodiesTest extends SoraRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aClientGetsEachEventAsJsonAndTheResultAsItsLink() throws Exception {
        int port = freePort();
        String server = "undertow:ws://127.0.0.1:" + port + "/videos";
        routes(route -> {
            route.from(server).to("mock:never");
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:events")
                    .setProperty("video", route.simple("${body.videoUrl}")).to(server + "?sendToAll=true");
            route.from("direct:events").to(server + "?sendToAll=true");
        });
        simulator().answer(Answer.success().progress(12, 61));
        Messages messages = new Messages();
        WebSocket client = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/videos"), messages).get(20, TimeUnit.SECONDS);
        Exchange exchange = send("direct:in", "A paper boat");

        assertThat(exchange.getException()).isNull();
        await().atMost(20, TimeUnit.SECONDS).until(() -> messages.whole.size() == 7);
        for (String json : messages.whole.subList(0, 6)) {
            assertThat(JSON.readTree(json).path("generationId").isTextual()).isTrue();
        }
        assertThat(JSON.readTree(messages.whole.get(5)).path("type").asText()).isEqualTo("COMPLETED");
        assertThat(messages.whole.get(6)).isEqualTo(exchange.getProperty("video", String.class));
        client.abort();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Puts the parts of a message together. */
    private static final class Messages implements WebSocket.Listener {

        private final List<String> whole = new CopyOnWriteArrayList<>();
        private final StringBuilder parts = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            parts.append(text);
            if (last) {
                whole.add(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }
    }
}
