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
import java.util.ArrayList;
import java.util.List;

import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** An error in our own reading ends the exchange it reads, and not the I/O thread. */
class ResponseReaderTest {

    private final List<String> ends = new ArrayList<>();
    private final ExchangeLifecycle<String> lifecycle = new ExchangeLifecycle<>(new ExchangeLifecycle.Owner<>() {

        @Override
        public void release() {
            ends.add("released");
        }

        @Override
        public void deliver(String end) {
            ends.add(end);
        }
    });
    private final ResponseReader reader = new ResponseReader(lifecycle) {

        @Override
        protected void head(ResponseHead head) {
            throw new StackOverflowError("head");
        }

        @Override
        protected void body(ByteBuffer bytes) {
            throw new StackOverflowError("body");
        }

        @Override
        protected void bodyEnd() {
            throw new StackOverflowError("end");
        }

        @Override
        protected void broken(IOException cause) {
            throw new StackOverflowError("broken");
        }

        @Override
        protected void unreadable(IOException cause) {
            lifecycle.end(cause.getMessage());
        }

        @Override
        public void cancelled() {
            lifecycle.end("cancelled");
        }
    };

    private void assertEnded(String where) {
        lifecycle.leave();
        assertThat(ends).containsExactly("released",
                "The response could not be read: java.lang.StackOverflowError: " + where);
    }

    @Test
    void theHeadersAreNotHeldWhileTheBodyComes() {
        BasicHttpResponse response = new BasicHttpResponse(200);
        response.setHeader("Set-Cookie", "long");
        BasicHttpRequest request = new BasicHttpRequest("POST", "/");
        request.setHeader("Authorization", "Bearer key");
        HttpCoreContext context = HttpCoreContext.create();
        context.setRequest(request);

        reader.consumeResponse(response, null, context, null);

        assertThat(response.getHeaders()).isEmpty();
        assertThat(request.getHeaders()).isEmpty();
        assertEnded("head");
    }

    @Test
    void anErrorInTheBodyEndsTheExchange() {
        reader.consume(ByteBuffer.allocate(1));
        reader.consume(ByteBuffer.allocate(1));
        assertEnded("body");
    }

    @Test
    void anErrorAtTheEndEndsTheExchange() {
        reader.streamEnd(List.of());
        assertEnded("end");
    }

    @Test
    void anErrorAfterABreakEndsTheExchange() {
        reader.failed(new IOException("reset"));
        assertEnded("broken");
    }
}
