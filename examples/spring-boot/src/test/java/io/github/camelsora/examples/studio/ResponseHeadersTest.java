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
package io.github.camelsora.examples.studio;

import java.io.IOException;
import java.util.Map;

import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** What the answers of the studio permit a browser. */
class ResponseHeadersTest {

    @RegisterExtension
    final SoraSimulatorExtension gateway = new SoraSimulatorExtension();

    @Test
    void picturesOfThisMachineAreForTheSimulatorOnly() throws IOException {
        try (ConfigurableApplicationContext studio = start("simulator")) {
            String simulator = studio.getBean(SoraSimulator.class).baseUrl();
            assertThat(headers(studio, "/").get("content-security-policy"))
                    .contains("img-src 'self' data: https: " + simulator + ";", "media-src https: " + simulator + ";");
        }
        try (ConfigurableApplicationContext studio = start("gateway")) {
            assertThat(headers(studio, "/").get("content-security-policy"))
                    .contains("img-src 'self' data: https:;", "media-src https:;").doesNotContain("http:", "127.0.0.1");
        }
    }

    @Test
    void everyAnswerHasThem() throws IOException {
        try (ConfigurableApplicationContext studio = start("gateway")) {
            for (String path : new String[] { "/", "/studio.js", "/api/events", "/nothing" }) {
                assertThat(headers(studio, path)).as(path).containsEntry("x-content-type-options", "nosniff")
                        .containsEntry("referrer-policy", "no-referrer");
                assertThat(headers(studio, path).get("content-security-policy")).as(path)
                        .startsWith("default-src 'none'; ").contains("frame-ancestors 'none'");
            }
            RawHttp http = new RawHttp(port(studio));
            assertThat(http.get("/", "Host: attacker.example").headers()).containsEntry("x-content-type-options", "nosniff");
            assertThat(http.order("/api/videos", "{}").headers()).containsEntry("x-content-type-options", "nosniff");
        }
    }

    private ConfigurableApplicationContext start(String profile) {
        // The simulator has an address, and a key, of its own.
        String where = profile.equals("gateway") ? "base-url=" + gateway.simulator().baseUrl() : "gateway=simulator";
        return new SpringApplicationBuilder(StudioApplication.class).profiles(profile).run("--server.port=0",
                "--spring.datasource.url=jdbc:h2:mem:headers-" + profile, "--studio.simulator.port=0", "--SORA_GATEWAY=goapi",
                "--SORA_API_KEY=secret", "--camel.component.sora." + where);
    }

    private static Map<String, String> headers(ConfigurableApplicationContext studio, String path) throws IOException {
        RawHttp http = new RawHttp(port(studio));
        return http.get(path, "Host: " + http.host()).headers();
    }

    private static int port(ConfigurableApplicationContext studio) {
        return Integer.parseInt(studio.getEnvironment().getProperty("local.server.port"));
    }
}
