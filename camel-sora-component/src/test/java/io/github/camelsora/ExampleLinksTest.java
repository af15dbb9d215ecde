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
import java.util.Properties;
import java.util.stream.Stream;

import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** From which links the examples download. A report is foreign text: it must not make them ask this machine or its network. */
class ExampleLinksTest {

    @ParameterizedTest
    @ValueSource(strings = { "java", "xml", "yaml" })
    void withARealGatewayNoAddressOfThisMachineIsFollowed(String example) throws Exception {
        String links = links(example, new Properties());
        assertThat(Stream.of("https://filesystem.site/cdn/v.mp4", "https://asyncdata.net/source/task_1")).allMatch(link ->
                link.matches(links));
        assertThat(Stream.of("http://127.0.0.1:8080/v.mp4", "http://localhost:8080/v.mp4", "https://localhost/v.mp4",
                "http://[::1]:8080/v.mp4", "http://169.254.169.254/", "http://filesystem.site/v.mp4",
                "https://filesystem.site.evil.example/v.mp4", "https://filesystem.site@127.0.0.1/v.mp4",
                "https://filesystem.site:8080/v.mp4", "https://filesystemxsite/v.mp4", "x https://filesystem.site/v.mp4"))
                .noneMatch(link -> link.matches(links));
    }

    @ParameterizedTest
    @ValueSource(strings = { "java", "xml", "yaml" })
    void withTheSimulatorOnlyItsOwnPortIsFollowed(String example) throws Exception {
        Properties simulator = new Properties();
        simulator.setProperty("camel.component.sora.baseUrl", "http://127.0.0.1:8080");
        String links = links(example, simulator);
        assertThat("http://127.0.0.1:8080/videos/1.mp4").matches(links);
        assertThat(Stream.of("http://127.0.0.1:8081/v.mp4", "http://127.0.0.1:80801/v.mp4", "http://127.0.0.1/v.mp4"))
                .noneMatch(link -> link.matches(links));
    }

    private static String links(String example, Properties given) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getPropertiesComponent().setLocation("file:"
                    + Path.of("../examples/" + example + "/src/main/resources/application.properties").toAbsolutePath());
            context.getPropertiesComponent().setOverrideProperties(given);
            context.start();
            return context.resolvePropertyPlaceholders("{{example.links}}");
        }
    }
}
