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
package io.github.camelsora.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.Micros;
import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.benchmarks.load.Times;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Message;
import org.apache.hc.core5.http.URIScheme;
import org.apache.hc.core5.http.impl.bootstrap.HttpAsyncServer;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncRequestConsumer;
import org.apache.hc.core5.http.nio.AsyncServerRequestHandler;
import org.apache.hc.core5.http.nio.DataStreamChannel;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityConsumer;
import org.apache.hc.core5.http.nio.support.BasicRequestConsumer;
import org.apache.hc.core5.http.nio.support.BasicResponseProducer;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.http2.config.H2Config;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2ServerBootstrap;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.jspecify.annotations.Nullable;

/**
 * The same gateway over HTTP/2 without TLS, all streams of a client on one connection: HttpCore's server, which looks at all
 * streams of a connection for each write, and so is the limit from some thousand streams on.
 */
public final class Http2Server implements AsyncServerRequestHandler<Message<HttpRequest, byte[]>> {

    private final Times written;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<Integer, EncodedStream> streams = new ConcurrentHashMap<>();

    private Http2Server(int noted) {
        this.written = new Times(noted);
    }

    /** Takes and prints what {@link LoadServer#main} does, but speaks no TLS. */
    public static void main(String[] arguments) throws Exception {
        if (!arguments[3].isEmpty()) {
            throw new IllegalArgumentException("HTTP/2 is not compared with TLS: name other clients with speed.clients");
        }
        Http2Server load = new Http2Server(Integer.parseInt(arguments[1]));
        HttpAsyncServer server = H2ServerBootstrap.bootstrap()
                .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_2)
                .setH2Config(H2Config.custom().setMaxConcurrentStreams(Integer.MAX_VALUE).build())
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
                .setCanonicalHostName("127.0.0.1")
                .register("*", load)
                .create();
        server.start();
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        System.out.println(((InetSocketAddress) server.listen(any, URIScheme.HTTP).get().getAddress()).getPort());
        System.in.readAllBytes();
        server.close(CloseMode.IMMEDIATE);
        load.timer.shutdownNow();
        load.written.save(arguments[2]);
        System.out.println("0 0");
    }

    @Override
    public AsyncRequestConsumer<Message<HttpRequest, byte[]>> prepare(HttpRequest request, EntityDetails body,
            HttpContext context) {
        return new BasicRequestConsumer<>(new BasicAsyncEntityConsumer());
    }

    @Override
    public void handle(Message<HttpRequest, byte[]> request, ResponseTrigger response, HttpContext context)
            throws IOException, HttpException {
        LoadStream stream = LoadStream.find(request.getBody(), request.getBody().length);
        EncodedStream encoded = streams.computeIfAbsent(stream.chunks(),
                chunks -> new EncodedStream(StreamShape.of(chunks), EncodedStream.Framing.NONE));
        response.submitResponse(new BasicResponseProducer(new BasicHttpResponse(200), new Steps(stream, encoded)), context);
    }

    /** Writes the payloads of one stream when they are due. Used by the thread of the connection. */
    private final class Steps implements AsyncEntityProducer {

        private final LoadStream stream;
        private final EncodedStream encoded;
        private int step;
        private long dueNanos = System.nanoTime();
        private @Nullable ByteBuffer pending;

        Steps(LoadStream stream, EncodedStream encoded) {
            this.stream = stream;
            this.encoded = encoded;
        }

        @Override
        public int available() {
            return System.nanoTime() >= dueNanos ? 1 : 0;
        }

        @Override
        public void produce(DataStreamChannel channel) throws IOException {
            while (step < encoded.steps() && available() > 0) {
                ByteBuffer bytes = pending == null ? next() : pending;
                pending = bytes;
                channel.write(bytes);
                if (bytes.hasRemaining()) {
                    return;
                }
                pending = null;
                step++;
                dueNanos += TimeUnit.MILLISECONDS.toNanos(stream.millis()) / encoded.steps();
            }
            if (step == encoded.steps()) {
                channel.endStream();
            } else {
                timer.schedule(channel::requestOutput, dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            }
        }

        private ByteBuffer next() {
            int event = encoded.shape().eventOf(step);
            if (event >= 0 && stream.noted()) {
                written.note(stream.number(), event, Micros.now());
            }
            return encoded.bytes(stream.number(), step, step);
        }

        @Override
        public boolean isRepeatable() {
            return false;
        }

        @Override
        public void failed(Exception cause) {
            // the client counts what is missing
        }

        @Override
        public long getContentLength() {
            return -1;
        }

        @Override
        public String getContentType() {
            return ContentType.TEXT_EVENT_STREAM.toString();
        }

        @Override
        public @Nullable String getContentEncoding() {
            return null;
        }

        @Override
        public boolean isChunked() {
            return true;
        }

        @Override
        public Set<String> getTrailerNames() {
            return Set.of();
        }

        @Override
        public void releaseResources() {
            // there are none
        }
    }
}
