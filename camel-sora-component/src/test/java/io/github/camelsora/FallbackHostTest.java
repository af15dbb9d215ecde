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

import java.util.Map;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.RecordedRequest;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with a second host: what was not sent goes there, what may have been bought does not. */
class FallbackHostTest extends SoraRouteTest {

    @RegisterExtension
    final SoraSimulatorExtension second = new SoraSimulatorExtension();

    private SoraSimulator fallback() {
        return second.simulator();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        Gateway gateway = new Gateway();
        gateway.setName("two-hosts");
        gateway.setBaseUrl(simulator().baseUrl());
        gateway.setFallbackUrl(fallback().baseUrl());
        gateway.setApiKey(KEY);
        gateway.setModel("sora-2-preview");
        context.getRegistry().bind("two-hosts", gateway);
        // The component's own host and key are of another gateway.
        context.getComponent("sora", SoraComponent.class).getConfiguration().setBaseUrl(null);
        return context;
    }

    private Exchange generate() {
        return send("direct:in", "a paper boat");
    }

    private void route() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?gateway=two-hosts&streamRepliesTo=mock:replies");
            route.from("direct:other").to("sora:generate?gateway=two-hosts&maxHistoryMessages=7");
        });
    }

    @Test
    void aRequestThatWasNotSentGoesToTheFallbackOnce() throws Exception {
        route();
        simulator().refuseConnections(true);
        Exchange exchange = generate();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
        assertThat(fallback().chatRequests()).isEqualTo(1);
        assertThat(fallback().paidRequests()).isEqualTo(1);
        assertThat(fallback().requests().get(0).headers().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(names(events(getMockEndpoint("mock:replies")))).startsWith("SUBMITTED").endsWith("COMPLETED");
    }

    @Test
    void afterAFailoverRequestsGoToTheFallback() throws Exception {
        route();
        simulator().refuseConnections(true);
        generate();
        simulator().refuseConnections(false);
        assertThat(generate().getException()).isNull();
        assertThat(simulator().chatRequests()).isZero();
        assertThat(fallback().paidRequests()).isEqualTo(2);
    }

    @Test
    void anUnreachableFallbackSwitchesBackToTheFirstHost() throws Exception {
        route();
        simulator().answer(Answer.status(524, "", Map.of()));
        generate();
        fallback().refuseConnections(true);
        assertThat(generate().getException()).isNull();
        assertThat(generate().getException()).isNull();
        assertThat(simulator().chatRequests()).isEqualTo(3);
        assertThat(simulator().tasks()).hasSize(3);
    }

    @Test
    void noConnectionToEitherHostIsARefusal() throws Exception {
        route();
        simulator().refuseConnections(true);
        fallback().refuseConnections(true);
        assertThat(generate().getException()).isInstanceOf(GatewayRefusedException.class)
                .hasMessageContaining("127.0.0.1:" + fallback().port()).hasMessageContaining("nothing was sent");
    }

    @ParameterizedTest
    @ValueSource(ints = {504, 524})
    void aGatewayTimeoutIsNotRepeatedButSwitchesTheNextRequestToTheFallback(int status) throws Exception {
        route();
        simulator().answer(Answer.status(status, "error code: " + status, Map.of()));
        assertThat(generate().getException()).isInstanceOf(GenerationLostException.class)
                .hasMessageContaining("the job may be running")
                .hasMessageContaining("the next requests use the fallback host 127.0.0.1:" + fallback().port());
        assertThat(fallback().requests()).isEmpty();

        assertThat(generate().getException()).isNull();
        assertThat(simulator().chatRequests()).isEqualTo(1);
        assertThat(fallback().requests()).filteredOn(request -> request.method().equals("POST")).hasSize(1);
        assertThat(send("direct:other", "x").getException()).as("another endpoint has not seen that").isNull();
        assertThat(simulator().requests()).extracting(RecordedRequest::method).containsExactly("POST", "POST");
    }

    @Test
    void anHttpRefusalIsNotRepeatedOnTheFallback() throws Exception {
        route();
        simulator().answer(Answer.status(429));
        assertThat(generate().getException()).isInstanceOf(GatewayRefusedException.class);
        assertThat(fallback().requests()).isEmpty();
        assertThat(generate().getException()).isNull();
        assertThat(fallback().requests()).isEmpty();
    }

    @Test
    void aBrokenStreamIsNotRepeatedOnTheFallback() throws Exception {
        route();
        simulator().answer(Answer.success().reset());
        assertThat(generate().getException()).isInstanceOf(GenerationLostException.class);
        assertThat(fallback().requests()).isEmpty();
    }

    @Test
    void theFallbackHostCanBeTurnedOff() throws Exception {
        routes(route -> route.from("direct:off").to("sora:generate?gateway=two-hosts&fallbackEnabled=false"));
        simulator().refuseConnections(true);
        assertThat(send("direct:off", "a paper boat").getException()).isInstanceOf(GatewayRefusedException.class);
        simulator().refuseConnections(false);
        assertThat(fallback().paidRequests()).isZero();
    }

    @Test
    void whenKeyAndPromptsGoToTheFallbackHostALineSaysSoOnce() throws Exception {
        route();
        simulator().answer(Answer.status(524), Answer.status(524));
        try (LogRecorder log = new LogRecorder("io.github.camelsora")) {
            generate();
            generate();
            generate();
            assertThat(log.lines()).filteredOn(line -> line.startsWith("INFO") && line.contains("fallback host"))
                    .singleElement().asString().contains(String.valueOf(simulator().port()))
                    .contains(String.valueOf(fallback().port())).contains("fallbackEnabled=false");
        }
    }
}
