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
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.test.SoraSimulator;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A gateway whose certificate only a Spring SSL bundle trusts. */
class SslBundleTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;
    private static Path keyStore;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        keyStore = folder.resolve("gateway.p12");
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(keytool, "-genkeypair", "-alias", "gateway", "-keyalg", "EC", "-dname",
                "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore",
                keyStore.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void sslBundleDecidesWhichServersAreTrusted() {
        try (SoraSimulator simulator = SoraSimulator.builder().tls(keyStore, PASSWORD).start()) {
            ApplicationContextRunner application = new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CamelAutoConfiguration.class,
                            SoraComponentAutoConfiguration.class))
                    .withPropertyValues("camel.component.sora.base-url=" + simulator.baseUrl(),
                            "camel.component.sora.api-key=secret");

            application.run(context -> assertThatThrownBy(() -> generate(context.getBean(FluentProducerTemplate.class)))
                    .isInstanceOf(CamelExecutionException.class).cause().isInstanceOf(GatewayRefusedException.class));
            assertThat(simulator.paidRequests()).isZero();

            application.withPropertyValues("spring.ssl.bundle.jks.ours.truststore.location=" + keyStore.toUri(),
                    "spring.ssl.bundle.jks.ours.truststore.password=" + PASSWORD, "camel.component.sora.ssl-bundle=ours")
                    .run(context -> assertThat(generate(context.getBean(FluentProducerTemplate.class))).startsWith("https://"));
            assertThat(simulator.paidRequests()).isOne();
        }
    }

    private static String generate(FluentProducerTemplate producer) {
        return producer.to("sora:generate").withBody("a cow").request(String.class);
    }
}
