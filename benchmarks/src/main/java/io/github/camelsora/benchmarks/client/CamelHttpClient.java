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
import java.nio.charset.StandardCharsets;

import io.github.camelsora.benchmarks.load.LoadStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;

/** camel-http, and a split at the empty lines of the stream, as one writes it by hand. */
final class CamelHttpClient implements StreamClient {

    /** Its defaults are 20 connections to a host, and 200 in all. */
    private static final String MANY_CONNECTIONS = "connectionsPerRoute=100000&maxTotalConnections=100000";

    private final String baseUrl;
    private final ExchangeReaders readers;
    private final CamelRoute route;

    CamelHttpClient(ClientSettings settings, StreamListener listener) throws Exception {
        this.baseUrl = settings.baseUrl();
        settings.refuseTls();
        this.readers = new ExchangeReaders(listener);
        route = CamelRoute.blocking(routes(), readers::ended);
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(CamelRoute.START).process(CamelHttpClient.this::request)
                        .to(baseUrl + "/v1/chat/completions?disableStreamCache=true&" + MANY_CONNECTIONS)
                        .split(body().tokenize("\n\n")).streaming().process(CamelHttpClient.this::arrived);
            }
        };
    }

    private void request(Exchange exchange) {
        LoadStream stream = CamelRoute.stream(exchange);
        readers.begin(exchange);
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setHeader("Authorization", "Bearer key");
        exchange.getMessage().setBody(stream.requestBody());
    }

    private void arrived(Exchange exchange) throws IOException {
        String event = exchange.getMessage().getBody(String.class);
        if (event.startsWith("data: ")) {
            byte[] payload = event.substring("data: ".length()).getBytes(StandardCharsets.UTF_8);
            readers.of(exchange).payload(payload, 0, payload.length);
        }
    }

    @Override
    public void start(LoadStream stream) {
        route.start(stream);
    }

    @Override
    public void close() {
        route.close();
    }
}
