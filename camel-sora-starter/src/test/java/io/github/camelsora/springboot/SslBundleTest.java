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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
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
import static org.awaitility.Awaitility.await;

/** A gateway whose certificate only a Spring SSL bundle trusts. */
class SslBundleTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;
    private static Path keyStore;
    private static Path renewed;

    @BeforeAll
    static void makeCertificate() throws IOException, InterruptedException {
        keyStore = certificate("gateway.p12");
        renewed = certificate("renewed.p12");
    }

    private static Path certificate(String name) throws IOException, InterruptedException {
        Path keyStore = folder.resolve(name);
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process process = new ProcessBuilder(keytool, "-genkeypair", "-alias", "gateway", "-keyalg", "EC", "-dname",
                "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore",
                keyStore.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return keyStore;
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

    /** The bundle's file is replaced while a stream is open, and the gateway comes back with another certificate. */
    @Test
    void anUpdatedBundleIsForNewConnectionsAndAnOpenStreamGoesOn() throws Exception {
        Path store = Files.copy(keyStore, folder.resolve("trusted.p12"));
        Gate gate = new Gate();
        try (SoraSimulator before = SoraSimulator.builder().tls(keyStore, PASSWORD).start();
                SoraSimulator after = SoraSimulator.builder().tls(renewed, PASSWORD).start()) {
            before.answer(Answer.success().progress(12, 61).holdAt(61, gate));
            new ApplicationContextRunner()
                    .withConfiguration(AutoConfigurations.of(SslAutoConfiguration.class, CamelAutoConfiguration.class,
                            SoraComponentAutoConfiguration.class))
                    .withPropertyValues("spring.ssl.bundle.jks.ours.truststore.location=" + store.toUri(),
                            "spring.ssl.bundle.jks.ours.truststore.password=" + PASSWORD,
                            "spring.ssl.bundle.jks.ours.reload-on-update=true",
                            "spring.ssl.bundle.watch.file.quiet-period=20ms", "camel.component.sora.ssl-bundle=ours")
                    .run(context -> {
                        FluentProducerTemplate producer = context.getBean(FluentProducerTemplate.class);
                        String later = "sora:generate?apiKey=secret&baseUrl=" + after.baseUrl();
                        Future<String> open = producer.withBody("a cow").to("sora:generate?apiKey=secret&baseUrl="
                                + before.baseUrl()).asyncRequest(String.class);
                        gate.awaitReached(Duration.ofSeconds(10));
                        assertThatThrownBy(() -> producer.to(later).withBody("a cow").request(String.class))
                                .hasStackTraceContaining("GatewayRefusedException");

                        Files.copy(renewed, store, StandardCopyOption.REPLACE_EXISTING);

                        await().atMost(Duration.ofSeconds(30)).ignoreExceptions().untilAsserted(
                                () -> assertThat(producer.to(later).withBody("a cow").request(String.class)).contains("http"));
                        gate.open();
                        assertThat(open.get(20, TimeUnit.SECONDS)).startsWith(before.baseUrl());
                    });
        }
    }

    private static String generate(FluentProducerTemplate producer) {
        return producer.to("sora:generate").withBody("a cow").request(String.class);
    }
}
