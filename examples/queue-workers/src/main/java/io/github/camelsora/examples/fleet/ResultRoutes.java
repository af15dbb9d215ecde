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

import org.apache.camel.builder.RouteBuilder;

/** Answers an order: the correlation id is its key. The same answer may come twice; whoever reads them drops the second. */
public final class ResultRoutes extends RouteBuilder {

    @Override
    public void configure() {
        from("direct:video").routeId("video")
            .removeHeaders("JMS*")
            .setHeader("JMSCorrelationID", header("orderId"))
            .to("jms:queue:videos");

        from("direct:noVideo").routeId("noVideo")
            .removeHeaders("JMS*")
            .setHeader("JMSCorrelationID", header("orderId"))
            .setHeader("outcome", header("CamelSoraOutcome"))
            .setBody(exceptionMessage())
            .to("jms:queue:noVideo");
    }
}
