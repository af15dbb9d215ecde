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
package io.github.camelsora.examples.fleet;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraException;
import org.apache.camel.builder.RouteBuilder;

/**
 * An order is acknowledged as soon as the gateway has named its task, which is in the database by then. From there on nothing
 * waits: no thread, no session, no message. What a killed worker leaves is in the database, and a timer of the others goes on
 * with it.
 */
public final class EarlyRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // What a stop ends is left to the other workers: nobody is told of it.
        onException(IllegalArgumentException.class).handled(true).to("direct:noVideo");
        onException(SoraException.class).onWhen(simple("${camelContext.stopping} == false"))
            .handled(true).to("direct:noVideo");
        // Nothing was bought: the transaction is rolled back, and the order comes again.
        onException(GatewayRefusedException.class).onWhen(simple("${exception.retryable}")).handled(false);

        from("jms:queue:orders?transacted=true&lazyCreateTransactionManager=false&concurrentConsumers={{worker.consumers}}")
            .routeId("orders")
            .bean("handOver", "untilSubmitted");

        from("direct:make").routeId("make")
            // Waits here, and so does the consumer, while this worker has enough to do.
            .process(new InFlightLimit(Integer.parseInt(getContext().resolvePropertyPlaceholders("{{worker.inFlight}}"))))
            .to("sora:generate?streamRepliesTo=direct:events")
            .to("direct:video");

        from("direct:events").routeId("events")
            .filter(header("CamelSoraEventType").isEqualTo("SUBMITTED"))
                .bean("handOver", "submitted(${header.CamelSoraGenerationId})");

        from("timer:unfinished?period={{worker.unfinishedPeriod}}").routeId("unfinished")
            .bean("taskRepository", "unfinished(20)")
            .split(body()).parallelProcessing()
                .to("direct:resume");

        from("direct:resume").routeId("resume")
            .setHeader("orderId", simple("${body.key}"))
            .to("sora:resume")
            // Else another worker was faster, and sends the video.
            .filter(header("CamelSoraReplayed").isNotEqualTo(true))
                .to("direct:video");
    }
}
