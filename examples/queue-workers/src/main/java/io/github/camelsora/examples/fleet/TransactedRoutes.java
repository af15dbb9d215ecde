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
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraException;
import org.apache.camel.builder.RouteBuilder;

/**
 * An order stays in its transaction until its video is there. It holds a thread and a session for all that time, so that
 * {@code concurrentConsumers} says how many videos a worker waits for. Whatever happens to the worker, the broker delivers the
 * order again, and its key makes sure that nothing is bought again.
 */
public final class TransactedRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // What would end the same way again is answered. Any other failure rolls the transaction back, and the order comes
        // again.
        onException(IllegalArgumentException.class).handled(true).to("direct:noVideo");
        onException(SoraException.class).handled(true).to("direct:noVideo");
        // The gateway or the repository has refused it for now: nothing was bought.
        onException(GatewayRefusedException.class).onWhen(simple("${exception.retryable}")).handled(false);
        // There is a task that can be followed.
        onException(GenerationLostException.class).onWhen(simple("${exception.taskId} != null")).handled(false);

        from("jms:queue:orders?transacted=true&lazyCreateTransactionManager=false&concurrentConsumers={{worker.consumers}}")
            .routeId("orders")
            .to("sora:generate")
            .to("direct:video");
    }
}
