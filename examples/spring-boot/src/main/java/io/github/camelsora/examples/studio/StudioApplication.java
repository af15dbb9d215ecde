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

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.ServletComponentScan;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.event.EventListener;

/** Starts the studio: on the gateway that the environment names, else on the simulator. */
@SpringBootApplication
@ServletComponentScan
public class StudioApplication {

    private static final Logger LOG = LoggerFactory.getLogger(StudioApplication.class);

    public static void main(String[] args) {
        new SpringApplicationBuilder(StudioApplication.class).profiles(profile(System.getenv())).run(args);
    }

    /** A real gateway costs money, so both variables must be set for it. */
    static String profile(Map<String, String> environment) {
        boolean noGateway = environment.getOrDefault("SORA_GATEWAY", "").isBlank();
        boolean noKey = environment.getOrDefault("SORA_API_KEY", "").isBlank();
        return noGateway || noKey ? "simulator" : "gateway";
    }

    @EventListener
    void sayWhere(ServletWebServerInitializedEvent event) {
        LOG.info("The studio is at http://localhost:{}, on the {}", event.getWebServer().getPort(),
                String.join(", ", event.getApplicationContext().getEnvironment().getActiveProfiles()));
    }
}
