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
package com.example;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The test class of the component's page. */
public class VideoRouteTest extends CamelTestSupport {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        SoraComponent sora = context.getComponent("sora", SoraComponent.class);
        sora.getConfiguration().setBaseUrl(SORA.simulator().baseUrl());
        sora.getConfiguration().setApiKey("any");
        return context;
    }

    @Override
    protected RouteBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:prompts").to("sora:generate?recoveryDelay=10");
            }
        };
    }

    @Test
    void makesAVideo() {
        SoraVideo video = template.requestBody("direct:prompts", "A paper boat", SoraVideo.class);

        assertTrue(video.videoUrl().startsWith(SORA.simulator().baseUrl()));
    }

    @Test
    void paysOnceWhenTheConnectionBreaks() {
        SORA.simulator().answer(Answer.success().cutAfter(61));

        SoraVideo video = template.requestBody("direct:prompts", "A paper boat", SoraVideo.class);

        assertEquals("A paper boat", video.prompt());
        assertEquals(1, SORA.simulator().paidRequests());
    }

    @Test
    void tellsThatTheGatewayIsBusy() {
        SORA.simulator().answer(Answer.status(429));

        Exchange exchange = template.request("direct:prompts", in -> in.getMessage().setBody("A paper boat"));

        assertTrue(assertInstanceOf(GatewayRefusedException.class, exchange.getException()).isRetryable());
        assertEquals(0, SORA.simulator().paidRequests());
    }
}
