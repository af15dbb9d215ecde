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
package io.github.camelsora.springboot;

import io.github.camelsora.test.SoraSimulatorExtension;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The meters go into the application's registry, and no setting is needed for it. */
@CamelSpringBootTest
@SpringBootTest(properties = { "spring.main.banner-mode=off", "camel.component.sora.api-key=secret" })
@DirtiesContext
class MetersTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    @Autowired
    private ProducerTemplate producer;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void simulator(DynamicPropertyRegistry properties) {
        properties.add("camel.component.sora.base-url", () -> SORA.simulator().baseUrl());
    }

    @Test
    void theApplicationsRegistryHasThem() {
        producer.requestBody("direct:in", "a cow");
        assertThat(meters.get("camel.sora.generations").tag("gateway", "goapi").tag("model", "sora-2-preview")
                .tag("outcome", "COMPLETED").timer().count()).isOne();
        assertThat(meters.get("camel.sora.generations.active").gauge().value()).isZero();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        MeterRegistry applicationsMeters() {
            return new SimpleMeterRegistry();
        }

        @Bean
        RouteBuilder route() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:in").to("sora:generate");
                }
            };
        }
    }
}
