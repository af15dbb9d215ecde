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

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.Gateway;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/** The values that editors propose for properties, as the processor of Spring Boot has merged them into the metadata. */
class ValueHintsTest {

    private static final JsonNode METADATA = metadata();
    private static final String PREFIX = "camel.component.sora.";

    private static JsonNode metadata() {
        try {
            return new ObjectMapper().readTree(Path.of("target/classes/META-INF/spring-configuration-metadata.json").toFile());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> values(String property) {
        List<String> values = new ArrayList<>();
        METADATA.get("hints").forEach(hint -> {
            if (hint.get("name").asText().equals(PREFIX + property)) {
                hint.get("values").forEach(value -> values.add(value.get("value").asText()));
            }
        });
        return values;
    }

    @Test
    void theBuiltInGatewaysAreProposedInTheirOrder() {
        assertThat(values("gateway")).startsWith(Gateway.builtInNames().toArray(String[]::new));
        assertThat(values("gateways.keys")).isEqualTo(Gateway.builtInNames());
    }

    @Test
    void everyHintIsForAPropertyAndPermitsOtherValues() {
        List<String> properties = new ArrayList<>();
        METADATA.get("properties").forEach(property -> properties.add(property.get("name").asText()));
        assertThat(METADATA.get("hints")).isNotEmpty().allSatisfy(hint -> {
            assertThat(properties).contains(hint.get("name").asText().replaceFirst("\\.keys$", ""));
            assertThat(hint.get("providers").findValuesAsText("name")).containsExactly("any");
        });
    }

    @TestFactory
    Stream<DynamicTest> everyValueThatIsProposedCanBeSet() {
        ApplicationContextRunner application = new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(SoraComponentAutoConfiguration.class,
                        CamelAutoConfiguration.class))
                .withPropertyValues(PREFIX + "api-key=secret");
        return Stream.of("connect-timeout", "streaming-read-timeout", "request-timeout", "recovery-timeout", "max-payload-size",
                "max-prompt-size", "api-key-header").flatMap(property -> {
                    assertThat(values(property)).as(property).isNotEmpty();
                    return values(property).stream().map(value -> property + "=" + value);
                }).map(setting -> DynamicTest.dynamicTest(setting, () -> application.withPropertyValues(PREFIX + setting)
                        .run(context -> {
                            assertThat(context).hasNotFailed();
                            context.getBean(CamelContext.class).getEndpoint("sora:generate").start();
                        })));
    }
}
