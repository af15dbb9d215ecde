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

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.camelsora.internal.http.RequestHeaders;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Which gateway an endpoint talks to, and with whose key. */
class GatewayResolverTest {

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
        ResolvedGateway gateway = resolve("sora:generate");
        assertThat(gateway.baseUrl()).isEqualTo("https://api.goapi.ai");
        assertKey(gateway, "K");
        assertThat(gateway.chat().model()).isEqualTo("sora-2-preview");
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
        assertKey(resolve("sora:generate?baseUrl=https://mine.example/"), "K");
    }

    @Test
    void theAdviceForAMissingKeyIsOneThatWorks() {
        component.getConfiguration().setApiKey("K");
        component.getGateways().put("acme", gateway("https://acme.example", null));
        context.getRegistry().bind("beanGateway", gateway("https://bean.example", null));
        assertThatThrownBy(() -> resolve("sora:generate?baseUrl=https://elsewhere.example"))
                .hasMessage("Gateway goapi at https://elsewhere.example needs an API key: the key of gateway goapi serves only "
                        + "https://api.goapi.ai. Set apiKey on the endpoint, or give this place a name: "
                        + "camel.component.sora.gateways.NAME.baseUrl and .apiKey, and gateway=NAME on the endpoint");
        assertThatThrownBy(() -> resolve("sora:generate?gateway=acme&baseUrl=https://elsewhere.example"))
                .hasMessageContaining("the key of gateway acme serves only https://acme.example.");
        assertThatThrownBy(() -> resolve("sora:generate?gateway=acme"))
                .hasMessage("Gateway acme at https://acme.example needs an API key: the component's own key serves only "
                        + "gateway goapi. Set camel.component.sora.gateways.acme.apiKey, or apiKey on the endpoint");
        assertThatThrownBy(() -> resolve("sora:generate?gateway=beanGateway"))
                .hasMessageEndingWith("Set the apiKey of the Gateway bean beanGateway, or apiKey on the endpoint");
        component.getConfiguration().setApiKey(null);
        assertThatThrownBy(() -> resolve("sora:generate"))
                .hasMessage("Gateway goapi at https://api.goapi.ai needs an API key: set camel.component.sora.apiKey, or "
                        + "apiKey on the endpoint");
    }

    @Test
    void aBaseUrlThatIsNoneIsNotSaidOfGatewayNull() {
        component.getConfiguration().setBaseUrl("https://home.example");
        assertThatThrownBy(() -> resolve("sora:generate?baseUrl=htp://x"))
                .hasStackTraceContaining("The base URL htp://x is no http or https URL");
    }

    @Test
    void aKeyGivenAsTheComponentsHeaderNeverGoesToAnotherGateway() {
        component.getConfiguration().getAdditionalHeader().put("Authorization", "K");
        assertThat(resolve("sora:generate").chat().headers())
                .isEqualTo(RequestHeaders.builder().header("Authorization", "K").build());
        assertThatThrownBy(() -> resolve("sora:generate?gateway=chainhub")).hasMessageContaining("needs an API key");
        SoraEndpoint other = (SoraEndpoint) context.getEndpoint("sora:generate?gateway=chainhub&apiKey=C");
        assertThat(other.getConfiguration().getAdditionalHeader()).isEmpty();
    }

    @Test
    void aBaseUrlAndModelOfTheComponentBelongToItsOwnGateway() {
        component.getConfiguration().setBaseUrl("https://mine.example");
        component.getConfiguration().setModel("mine");
        ResolvedGateway gateway = resolve("sora:generate?gateway=piapi&apiKey=P");
        assertThat(gateway.baseUrl()).isEqualTo("https://api.piapi.ai");
        assertThat(gateway.chat().headers()).isEqualTo(RequestHeaders.builder().header("X-API-Key", "P").build());
        assertThat(gateway.chat().model()).isEqualTo("sora-2-preview");
    }

    @Test
    void aNamedGatewayHasItsOwnKey() {
        component.getConfiguration().setApiKey("K");
        component.getGateways().put("acme", gateway("https://acme.example/v1", "A"));
        assertKey(resolve("sora:generate?gateway=acme"), "A");
        assertThatThrownBy(() -> resolve("sora:generate?gateway=acme&baseUrl=https://elsewhere.example"))
                .hasMessageContaining("needs an API key");
    }

    @Test
    void aBuiltInNameOverridesWhatIsSetAndKeepsTheRest() {
        component.getGateways().put("piapi", gateway(null, "P"));
        ResolvedGateway gateway = resolve("sora:generate?gateway=piapi");
        assertThat(gateway.baseUrl()).isEqualTo("https://api.piapi.ai");
        assertThat(gateway.chat().headers()).isEqualTo(RequestHeaders.builder().header("X-API-Key", "P").build());
    }

    @Test
    void aBeanInTheRegistryIsAGateway() {
        context.getRegistry().bind("beanGateway", gateway("https://bean.example", "B"));
        assertKey(resolve("sora:generate?gateway=beanGateway&model=m"), "B");
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
    void aLineEndInAKeyOrAHeaderIsAnErrorAtStartThatDoesNotShowTheValue() {
        List<Consumer<SoraConfiguration>> changes = List.of(options -> options.setApiKey("sk-sec\r\nret: x"),
                options -> options.setAdditionalHeader(Map.of("X-Own", "sk-sec\nret")),
                options -> options.setAdditionalHeader(Map.of("X-Own\r\nX-Other", "sk-sec")));
        for (Consumer<SoraConfiguration> change : changes) {
            component.setConfiguration(new SoraConfiguration());
            component.getConfiguration().setApiKey("K");
            change.accept(component.getConfiguration());
            Endpoint endpoint = context.getEndpoint("sora:generate?maxHistoryMessages=" + (3 + changes.indexOf(change)));
            assertThatThrownBy(() -> endpoint.createProducer().start()).isInstanceOf(IllegalArgumentException.class)
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("sk-sec", "ret: x", "\nret", "\nX-Other"));
        }
    }

    @Test
    void aBlankKeyOfABeanIsAMissingKey() {
        context.getRegistry().bind("beanGateway", gateway("https://bean.example", " "));
        assertThatThrownBy(() -> resolve("sora:generate?gateway=beanGateway")).hasMessageContaining("needs an API key");
    }

    @Test
    void theServiceUrlNeedsNoKey() {
        SoraEndpoint endpoint = (SoraEndpoint) context.getEndpoint("sora:generate?gateway=piapi");
        assertThat(endpoint.getServiceUrl()).isEqualTo("https://api.piapi.ai");
    }

    @Test
    void aGatewayIsResolvedOncePerEndpoint() {
        SoraEndpoint endpoint = (SoraEndpoint) context.getEndpoint("sora:generate?apiKey=K");
        assertThat(endpoint.gateway()).isSameAs(endpoint.gateway());
    }

    @Test
    void aResolvedGatewayShowsNoKey() {
        component.getConfiguration().setApiKey("sk-secret");
        component.getConfiguration().getAdditionalHeader().put("X-Other", "other-secret");
        assertThat(resolve("sora:generate")).asString().doesNotContain("secret").contains("goapi");
    }

    @Test
    void anUnknownOperationNamesTheKnownOnes() {
        assertThatThrownBy(() -> context.getEndpoint("sora:make"))
                .hasStackTraceContaining("sora:make is no operation; use sora:generate, sora:remix, sora:resume");
    }

    @Test
    void optionsThatTheRequestOwnsAreRefused() {
        for (String name : Map.of("stream", 1, "messages", 1, "model", 1).keySet()) {
            assertThatThrownBy(() -> context.getEndpoint("sora:generate?apiKey=K&additionalBodyProperty."
                    + name + "=x").start())
                    .hasStackTraceContaining(name);
        }
    }

    private ResolvedGateway resolve(String uri) {
        SoraEndpoint endpoint = (SoraEndpoint) context.getEndpoint(uri);
        endpoint.requireKey(endpoint.gateway());
        return endpoint.gateway();
    }

    private static void assertKey(ResolvedGateway gateway, String key) {
        assertThat(gateway.chat().headers())
                .isEqualTo(RequestHeaders.builder().header("Authorization", "Bearer " + key).build());
    }

    private static Gateway gateway(String baseUrl, String key) {
        Gateway gateway = new Gateway();
        gateway.setBaseUrl(baseUrl);
        gateway.setApiKey(key);
        return gateway;
    }

    private static String stackTrace(Throwable e) {
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        return trace.toString();
    }
}
