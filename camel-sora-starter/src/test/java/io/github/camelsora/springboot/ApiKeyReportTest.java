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

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** An application whose key is missing or cannot be one does not start, and says what to do. */
@ExtendWith(OutputCaptureExtension.class)
class ApiKeyReportTest {

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ CamelAutoConfiguration.class, SoraComponentAutoConfiguration.class })
    static class Application {

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "gateway=goapi                     | needs an API key: set camel.component.sora.apiKey",
        "api-key=                          | needs an API key: set camel.component.sora.apiKey",
        "api-key=${SORA_KEY_OF_NO_ONE}     | Gateway goapi: The API key cannot be one: it holds a placeholder",
        "api-key=sk-secret with space      | it holds white space",
        "api-key=Bearer sk-secret          | it begins with \"Bearer \"",
        "gateways.goapi.api-key=sk-secret\" “ | Gateway goapi: The API key cannot be one: it holds white space" })
    void theReportSaysWhatIsWrongAndWhatToDo(String property, String description, CapturedOutput output) {
        SpringApplication application = new SpringApplication(Application.class);
        application.setWebApplicationType(WebApplicationType.NONE);
        assertThatThrownBy(() -> application.run("--camel.component.sora." + property)).isNotNull();
        assertThat(output.getAll().substring(output.getAll().indexOf("APPLICATION FAILED TO START")))
                .contains("Description:").contains(description)
                .contains("Action:").contains("camel.component.sora.api-key").contains("CAMEL_COMPONENT_SORA_API_KEY")
                .contains("camel.component.sora.gateway=simulator").doesNotContain("sk-secret").doesNotContain("\tat ");
    }
}
