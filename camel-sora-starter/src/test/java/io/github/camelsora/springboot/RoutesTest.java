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

import java.util.List;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The same job as a Java, a YAML and an XML route of one application that has the starter and two properties. */
@CamelSpringBootTest
@SpringBootTest(properties = { "spring.main.banner-mode=off", "camel.component.sora.gateway=goapi",
        "camel.component.sora.api-key=secret", "camel.main.routes-include-pattern=classpath:routes/*" })
@DirtiesContext
class RoutesTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    @Autowired
    private ProducerTemplate producer;

    @DynamicPropertySource
    static void simulator(DynamicPropertyRegistry properties) {
        properties.add("camel.component.sora.base-url", () -> SORA.simulator().baseUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = { "java", "yaml", "xml" })
    void generatesAndRemixes(String language) throws Exception {
        SORA.simulator().answer(Answer.success().progress(12, 61));
        MockEndpoint replies = producer.getCamelContext().getEndpoint("mock:" + language, MockEndpoint.class);
        replies.expectedMessageCount(6);

        SoraVideo video = producer.requestBody("direct:" + language, "a cow", SoraVideo.class);

        assertThat(video.messages()).hasSize(4);
        assertThat(video.prompt()).isEqualTo("with a halo");
        replies.assertIsSatisfied();
        List<String> types = replies.getExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(SoraEvent.class).getType().name()).toList();
        assertThat(types).containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS", "PROGRESS", "COMPLETED");
        assertThat(SORA.simulator().paidRequests()).isEqualTo(2);
        assertThat(SORA.simulator().requests()).first()
                .satisfies(request -> assertThat(request.headers().get("Authorization")).isEqualTo("Bearer secret"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        @Bean
        RouteBuilder javaRoute() {
            return new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:java").to("sora:generate?streamRepliesTo=mock:java")
                            .setHeader(SoraConstants.REMIX_OF, body()).setBody(constant("with a halo")).to("sora:remix");
                }
            };
        }
    }
}
