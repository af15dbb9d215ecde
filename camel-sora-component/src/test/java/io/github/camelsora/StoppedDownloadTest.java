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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.DownloadFailedException.Reason;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.WireServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A stop, of the context or of a route, ends a download and leaves nothing of it. */
class StoppedDownloadTest extends SoraRouteTest {

    @TempDir
    Path directory;

    private final List<Exchange> handled = new CopyOnWriteArrayList<>();
    private final List<SoraEvent> replies = new CopyOnWriteArrayList<>();

    private WireServer server() {
        return WireServer.answering("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: 200000\r\n\r\n"
                + "0123456789".repeat(10_000));
    }

    private CompletableFuture<Exchange> downloadInFlight(WireServer server) throws Exception {
        routes(route -> {
            route.onException(DownloadFailedException.class).maximumRedeliveries(2).redeliveryDelay(1000).process(handled::add);
            route.from("direct:in").routeId("download").to("sora:download?streamRepliesTo=direct:replies&directory=" + directory
                    + "&trustedHosts=127.0.0.1:" + server.port());
            route.from("direct:replies").routeId("replies")
                    .process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        context.getShutdownStrategy().setTimeout(3);
        CompletableFuture<Exchange> original = template.asyncSend("direct:in",
                exchange -> exchange.getMessage().setBody("http://127.0.0.1:" + server.port() + "/v.mp4"));
        await().atMost(10, TimeUnit.SECONDS).until(() -> !replies.isEmpty()
                && replies.get(replies.size() - 1).getProgress() == 50 && !files().isEmpty());
        return original;
    }

    private List<Path> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private void assertCancelled(CompletableFuture<Exchange> original, WireServer server) throws Exception {
        assertThat(original.get(10, TimeUnit.SECONDS).getException(DownloadFailedException.class).getReason())
                .isEqualTo(Reason.CANCELLED);
        assertThat(handled).as("handled at once, and not redelivered").hasSize(1);
        assertThat(replies.get(replies.size() - 1).getOutcome()).isEqualTo(SoraOutcome.NOT_DOWNLOADED);
        assertThat(server.requests()).hasSize(1);
        assertThat(files()).isEmpty();
        await().atMost(10, TimeUnit.SECONDS).until(() -> server.open() == 0);
    }

    @Test
    void theStopOfTheContextEndsADownload() throws Exception {
        try (WireServer server = server()) {
            CompletableFuture<Exchange> original = downloadInFlight(server);
            context.stop();
            assertCancelled(original, server);
            await().atMost(10, TimeUnit.SECONDS).until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.isAlive() && thread.getName().contains("SoraDisk")));
        }
    }

    @Test
    void theStopOfItsRouteEndsADownload() throws Exception {
        try (WireServer server = server()) {
            CompletableFuture<Exchange> original = downloadInFlight(server);
            context.getRouteController().stopRoute("download");
            assertCancelled(original, server);
        }
    }

    @Test
    void theStopOfTheRouteOfItsEventsEndsADownload() throws Exception {
        try (WireServer server = server()) {
            CompletableFuture<Exchange> original = downloadInFlight(server);
            context.getRouteController().stopRoute("replies");
            assertThat(original.get(10, TimeUnit.SECONDS).getException(DownloadFailedException.class).getReason())
                    .isEqualTo(Reason.CANCELLED);
            assertThat(files()).isEmpty();
        }
    }

    /** The generation before it is not bought again either: the download is a step of its own. */
    @Test
    void aRedeliveryOfTheDownloadBuysNothing() throws Exception {
        try (WireServer server = WireServer.answeringAndClosing("HTTP/1.1 500 S\r\nContent-Length: 0\r\n\r\n")) {
            routes(route -> {
                route.onException(DownloadFailedException.class).maximumRedeliveries(2).redeliveryDelay(0);
                route.from("direct:in").to("sora:generate").process(exchange -> exchange.getMessage().setBody(
                        SoraVideo.builder().videoUrl("http://127.0.0.1:" + server.port() + "/v.mp4").build()))
                        .to("sora:download?recoveryDelay=1ms&recoveryMaxDelay=1ms&directory=" + directory
                                + "&trustedHosts=127.0.0.1:" + server.port());
            });
            assertThat(send("direct:in", "a paper boat").getException()).isInstanceOf(DownloadFailedException.class);
            assertThat(server.requests()).hasSize(15);
            assertThat(simulator().paidRequests()).isEqualTo(1);
        }
    }
}
