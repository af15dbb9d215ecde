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

import java.util.Map;

import io.github.camelsora.SoraComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A mistyped property must not be ignored: another gateway would be paid. */
@ExtendWith(OutputCaptureExtension.class)
class UnknownPropertyTest {

    private static final String PREFIX = "camel.component.sora.";

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(CamelAutoConfiguration.class, SoraComponentAutoConfiguration.class));

    @ParameterizedTest
    @CsvSource({ "gatway, gateway", "apikey-header-name, api-key-header", "ApiKye, api-key",
            "stream-reply-to, stream-replies-to", "additional-headers.X-Trace, additional-header",
            "gateway.acme.base-url, gateways",
            "gateways.acme.api-kye, gateways.acme.api-key", "configuration.modell, configuration.model" })
    void aMistypedPropertyEndsTheStartAndNamesTheRightOne(String typed, String meant) {
        application.withPropertyValues(PREFIX + typed + "=sk-secret-value").run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure()).hasStackTraceContaining("is no property of the component sora")
                    .hasStackTraceContaining("did you mean " + PREFIX + meant + "?");
            assertThat(context.getStartupFailure().getMessage()).doesNotContain("sk-secret-value");
        });
    }

    @Test
    void whatIsNearNothingGetsTheWholeList() {
        application.withPropertyValues(PREFIX + "colour=red").run(context -> assertThat(context.getStartupFailure())
                .hasStackTraceContaining("there are additional-body-property, additional-header, api-key, "));
    }

    @Test
    void allOfThemAreNamedAtOnce() {
        application.withPropertyValues(PREFIX + "gatway=a", PREFIX + "modell=b")
                .run(context -> assertThat(context.getStartupFailure()).hasStackTraceContaining(PREFIX + "gatway")
                        .hasStackTraceContaining(PREFIX + "modell"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "gateway=piapi", "api-key=k", "apiKey=k", "APIKEY=k", "api_key=k",
            "gateways.acme.base-url=https://a.example",
            "gateways.our-own.baseUrl=https://a.example", "gateways.acme.sourceUrl=https://a.example/{taskId}",
            "additional-header.X-Any-Thing=1", "additional-header[Any.Thing]=1", "additionalBodyProperty.[aspect_ratio]=16:9",
            "enabled=true", "customizer.enabled=true", "customizer.enabled=false", "lazy-start-producer=true",
            "autowired-enabled=false", "ssl-bundle=", "connect-timeout=2s", "use-global-ssl-context-parameters=true" })
    void whatThereIsStarts(String property) {
        application.withPropertyValues(PREFIX + property).run(context -> assertThat(context).hasNotFailed());
    }

    @ParameterizedTest
    @ValueSource(strings = { "CAMEL_COMPONENT_SORA_APIKEY", "CAMEL_COMPONENT_SORA_API_KEY",
            "CAMEL_COMPONENT_SORA_GATEWAYS_ACME_MODEL",
            "CAMEL_COMPONENT_SORA_ADDITIONALHEADER_X", "CAMEL_COMPONENT_SORA_STREAM_REPLIES_TO" })
    void variablesOfTheEnvironmentAreTaken(String variable) {
        withEnvironment(variable).run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void aMistypedVariableOfTheEnvironmentEndsTheStart() {
        withEnvironment("CAMEL_COMPONENT_SORA_GATWAY").run(context -> assertThat(context.getStartupFailure())
                .hasStackTraceContaining("did you mean camel.component.sora.gateway?"));
    }

    private ApplicationContextRunner withEnvironment(String variable) {
        return application.withInitializer(context -> context.getEnvironment().getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(variable, "x"))));
    }

    @Test
    void nothingIsCheckedWhereTheStarterIsOff() {
        application.withPropertyValues(PREFIX + "enabled=false", PREFIX + "gatway=piapi").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getBean(CamelContext.class).getComponent("sora")).isInstanceOf(SoraComponent.class);
        });
    }

    @Test
    void propertiesOfOtherComponentsAreNotOurs() {
        application.withPropertyValues("camel.component.soraya.gatway=x", "camel.component.sora-pro.gatway=y")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({ CamelAutoConfiguration.class, SoraComponentAutoConfiguration.class })
    static class Application {
    }

    @Test
    void springBootPrintsADescriptionAndAnAction(CapturedOutput output) {
        SpringApplication lazy = new SpringApplication(Application.class);
        lazy.setWebApplicationType(WebApplicationType.NONE);
        lazy.setLazyInitialization(true);
        assertThatThrownBy(() -> lazy.run("--" + PREFIX + "gatway=piapi")).isNotNull();
        assertThat(output).contains("APPLICATION FAILED TO START").contains("did you mean camel.component.sora.gateway?")
                .contains("commandLineArgs").contains("Correct the name of the property");
    }
}
