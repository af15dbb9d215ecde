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

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.TestCertificate;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** TLS as users of camel-http know it, for the paid request and for the links of recovery. */
class TransportTest extends SoraRouteTest {

    @Test
    void aRouteTrustsWhatItsSslContextParametersTrust(@TempDir Path folder) throws Exception {
        Path keyStore = TestCertificate.keyStoreFor("localhost", folder);
        context.getRegistry().bind("tls", trusting(keyStore));
        try (SoraSimulator secure = SoraSimulator.builder().tls(keyStore, "changeit").start()) {
            String options = "apiKey=K&recoveryEnabled=true&recoveryDelay=20&baseUrl=" + secure.baseUrl();
            routes(route -> {
                route.from("direct:trusting").to("sora:generate?sslContextParameters=#tls&" + options);
                route.from("direct:strange").to("sora:generate?" + options);
            });
            secure.answer(Answer.success().progress(12, 61).cutAfter(12));
            assertThat(secure.baseUrl()).startsWith("https:");
            assertThat(send("direct:trusting", "x").getMessage().getBody(SoraVideo.class).videoUrl())
                    .startsWith(secure.baseUrl());
            assertThat(send("direct:strange", "x").getException()).isInstanceOf(GatewayRefusedException.class)
                    .hasMessageContaining("nothing was sent");
            assertThat(secure.paidRequests()).isEqualTo(1);
        }
    }
}
