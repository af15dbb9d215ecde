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

import io.github.camelsora.benchmarks.load.DeltaParser;
import io.github.camelsora.benchmarks.load.LoadStream;
import org.apache.camel.Exchange;

/** The reader of each exchange whose route reads the chunks itself. Thread-safe. */
final class ExchangeReaders {

    private static final String READER = "reader";

    private final StreamListener listener;
    private final DeltaParser parser = new DeltaParser();
    private final Shapes shapes = new Shapes();

    ExchangeReaders(StreamListener listener) {
        this.listener = listener;
    }

    void begin(Exchange exchange) {
        LoadStream stream = CamelRoute.stream(exchange);
        exchange.setProperty(READER, new ChunkReader(stream, shapes.of(stream), parser, listener));
    }

    /** Of an exchange, or of a part of it. */
    ChunkReader of(Exchange exchange) {
        return exchange.getProperty(READER, ChunkReader.class);
    }

    void ended(LoadStream stream, Exchange exchange) {
        if (exchange.getException() == null) {
            of(exchange).end();
        } else {
            listener.ended(stream.number(), false);
        }
    }
}
