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
import java.util.Set;

import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.RequestChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Writes one request, once. HttpClient asks for the body only when it has a connection to write to, and writes the head in
 * the same call: that moment is the hand-over. It asks for the head in advance, in {@link #sendRequest}, from any thread;
 * otherwise I/O thread.
 */
final class GatewayRequestProducer implements AsyncRequestProducer {

    private static final Header ACCEPT = new SecretHeader("Accept", "text/event-stream, application/json");
    private static final Header IDENTITY = new SecretHeader("Accept-Encoding", "identity");

    /** Whether the request may be written now. */
    interface HandOver {

        /** The request is about to be written, once. False if nothing of it may be. */
        boolean handOver();
    }

    private final HandOver handOver;
    private final HttpRequest head;
    private final RequestBody request;
    private @Nullable ByteBuffer body;
    private boolean handedOver;
    private boolean over;

    GatewayRequestProducer(HandOver handOver, GatewayRequest request) {
        this.handOver = handOver;
        this.head = head(request);
        this.request = request.body();
    }

    private static HttpRequest head(GatewayRequest request) {
        BasicHttpRequest head = new BasicHttpRequest("POST", request.uri());
        if (request.uri().getRawQuery() == null && !request.uri().getRawPath().isEmpty()) {
            // The same text for all streams to this URI; the constructor makes a copy.
            head.setPath(request.uri().getRawPath());
        }
        head.setHeader(ACCEPT);
        request.headers().list().forEach(head::setHeader);
        head.setHeader(IDENTITY);
        head.removeHeaders("Content-Type");
        head.removeHeaders("Content-Length");
        head.removeHeaders("Transfer-Encoding");
        head.removeHeaders("Expect");
        return head;
    }

    @Override
    public void sendRequest(RequestChannel channel, HttpContext context) throws HttpException, IOException {
        channel.sendRequest(head, new Json(request.length()), context);
    }

    @Override
    public boolean isRepeatable() {
        return false;
    }

    @Override
    public int available() {
        return over ? 0 : Math.max(1, body == null ? request.length() : body.remaining());
    }

    @Override
    public void produce(DataStreamChannel channel) throws IOException {
        if (!handedOver) {
            if (!handOver.handOver()) {
                throw new ConnectionClosedException("The call ended before it was sent");
            }
            handedOver = true;
            body = over ? null : request.take();
        }
        if (body == null) {
            return;
        }
        channel.write(body);
        if (!body.hasRemaining()) {
            letGo();
            channel.endStream();
        }
    }

    private void letGo() {
        over = true;
        body = null;
    }

    @Override
    public void failed(Exception cause) {
        letGo();
    }

    @Override
    public void releaseResources() {
        letGo();
    }

    /** HttpCore's own would write the content type anew for each request. */
    private record Json(long length) implements EntityDetails {

        @Override
        public long getContentLength() {
            return length;
        }

        @Override
        public String getContentType() {
            return "application/json; charset=utf-8";
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public boolean isChunked() {
            return false;
        }

        @Override
        public Set<String> getTrailerNames() {
            return Set.of();
        }
    }
}
