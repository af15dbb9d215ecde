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

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.camelsora.benchmarks.load.LoadStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/** A Camel context with a route that begins at {@link #START}; each stream is one exchange on it. */
final class CamelRoute implements AutoCloseable {

    static final String START = "direct:generate";
    private static final String STREAM = "stream";

    private final CamelContext context;
    private final Endpoint start;
    private final AsyncProducer producer;
    private final End end;
    private final @Nullable ExecutorService threads;

    /** What comes of an exchange at the end of the route. */
    interface End {
        void ended(LoadStream stream, Exchange exchange);
    }

    private CamelRoute(CamelContext context, RoutesBuilder routes, End end, @Nullable ExecutorService threads)
            throws Exception {
        this.context = context;
        this.end = end;
        this.threads = threads;
        context.addRoutes(routes);
        context.start();
        start = context.getEndpoint(START);
        producer = start.createAsyncProducer();
        producer.start();
    }

    /** For a route that holds no thread. */
    static CamelRoute asynchronous(CamelContext context, RoutesBuilder routes, End end) throws Exception {
        return new CamelRoute(context, routes, end, null);
    }

    /** For a route that holds a thread until the stream is over. It gets as many as there are streams. */
    static CamelRoute blocking(RoutesBuilder routes, End end) throws Exception {
        return new CamelRoute(new DefaultCamelContext(), routes, end, Executors.newCachedThreadPool());
    }

    static LoadStream stream(Exchange exchange) {
        return exchange.getProperty(STREAM, LoadStream.class);
    }

    void start(LoadStream stream) {
        start(exchange(stream), stream);
    }

    /** With a header. */
    void start(LoadStream stream, String header, String value) {
        Exchange exchange = exchange(stream);
        exchange.getMessage().setHeader(header, value);
        start(exchange, stream);
    }

    private Exchange exchange(LoadStream stream) {
        Exchange exchange = start.createExchange();
        exchange.setProperty(STREAM, stream);
        exchange.getMessage().setBody(stream.prompt());
        return exchange;
    }

    private void start(Exchange exchange, LoadStream stream) {
        if (threads == null) {
            producer.process(exchange, done -> end.ended(stream, exchange));
        } else {
            threads.execute(() -> producer.process(exchange, done -> end.ended(stream, exchange)));
        }
    }

    @Override
    public void close() {
        context.stop();
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}
