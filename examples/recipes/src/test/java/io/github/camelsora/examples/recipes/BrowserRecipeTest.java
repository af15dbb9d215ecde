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
package io.github.camelsora.examples.recipes;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Progress as server-sent events, as a browser reads them. */
class BrowserRecipeTest extends RecipeTest {

    private int port;

    @Override
    void prepare() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(port);
        context.addService(new VertxPlatformHttpServer(server), true, true);
        // The page takes the server on its usual port.
        context.getRegistry().bind(VertxPlatformHttpRouter.getRouterNameFromPort(8080),
                VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port)));
    }

    @Test
    @Recipe("Send progress to a browser")
    void theBrowserSeesAnEventWhileTheGenerationStillRuns() throws Exception {
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(61, gate));
        HttpRequest page = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/progress")).build();
        var response = HttpClient.newHttpClient().send(page, HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo(": connected");
            CompletableFuture<Exchange> sent = sendAsync("direct:prompts", "x", Map.of());
            readUntil(lines, "\"progress\":12");
            assertThat(gate.isOpen()).isFalse();
            assertThat(sent).isNotDone();
            gate.open();
            readUntil(lines, "\"type\":\"COMPLETED\"");
            assertVideo(end(sent));
        }
    }

    private static void readUntil(BufferedReader lines, String part) throws Exception {
        String line = lines.readLine();
        while (line != null && !(line.startsWith("data: {") && line.contains(part))) {
            line = lines.readLine();
        }
        assertThat(line).isNotNull();
    }
}
