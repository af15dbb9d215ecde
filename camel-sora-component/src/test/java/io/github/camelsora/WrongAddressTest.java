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

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.http.TestCertificate;
import io.github.camelsora.internal.http.WireServer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** A wrong address does not get better by trying again, so it is no reason to redeliver. */
class WrongAddressTest extends SoraRouteTest {

    private Exchange generate(String baseUrl) throws Exception {
        routes(route -> {
            route.onException(GatewayRefusedException.class).onWhen(route.simple("${exception.retryable}"))
                    .maximumRedeliveries(3).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate?apiKey=k&baseUrl=" + baseUrl);
        });
        return send("direct:in", "x");
    }

    @Test
    void aCertificateThatIsNotTrustedIsNotRetryable(@TempDir Path folder) throws Exception {
        SSLContext ofNobody = TestCertificate.contextFor("localhost", folder);
        try (WireServer server = WireServer.runningTls(ofNobody, connection -> connection.isClosedWithin(5000))) {
            assertMisconfigured(generate("https://localhost:" + server.port()));
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void aHostThatDoesNotExistIsNotRetryable() throws Exception {
        try {
            InetAddress.getByName("nowhere.invalid");
        } catch (UnknownHostException e) {
            assumeThat(e.getMessage()).as("a name server answers").contains(": ").doesNotContain("Temporary");
        }
        // Java remembers for ten seconds that there is none, and then does not say why: so another name.
        assertMisconfigured(generate("https://elsewhere.invalid"));
    }

    private static void assertMisconfigured(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOfSatisfying(GatewayRefusedException.class, refused -> {
            assertThat(refused.isRetryable()).isFalse();
            assertThat(refused.getCategory()).isEqualTo(SoraFailureCategory.CONFIGURATION);
        }).hasMessageContaining("nothing was sent; check the baseUrl").hasNoCause();
        assertThat(exchange.getMessage().getHeader(Exchange.REDELIVERED)).isNotEqualTo(true);
    }

    @Test
    void aConnectionThatIsRefusedIsRetryable() throws Exception {
        simulator().refuseConnections(true);
        assertThat(generate(simulator().baseUrl()).getException()).isInstanceOfSatisfying(GatewayRefusedException.class,
                refused -> assertThat(refused.isRetryable()).isTrue());
    }
}
