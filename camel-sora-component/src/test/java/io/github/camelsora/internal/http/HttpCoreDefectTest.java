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

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.async.methods.SimpleRequestProducer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.junit.jupiter.api.Test;

import static io.github.camelsora.internal.http.WireServer.CHUNKED;
import static io.github.camelsora.internal.http.WireServer.chunk;
import static io.github.camelsora.internal.http.WireServer.event;
import static io.github.camelsora.internal.http.WireServer.running;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plain HttpClient, without {@link InputEvents}: what that class works around. */
class HttpCoreDefectTest {

    /** Takes the head of a response only when the server has closed, so that the rest and the end are read in one go. */
    private static final class Reader implements AsyncResponseConsumer<Void> {

        private final CountDownLatch closed = new CountDownLatch(1);
        private final CompletableFuture<Void> result = new CompletableFuture<>();
        private final StringBuffer body = new StringBuffer();

        @Override
        public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context,
                FutureCallback<Void> callback) {
            try {
                closed.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void consume(ByteBuffer bytes) {
            body.append(UTF_8.decode(bytes));
        }

        @Override
        public void streamEnd(List<? extends Header> trailers) {
            result.complete(null);
        }

        @Override
        public void failed(Exception cause) {
            result.completeExceptionally(cause);
        }

        @Override
        public void updateCapacity(CapacityChannel capacity) throws IOException {
            capacity.update(Integer.MAX_VALUE);
        }

        @Override
        public void informationResponse(HttpResponse response, HttpContext context) {
            // none is sent
        }

        @Override
        public void releaseResources() {
            // none are held
        }
    }

    @Test
    void theWorkaroundIsNeededBecauseHttpCoreDropsTheBytesBeforeAPrematureEnd() throws Exception {
        Reader reader = new Reader();
        try (CloseableHttpAsyncClient client = HttpAsyncClientBuilder.create().disableAutomaticRetries().build();
                WireServer server = running(connection -> {
                    connection.readRequest();
                    connection.send(CHUNKED + chunk(event("the link of a paid video")));
                    connection.close();
                    reader.closed.countDown();
                })) {
            client.start();
            client.execute(SimpleRequestProducer.create(SimpleRequestBuilder.get(server.uri()).build()), reader, null);
            assertThatThrownBy(() -> reader.result.get(10, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(ConnectionClosedException.class);
            assertThat(reader.body.toString())
                    .as("HttpCore passes on the last bytes now: remove this test, and the reason from InputEvents")
                    .isEmpty();
        }
    }
}
