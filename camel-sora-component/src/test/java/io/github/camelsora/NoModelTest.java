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
package io.github.camelsora;

import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway without a default model: said at start, where it can still be set. */
class NoModelTest extends SoraRouteTest {

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        Gateway acme = new Gateway();
        acme.setBaseUrl(simulator().baseUrl());
        acme.setApiKey(KEY);
        context.getComponent("sora", SoraComponent.class).getGateways().put("acme", acme);
        return context;
    }

    @Test
    void aGatewayWithoutAModelIsSaidAtStart() throws Exception {
        assertThat(warnings("direct:in", "sora:generate?gateway=acme")).singleElement().asString()
                .contains("Gateway acme has no default model", "CamelSoraModel", "camel.component.sora.gateways.acme.model");
        assertThat(send("direct:in", "x").getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no default model");
        assertThat(send("direct:in", "x", Map.of(SoraConstants.MODEL, "acme-1")).getException()).isNull();
    }

    @Test
    void aModelOfTheEndpointIsEnough() throws Exception {
        assertThat(warnings("direct:in", "sora:generate?gateway=acme&model=acme-1")).isEmpty();
    }

    private List<String> warnings(String from, String to) throws Exception {
        try (LogRecorder log = new LogRecorder("io.github.camelsora")) {
            routes(route -> route.from(from).to(to));
            return log.lines().stream().filter(line -> line.startsWith("WARN")).toList();
        }
    }
}
