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

import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which gateway an endpoint talks to, and with whose key. */
class GatewayChoiceTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private SoraComponent component;

    @BeforeEach
    void start() {
        context.start();
        component = context.getComponent("sora", SoraComponent.class);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void theComponentsKeyServesItsOwnGateway() {
        component.getConfiguration().setApiKey("K");
        Gateway gateway = resolve("sora:generate");
        assertThat(gateway.getBaseUrl()).isEqualTo("https://api.goapi.ai");
        assertThat(gateway.getApiKey()).isEqualTo("K");
        assertThat(gateway.getModel()).isEqualTo("sora-2-preview");
    }

    @Test
    void theComponentsKeyNeverGoesToAnotherGateway() {
        component.getConfiguration().setApiKey("K");
        assertThatThrownBy(() -> resolve("sora:generate?gateway=piapi")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Gateway piapi").hasMessageContaining("needs an API key")
                .hasMessageContaining("camel.component.sora.gateways.piapi.apiKey").hasMessageNotContaining("K:");
    }

    @Test
    void theComponentsKeyNeverGoesToAnotherBaseUrl() {
        component.getConfiguration().setApiKey("K");
        assertThatThrownBy(() -> resolve("sora:generate?baseUrl=https://elsewhere.example"))
                .hasMessageContaining("elsewhere.example").hasMessageContaining("needs an API key");
        component.getConfiguration().setBaseUrl("https://mine.example/v1");
        assertThat(resolve("sora:generate?baseUrl=https://mine.example/").getApiKey()).isEqualTo("K");
    }

    @Test
    void aKeyGivenAsTheComponentsHeaderNeverGoesToAnotherGateway() {
        component.getConfiguration().getAdditionalHeader().put("Authorization", "K");
        assertThat(resolve("sora:generate").getApiKey()).isNull();
        assertThatThrownBy(() -> resolve("sora:generate?gateway=chainhub")).hasMessageContaining("needs an API key");
        SoraEndpoint other = (SoraEndpoint) context.getEndpoint("sora:generate?gateway=chainhub&apiKey=C");
        assertThat(other.getConfiguration().getAdditionalHeader()).isEmpty();
    }

    @Test
    void aBaseUrlAndModelOfTheComponentBelongToItsOwnGateway() {
        component.getConfiguration().setBaseUrl("https://mine.example");
        component.getConfiguration().setModel("mine");
        Gateway gateway = resolve("sora:generate?gateway=piapi&apiKey=P");
        assertThat(gateway.getBaseUrl()).isEqualTo("https://api.piapi.ai");
        assertThat(gateway.getApiKeyHeader()).isEqualTo("X-API-Key");
        assertThat(gateway.getModel()).isEqualTo("sora-2-preview");
    }

    @Test
    void aNamedGatewayHasItsOwnKey() {
        component.getConfiguration().setApiKey("K");
        component.getGateways().put("acme", gateway("https://acme.example/v1", "A"));
        assertThat(resolve("sora:generate?gateway=acme").getApiKey()).isEqualTo("A");
        assertThatThrownBy(() -> resolve("sora:generate?gateway=acme&baseUrl=https://elsewhere.example"))
                .hasMessageContaining("needs an API key");
    }

    @Test
    void aBuiltInNameOverridesWhatIsSetAndKeepsTheRest() {
        component.getGateways().put("piapi", gateway(null, "P"));
        Gateway gateway = resolve("sora:generate?gateway=piapi");
        assertThat(gateway.getBaseUrl()).isEqualTo("https://api.piapi.ai");
        assertThat(gateway.getApiKeyHeader()).isEqualTo("X-API-Key");
        assertThat(gateway.getApiKey()).isEqualTo("P");
    }

    @Test
    void aBeanInTheRegistryIsAGateway() {
        context.getRegistry().bind("beanGateway", gateway("https://bean.example", "B"));
        assertThat(resolve("sora:generate?gateway=beanGateway&model=m").getApiKey()).isEqualTo("B");
    }

    @Test
    void anUnknownGatewayNamesTheKnownOnes() {
        assertThatThrownBy(() -> resolve("sora:generate?gateway=nowhere&apiKey=K"))
                .hasMessageContaining("There is no gateway nowhere").hasMessageContaining("22codex, chainhub, goapi, piapi");
    }

    @Test
    void aMissingKeyIsAnErrorAtStartThatNamesTheProperty() {
        Endpoint endpoint = context.getEndpoint("sora:generate");
        assertThatThrownBy(() -> endpoint.createProducer().start())
                .hasStackTraceContaining("set camel.component.sora.apiKey");
    }

    @Test
    void anUnknownOperationNamesTheKnownOnes() {
        assertThatThrownBy(() -> context.getEndpoint("sora:make"))
                .hasStackTraceContaining("sora:make is no operation; use sora:generate, sora:remix or sora:resume");
    }

    @Test
    void optionsThatTheRequestOwnsAreRefused() {
        for (String name : Map.of("stream", 1, "messages", 1, "model", 1).keySet()) {
            assertThatThrownBy(() -> context.getEndpoint("sora:generate?apiKey=K&additionalBodyProperty."
                    + name + "=x").start())
                    .hasStackTraceContaining(name);
        }
    }

    private Gateway resolve(String uri) {
        return new GatewayChoice(component, ((SoraEndpoint) context.getEndpoint(uri)).getConfiguration()).resolve();
    }

    private static Gateway gateway(String baseUrl, String key) {
        Gateway gateway = new Gateway();
        gateway.setBaseUrl(baseUrl);
        gateway.setApiKey(key);
        return gateway;
    }
}
