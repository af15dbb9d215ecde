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

import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;

import io.github.camelsora.SoraEndpoint;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An application that has the starter, {@code camel-sora-test}, and one property. */
class SimulatorGatewayTest {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class, SoraComponentAutoConfiguration.class))
            .withUserConfiguration(Routes.class)
            .withPropertyValues("camel.component.sora.gateway=simulator");

    @Test
    void onePropertyMakesAVideoAndTheEndOfTheApplicationEndsTheSimulator() {
        AtomicReference<URI> address = new AtomicReference<>();
        application.run(context -> {
            ProducerTemplate producer = context.getBean(ProducerTemplate.class);
            SoraVideo video = producer.requestBody("direct:prompts", "A paper boat", SoraVideo.class);
            assertThat(video.gateway()).isEqualTo("simulator");
            address.set(URI.create(video.videoUrl()));
            new Socket(address.get().getHost(), address.get().getPort()).close();
        });
        assertThatThrownBy(() -> new Socket(address.get().getHost(), address.get().getPort()).close())
                .hasMessageContaining("refused");
    }

    @Test
    void thePropertiesOfTheSimulatorAreThoseOfTheApplication() {
        application.withPropertyValues("sora.simulator.duration=soon").run(context ->
                assertThat(context).getFailure().hasStackTraceContaining("Not a duration: sora.simulator.duration=soon"));
    }

    @Test
    void theKeyOfTheApplicationDoesNotGoThere() {
        application.withPropertyValues("camel.component.sora.api-key=REAL").run(context -> {
            SoraEndpoint endpoint = context.getBean(ProducerTemplate.class).getCamelContext()
                    .getEndpoint("sora:generate", SoraEndpoint.class);
            assertThat(endpoint.getConfiguration().getApiKey()).isNull();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Routes {

        @Bean
        RouteBuilder route() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:prompts").to("sora:generate");
                }
            };
        }
    }
}
