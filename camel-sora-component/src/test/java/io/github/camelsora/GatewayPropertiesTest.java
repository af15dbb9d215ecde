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

import java.util.Map;

import io.github.camelsora.internal.http.RequestHeaders;
import io.github.camelsora.internal.protocol.ChatTarget;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Named gateways in the properties of an application that runs with camel-main. */
class GatewayPropertiesTest {

    private static final String GATEWAYS = "camel.component.sora.gateways";

    @ParameterizedTest
    @ValueSource(strings = { ".acme.baseUrl, .acme.apiKey, .acme.apiKeyHeader",
            ".acme.base-url, .acme.api-key, .acme.api-key-header", "[acme].baseUrl, [acme].apiKey, [acme].apiKeyHeader" })
    void everySpellingOfAGatewayPropertyIsBound(String names) throws Exception {
        String[] name = names.split(", ");
        SoraComponent component = component(Map.of(GATEWAYS + name[0], "https://acme.example/v1", GATEWAYS + name[1], "secret",
                GATEWAYS + name[2], "X-Key", GATEWAYS + ".piapi.model", "another"));

        assertThat(component.getGateways()).containsOnlyKeys("acme", "piapi");
        ChatTarget acme = resolve(component, "acme").chat();
        assertThat(acme.uri()).hasToString("https://acme.example/v1/chat/completions");
        assertThat(acme.headers()).isEqualTo(RequestHeaders.builder().header("X-Key", "secret").build());
    }

    @Test
    void aGatewayNameMayHaveADash() throws Exception {
        SoraComponent component = component(Map.of(GATEWAYS + ".our-own.baseUrl", "https://own.example",
                GATEWAYS + ".our-own.apiKey", "secret"));
        assertThat(resolve(component, "our-own").baseUrl()).isEqualTo("https://own.example");
    }

    @Test
    void anUnknownGatewayOptionIsAnError() {
        assertThatThrownBy(() -> component(Map.of(GATEWAYS + ".acme.colour", "red"))).hasStackTraceContaining("colour");
    }

    private static ResolvedGateway resolve(SoraComponent component, String name) {
        SoraConfiguration options = component.getConfiguration().copy();
        options.setGateway(name);
        return new GatewayResolver(component.getGateways(), component.getCamelContext()).resolve(options);
    }

    private static SoraComponent component(Map<String, String> properties) throws Exception {
        Main main = new Main();
        properties.forEach(main::addInitialProperty);
        try {
            main.start();
            return main.getCamelContext().getComponent("sora", SoraComponent.class);
        } finally {
            main.stop();
        }
    }
}
