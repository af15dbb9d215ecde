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
package io.github.camelsora.benchmarks.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

import io.github.camelsora.benchmarks.load.DeltaParser;
import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.TestCertificate;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.H2AsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.reactor.ssl.SSLBufferMode;

/** HttpClient 5 async with buffers of 1 KiB and two I/O threads, as the component uses it, and nothing behind it but JSON. */
final class HttpAsyncJsonClient implements StreamClient {

    private static final int BUFFER_SIZE = 1024;
    private static final int THREADS = 2;

    private final HttpHost server;
    private final StreamListener listener;
    private final CloseableHttpAsyncClient client;
    private final DeltaParser parser = new DeltaParser();
    private final Shapes shapes = new Shapes();

    private HttpAsyncJsonClient(ClientSettings settings, StreamListener listener, CloseableHttpAsyncClient client) {
        this.server = new HttpHost(settings.scheme(), "127.0.0.1", settings.port());
        this.listener = listener;
        this.client = client;
        client.start();
    }

    static HttpAsyncJsonClient http1(ClientSettings settings, StreamListener listener, boolean keepAlive)
            throws GeneralSecurityException, IOException {
        HttpAsyncClientBuilder builder = HttpAsyncClientBuilder.create()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setConnectionManager(connections(settings))
                .setHttp1Config(Http1Config.custom().setBufferSize(BUFFER_SIZE).build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(THREADS).build());
        if (!keepAlive) {
            builder.setConnectionReuseStrategy((request, response, context) -> false);
        }
        return new HttpAsyncJsonClient(settings, listener, builder.build());
    }

    /** All streams on one connection, without TLS; the client has to know that the server speaks HTTP/2. */
    static HttpAsyncJsonClient http2(ClientSettings settings, StreamListener listener) {
        settings.refuseTls();
        return new HttpAsyncJsonClient(settings, listener, H2AsyncClientBuilder.create()
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAuthCaching()
                .setH2Config(H2Config.custom().setPushEnabled(false).setMaxConcurrentStreams(Integer.MAX_VALUE).build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(THREADS).build())
                .build());
    }

    private static PoolingAsyncClientConnectionManager connections(ClientSettings settings)
            throws GeneralSecurityException, IOException {
        PoolingAsyncClientConnectionManagerBuilder builder = PoolingAsyncClientConnectionManagerBuilder.create()
                .setMaxConnTotal(Integer.MAX_VALUE)
                .setMaxConnPerRoute(Integer.MAX_VALUE)
                .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build());
        if (settings.keyStore() != null) {
            builder.setTlsStrategy(ClientTlsStrategyBuilder.create()
                    .setSslContext(TestCertificate.context(settings.keyStore()))
                    .setSslBufferMode(SSLBufferMode.DYNAMIC)
                    .buildAsync());
        }
        return builder.build();
    }

    @Override
    public void start(LoadStream stream) {
        AsyncRequestProducer request = AsyncRequestBuilder.post()
                .setHttpHost(server)
                .setPath("/v1/chat/completions")
                .addHeader("Authorization", "Bearer key")
                .setEntity(stream.requestBody(), ContentType.APPLICATION_JSON)
                .build();
        ChunkReader reader = new ChunkReader(stream, shapes.of(stream), parser, listener);
        client.execute(request, new Response(new PayloadSplitter(reader)), new End(reader));
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }

    private static final class Response extends AbstractBinResponseConsumer<Void> {

        private final PayloadSplitter payloads;

        Response(PayloadSplitter payloads) {
            this.payloads = payloads;
        }

        @Override
        protected void start(HttpResponse response, ContentType contentType) {
            // the server has only one answer
        }

        @Override
        protected int capacityIncrement() {
            return Integer.MAX_VALUE;
        }

        @Override
        protected void data(ByteBuffer source, boolean last) throws IOException {
            payloads.push(source.array(), source.arrayOffset() + source.position(), source.remaining());
            source.position(source.limit());
        }

        @Override
        protected Void buildResult() {
            return null;
        }

        @Override
        public void releaseResources() {
            // there are none
        }
    }

    private record End(ChunkReader reader) implements FutureCallback<Void> {

        @Override
        public void completed(Void result) {
            reader.end();
        }

        @Override
        public void failed(Exception cause) {
            reader.end();
        }

        @Override
        public void cancelled() {
            reader.end();
        }
    }
}
