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

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;

/** The ways in which a route can hear of a generation. */
enum SoraRoutes {

    /** Only the result. */
    RESULT {
        @Override
        RouteBuilder routes(Processor arrived) {
            return builder(route -> route.from(CamelRoute.START).to("sora:generate").process(arrived));
        }
    },
    /** An exchange for each event. */
    REPLIES {
        @Override
        RouteBuilder routes(Processor arrived) {
            return builder(route -> {
                route.from(CamelRoute.START).to("sora:generate?streamRepliesTo=direct:events");
                route.from("direct:events").process(arrived);
            });
        }
    },
    /** The events as the body. */
    SPLIT {
        @Override
        RouteBuilder routes(Processor arrived) {
            return builder(route -> route.from(CamelRoute.START).to("sora:generate?streaming=true")
                    .split(route.body()).streaming().process(arrived));
        }
    },
    /** A reply route that takes its time without holding a thread, for all but every tenth stream. */
    SLOW_ASYNC {
        @Override
        RouteBuilder routes(Processor arrived) {
            return mostlySlow(arrived, new Later());
        }
    },
    /** The same, but each exchange holds a thread. */
    SLOW_BLOCKING {
        @Override
        RouteBuilder routes(Processor arrived) {
            return mostlySlow(arrived, exchange -> Thread.sleep(SLOW_MILLIS));
        }
    };

    private static final int SLOW_MILLIS = 100;

    abstract RouteBuilder routes(Processor arrived);

    private interface Definition {
        void define(RouteBuilder route);
    }

    private static RouteBuilder builder(Definition definition) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // a failure is counted, not logged ten thousand times
                errorHandler(noErrorHandler());
                definition.define(this);
            }
        };
    }

    private static RouteBuilder mostlySlow(Processor arrived, Processor slow) {
        return builder(route -> {
            route.from(CamelRoute.START).choice()
                    .when(SoraRoutes::isFast).to("sora:generate?streamRepliesTo=direct:fast")
                    .otherwise().to("sora:generate?streamRepliesTo=direct:slow");
            route.from("direct:fast").process(arrived);
            route.from("direct:slow").process(arrived).process(slow);
        });
    }

    private static boolean isFast(Exchange exchange) {
        return CamelRoute.stream(exchange).number() % ClientKind.FAST_ONE_OF == 0;
    }

    /** Goes on after a while. */
    private static final class Later extends AsyncProcessorSupport implements AsyncProcessor {

        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            timer.schedule(() -> callback.done(false), SLOW_MILLIS, TimeUnit.MILLISECONDS);
            return false;
        }

        @Override
        protected void doStop() {
            timer.shutdownNow();
        }
    }
}
