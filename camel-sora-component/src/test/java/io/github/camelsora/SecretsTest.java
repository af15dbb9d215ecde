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

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.camelsora.test.Answer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Keys are nowhere but in the request. */
class SecretsTest extends SoraRouteTest {

    private static final String KEY = "sk-secret-of-the-key-option";
    private static final String HEADER = "secret-of-a-header-option";
    private LogRecorder log;

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withEnableJMX();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        Properties properties = new Properties();
        properties.setProperty("my.key", KEY);
        properties.setProperty("my.header", HEADER);
        context.getPropertiesComponent().setInitialProperties(properties);
        // As camel-main and the starter bind camel.component.sora.apiKey={{my.key}} and
        // camel.component.sora.additionalHeader[X-Other]={{my.header}}
        PropertyBindingSupport.build().withCamelContext(context).withTarget(context.getComponent("sora"))
                .withConfigurer(PluginHelper.getConfigurerResolver(context)
                        .resolvePropertyConfigurer("sora-component", context))
                .withProperty("apiKey", "{{my.key}}").withProperty("additionalHeader[X-Other]", "{{my.header}}").bind();
        return context;
    }

    @BeforeEach
    void listen() {
        log = new LogRecorder("io.github.camelsora", "org.apache.camel", "org.apache.hc");
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @Test
    void noKeyIsInLogsExceptionsEventsOrJmx() throws Exception {
        List<Exchange> exchanges = new ArrayList<>();
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:replies");
            route.from("direct:replies").to("mock:replies");
        });
        simulator().answer(Answer.success(), Answer.status(401), Answer.success().progress(12).cutAfter(12),
                Answer.status(307));
        for (int i = 0; i < 4; i++) {
            exchanges.add(send("direct:in", "x"));
        }
        simulator().refuseConnections(true);
        exchanges.add(send("direct:in", "x"));
        simulator().refuseConnections(false);

        assertThat(simulator().requests().get(0).headers()).containsEntry("Authorization", "Bearer " + KEY)
                .containsEntry("X-Other", HEADER);
        StringBuilder seen = new StringBuilder(String.join("\n", log.lines()));
        assertThat(seen).contains("TRACE org.apache.camel").contains("DEBUG io.github.camelsora");
        exchanges.addAll(getMockEndpoint("mock:replies").getExchanges());
        for (Exchange exchange : exchanges) {
            seen.append(exchange.getMessage().getHeaders()).append(exchange.getMessage().getBody()).append(exchange)
                    .append(exchange.getAllProperties());
            for (Throwable thrown = exchange.getException(); thrown != null; thrown = thrown.getCause()) {
                seen.append(thrown).append(List.of(thrown.getSuppressed()));
            }
        }
        context.getEndpoints().forEach(endpoint -> seen.append(endpoint).append(endpoint.getEndpointUri()));
        SoraComponent component = context.getComponent("sora", SoraComponent.class);
        seen.append(component).append(component.getConfiguration()).append(component.getGateways());
        seen.append(jmx());
        assertThat(seen.toString()).doesNotContain(KEY).doesNotContain(HEADER);
    }

    private static String jmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        StringBuilder attributes = new StringBuilder();
        for (ObjectName name : server.queryNames(new ObjectName("org.apache.camel:*"), null)) {
            attributes.append(name);
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                if (attribute.isReadable()) {
                    attributes.append(server.getAttribute(name, attribute.getName()));
                }
            }
        }
        assertThat(attributes.toString()).contains("sora");
        return attributes.toString();
    }
}
