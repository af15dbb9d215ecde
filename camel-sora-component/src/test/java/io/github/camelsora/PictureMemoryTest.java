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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.WireServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** While its stream is open, a generation holds its picture once, as text for the result's messages, and no request body. */
class PictureMemoryTest extends SoraRouteTest {

    private static final int PICTURE = 8 << 20;
    private static final int GENERATIONS = 4;
    /** A data URL is Base64, in a string of one byte for each character. */
    private static final long DATA_URL = PICTURE / 3 * 4;

    private final AtomicInteger open = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(1);

    @Test
    void aPictureIsHeldOnceWhileTheStreamIsOpen() throws Exception {
        byte[] picture = new byte[PICTURE];
        Arrays.fill(picture, (byte) 'x');
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, picture, 0, 8);
        try (WireServer server = WireServer.running(this::generate)) {
            routes(route -> route.from("direct:in").to("sora:generate?apiKey=k&baseUrl=http://127.0.0.1:" + server.port()));
            // Classes, buffers and pools come with the first ones. The pictures come last, as something may be left of them.
            held("a paper boat");
            held("a paper boat");
            long without = held("a paper boat");
            long with = held(picture);
            assertThat((with - without) / GENERATIONS).as("bytes for each picture beside itself")
                    .isBetween(DATA_URL / 2, DATA_URL + (2 << 20));
        }
    }

    private void generate(WireServer.Connection connection) throws Exception {
        connection.skipRequest();
        connection.send(CHUNKED + chunk(event("{\"choices\":[{\"delta\":{\"content\":\"> 12 %\\n\"}}]}")));
        CountDownLatch awaited = gate;
        open.incrementAndGet();
        awaited.await(60, TimeUnit.SECONDS);
        connection.send(chunk(event("{\"choices\":[{\"delta\":{\"content\":\"[v](https://filesystem.site/cdn/1.mp4)\\n\"}}]}")
                + event("[DONE]")));
    }

    /** The memory in use while the streams of some generations are open. */
    private long held(Object prompt) throws Exception {
        open.set(0);
        gate = new CountDownLatch(1);
        List<CompletableFuture<Exchange>> exchanges = new ArrayList<>();
        for (Object body : Collections.nCopies(GENERATIONS, prompt)) {
            exchanges.add(template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody(body)));
        }
        await().atMost(30, TimeUnit.SECONDS).until(() -> open.get() == GENERATIONS);
        long used = usedMemory();
        gate.countDown();
        for (CompletableFuture<Exchange> exchange : exchanges) {
            assertThat(exchange.get(30, TimeUnit.SECONDS).getMessage().getBody()).isInstanceOf(SoraVideo.class);
        }
        return used;
    }

    private static long usedMemory() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(50);
            least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }
}
