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
package io.github.camelsora.internal.link;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.http.ResponseHead;
import io.github.camelsora.internal.http.TestCertificate;
import io.github.camelsora.internal.http.WireServer;
import io.github.camelsora.internal.text.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A taker without room gets no more than about 64 KiB, and its silence is not the server's. */
class VideoBackPressureTest extends LinkClientTestSupport {

    private static final int SIZE = 1_000_000;
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nContent-Length: " + SIZE + "\r\n\r\n";

    @TempDir
    Path folder;

    private static void serve(WireServer.Connection connection) throws Exception {
        connection.readRequest();
        connection.send(HEAD + "x".repeat(SIZE));
    }

    @Test
    void onlyWhatThereIsRoomForIsRead() throws Exception {
        try (WireServer server = WireServer.running(VideoBackPressureTest::serve)) {
            assertHeldBack(server, link(server, "/v.mp4").toString());
        }
    }

    @Test
    void onlyWhatThereIsRoomForIsReadOverTls() throws Exception {
        SSLContext tls = TestCertificate.contextFor("cdn.example", folder);
        try (WireServer server = WireServer.runningTls(tls, VideoBackPressureTest::serve)) {
            using(new GatewayClientSettings(tls, null), address -> true);
            assertHeldBack(server, link(server, "/v.mp4").toString().replace("http:", "https:"));
        }
    }

    private void assertHeldBack(WireServer server, String link) {
        SlowTaker taker = new SlowTaker();
        AtomicReference<LinkAnswer> end = new AtomicReference<>();
        links.fetch(Link.of(link), named(server), new VideoTimes(CONNECT, Duration.ofSeconds(1), Duration.ofMinutes(5)), taker,
                end::set);
        int rounds = 0;
        while (end.get() == null) {
            await().atMost(20, TimeUnit.SECONDS).until(() -> end.get() != null || taker.goOn.get() != null);
            if (rounds == 0) {
                // Longer than the server may be silent.
                await().pollDelay(Duration.ofMillis(2500)).until(() -> true);
                assertThat(end.get()).isNull();
            }
            int before = taker.taken.get();
            Runnable goOn = taker.goOn.getAndSet(null);
            if (goOn != null) {
                rounds++;
                assertThat(before).isLessThanOrEqualTo(rounds * (64 * 1024 + 20 * 1024));
                goOn.run();
            }
        }
        assertThat(end.get()).isInstanceOf(LinkAnswer.Received.class);
        assertThat(taker.taken.get()).isEqualTo(SIZE);
        assertThat(rounds).isGreaterThan(10);
    }

    private static final class SlowTaker implements VideoTaker {

        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicReference<Runnable> goOn = new AtomicReference<>();

        @Override
        public VideoPart part() {
            return null;
        }

        @Override
        public boolean begins(ResponseHead head) {
            return true;
        }

        @Override
        public boolean takes(ByteBuffer bytes) {
            taken.addAndGet(bytes.remaining());
            bytes.position(bytes.limit());
            return true;
        }

        @Override
        public void awaitRoom(Runnable action) {
            goOn.set(action);
        }

        @Override
        public boolean isFull() {
            return goOn.get() != null;
        }
    }
}
