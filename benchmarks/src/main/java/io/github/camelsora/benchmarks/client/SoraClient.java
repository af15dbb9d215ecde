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

import io.github.camelsora.SoraComponent;
import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The component, in each of the three ways in which a route can hear of a generation. */
final class SoraClient implements StreamClient {

    enum Mode {
        RESULT, REPLIES, SPLIT
    }

    private final StreamListener listener;
    private final Mode mode;
    private final CamelRoute route;

    SoraClient(int port, StreamListener listener, Mode mode) throws Exception {
        this.listener = listener;
        this.mode = mode;
        CamelContext context = new DefaultCamelContext();
        SoraComponent sora = context.getComponent("sora", SoraComponent.class);
        sora.getConfiguration().setBaseUrl("http://127.0.0.1:" + port);
        sora.getConfiguration().setApiKey("key");
        route = CamelRoute.asynchronous(context, routes(), this::ended);
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // a failure is counted, not logged ten thousand times
                errorHandler(noErrorHandler());
                switch (mode) {
                    case RESULT -> from(CamelRoute.START).to("sora:generate").process(SoraClient.this::arrived);
                    case REPLIES -> {
                        from(CamelRoute.START).to("sora:generate?streamRepliesTo=direct:events");
                        from("direct:events").process(SoraClient.this::arrived);
                    }
                    case SPLIT -> from(CamelRoute.START).to("sora:generate?streaming=true")
                            .split(body()).streaming().process(SoraClient.this::arrived);
                }
            }
        };
    }

    private void arrived(Exchange exchange) {
        if (mode == Mode.RESULT) {
            listener.event(exchange.getProperty(CamelRoute.STREAM, LoadStream.class).number(), StreamShape.EVENTS - 1);
        } else {
            SoraEvent event = exchange.getMessage().getBody(SoraEvent.class);
            if (event.getTaskId() != null && event.getType() != SoraEventType.FAILED) {
                listener.event(number(event.getTaskId()), event.getSequence() - 1);
            }
        }
    }

    private static int number(String taskId) {
        int length = StreamShape.TASK_ID.length();
        return Integer.parseInt(taskId, length - StreamShape.DIGITS, length, 10);
    }

    private void ended(LoadStream stream, Exchange exchange) {
        boolean complete = exchange.getException() == null
                && (mode == Mode.SPLIT || exchange.getMessage().getBody() instanceof SoraVideo);
        listener.ended(stream.number(), complete);
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
