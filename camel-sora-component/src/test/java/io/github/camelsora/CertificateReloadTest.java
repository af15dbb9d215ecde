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

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.TestCertificate;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.SoraSimulator;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultContextReloadStrategy;
import org.apache.camel.support.EventHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway changes its certificate, and the trust store is replaced. */
class CertificateReloadTest extends SoraRouteTest {

    @TempDir
    private Path folder;
    private Path store;
    private Path newStore;
    private SoraSimulator old;
    private SoraSimulator renewed;

    @BeforeEach
    void gateways() throws Exception {
        Path oldStore = TestCertificate.keyStoreFor("localhost", Files.createDirectory(folder.resolve("old")));
        newStore = TestCertificate.keyStoreFor("localhost", Files.createDirectory(folder.resolve("new")));
        store = Files.copy(oldStore, folder.resolve("trusted.p12"));
        old = SoraSimulator.builder().tls(oldStore, "changeit").start();
        renewed = SoraSimulator.builder().tls(newStore, "changeit").start();
        context.getRegistry().bind("tls", trusting(store));
        routes(route -> {
            route.from("direct:old").to("sora:generate?sslContextParameters=#tls&apiKey=K&baseUrl=" + old.baseUrl());
            route.from("direct:new").to("sora:generate?sslContextParameters=#tls&apiKey=K&baseUrl=" + renewed.baseUrl());
        });
        assertThat(send("direct:new", "x").getException()).isInstanceOf(GatewayRefusedException.class);
    }

    @AfterEach
    void close() {
        old.close();
        renewed.close();
    }

    private void replace(Path with) throws Exception {
        Files.copy(with, store, StandardCopyOption.REPLACE_EXISTING);
    }

    private void assertVideo(String endpoint) {
        assertThat(send(endpoint, "x").getMessage().getBody()).isInstanceOf(SoraVideo.class);
    }

    @Test
    void newConnectionsTrustTheNewCertificateAndAnOpenStreamGoesOn() throws Exception {
        Gate gate = new Gate();
        old.answer(Answer.success().progress(12, 61).holdAt(61, gate));
        CompletableFuture<Exchange> open = template.asyncSend("direct:old",
                exchange -> exchange.getMessage().setBody("x"));
        gate.awaitReached(Duration.ofSeconds(10));
        replace(newStore);
        EventHelper.notifyContextReloading(context, this);
        assertVideo("direct:new");
        assertThat(send("direct:old", "x").getException()).isInstanceOf(GatewayRefusedException.class);
        gate.open();
        assertThat(open.get(20, TimeUnit.SECONDS).getMessage().getBody()).isInstanceOf(SoraVideo.class);
    }

    @Test
    void camelsReloadOfTheContextReadsThemAgain() throws Exception {
        DefaultContextReloadStrategy strategy = new DefaultContextReloadStrategy();
        context.addService(strategy);
        replace(newStore);
        strategy.onReload("a test");
        assertVideo("direct:new");
    }

    @Test
    void aStoreThatCannotBeReadLeavesTheOldCertificates() throws Exception {
        Files.writeString(store, "half a file");
        EventHelper.notifyContextReloading(context, this);
        assertVideo("direct:old");
        replace(newStore);
        EventHelper.notifyContextReloading(context, this);
        assertVideo("direct:new");
    }
}
