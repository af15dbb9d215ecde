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

import java.time.Duration;

import io.github.camelsora.Gateway;
import io.github.camelsora.test.SoraSimulator;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** A gateway on this machine, and the name {@code simulator} for it: the component finds a {@link Gateway} bean by its name. */
@Configuration(proxyBeanMethods = false)
@Profile("simulator")
class SimulatorConfiguration {

    /** Uses the same port at each start, if it is free, so that links to earlier videos still work. */
    @Bean(destroyMethod = "close")
    SoraSimulator soraSimulator(@Value("${studio.simulator.port}") int port,
            @Value("${studio.simulator.duration}") Duration duration) {
        try {
            return SoraSimulator.builder().duration(duration).port(port).start();
        } catch (IllegalStateException e) {
            return SoraSimulator.builder().duration(duration).start();
        }
    }

    @Bean
    Gateway simulator(SoraSimulator simulator) {
        Gateway gateway = new Gateway();
        gateway.setBaseUrl(simulator.baseUrl());
        gateway.setApiKey("simulator");
        gateway.setModel("sora-2-preview");
        return gateway;
    }
}
