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

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Routes against a simulator, with the vocabulary that their tests share. */
abstract class SoraRouteTest extends CamelTestSupport {

    static final String KEY = "sk-the-key-of-this-test";

    @RegisterExtension
    final SoraSimulatorExtension extension = new SoraSimulatorExtension();

    @RegisterExtension
    final NothingIsLeft nothingIsLeft = new NothingIsLeft();

    SoraSimulator simulator() {
        return extension.simulator();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setBaseUrl(simulator().baseUrl());
        options.setApiKey(KEY);
        // Recovery has tests of its own; here the end of the stream is the end.
        options.setRecoveryEnabled(false);
        return context;
    }

    /** Adds routes, in the words of the Java DSL. */
    void routes(Consumer<RouteBuilder> routes) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                routes.accept(this);
            }
        });
    }

    Exchange send(String endpoint, Object body) {
        return template.request(endpoint, exchange -> exchange.getMessage().setBody(body));
    }

    Exchange send(String endpoint, Object body, Map<String, Object> headers) {
        return template.request(endpoint, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(headers);
        });
    }

    static List<String> names(List<SoraEvent> events) {
        return events.stream().map(event -> event.getType() == SoraEventType.PROGRESS ? "PROGRESS " + event.getProgress()
                : event.getType().name()).toList();
    }

    static List<SoraEvent> events(MockEndpoint mock) {
        return mock.getExchanges().stream().map(exchange -> exchange.getMessage().getBody(SoraEvent.class)).toList();
    }

    /** TLS that trusts what is in a key store of {@code TestCertificate}. */
    static SSLContextParameters trusting(Path keyStore) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + keyStore);
        store.setPassword("changeit");
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters tls = new SSLContextParameters();
        tls.setTrustManagers(trust);
        return tls;
    }
}
