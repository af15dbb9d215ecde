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

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SoraSimulatorExtension;
import io.github.camelsora.test.SourceAnswer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A video is changed, and its task is found, at the gateway that made it. */
class VideoGatewayTest extends SoraRouteTest {

    private static final String ACME_KEY = "sk-the-key-of-acme";

    @RegisterExtension
    final SoraSimulatorExtension acmeExtension = new SoraSimulatorExtension();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        SoraComponent component = context.getComponent("sora", SoraComponent.class);
        component.getConfiguration().getAdditionalHeader().put("X-Account", "ours");
        Gateway gateway = new Gateway();
        gateway.setBaseUrl(acme().baseUrl());
        gateway.setApiKey(ACME_KEY);
        gateway.setModel("acme-1");
        gateway.setSourceUrl(acme().baseUrl() + "/source/{taskId}");
        component.getGateways().put("acme", gateway);
        return context;
    }

    private SoraSimulator acme() {
        return acmeExtension.simulator();
    }

    @BeforeEach
    void route() throws Exception {
        routes(route -> {
            route.from("direct:goapi").to("sora:generate");
            route.from("direct:acme").to("sora:generate?gateway=acme");
            route.from("direct:change").to("sora:remix");
            route.from("direct:changeAtGoapi").to("sora:remix?gateway=goapi");
            route.from("direct:changeElsewhere").to("sora:remix?apiKey=sk-another-key");
            route.from("direct:resume").to("sora:resume");
            route.from("direct:resumeAtGoapi").to("sora:resume?gateway=goapi");
        });
    }

    private SoraVideo madeByAcme() {
        return send("direct:acme", "a cow").getMessage().getBody(SoraVideo.class);
    }

    @Test
    void aRemixGoesToTheGatewayOfItsVideoWithThatOnesKeyAlone() {
        SoraVideo video = madeByAcme();
        for (Object form : List.of(video, SoraJson.write(video))) {
            Exchange exchange = send("direct:change", "with a halo", Map.of(SoraConstants.REMIX_OF, form));
            assertThat(exchange.getMessage().getBody(SoraVideo.class).gateway()).isEqualTo("acme");
            assertThat(exchange.getMessage().getHeader(SoraConstants.GATEWAY)).isEqualTo("acme");
        }
        assertThat(simulator().requests()).isEmpty();
        assertThat(acme().requests()).hasSize(3).allSatisfy(request -> assertThat(request.headers())
                .containsEntry("Authorization", "Bearer " + ACME_KEY));
        assertThat(acme().requests().get(1).headers()).doesNotContainKey("X-Account");
        assertThat(acme().requests().get(1).body()).contains("acme-1");
    }

    @ParameterizedTest
    @ValueSource(strings = { "direct:changeAtGoapi", "direct:changeElsewhere" })
    void anEndpointThatNamesAnotherGatewayIsAnErrorWithBothNames(String endpoint) {
        assertThat(send(endpoint, "x", Map.of(SoraConstants.REMIX_OF, madeByAcme())).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("gateway acme")
                .hasMessageContaining("gateway goapi").hasMessageNotContaining("sk-");
        assertThat(simulator().requests()).isEmpty();
        assertThat(acme().requests()).hasSize(1);
    }

    @Test
    void aHeaderThatNamesAnotherGatewayIsAnErrorWithBothNames() {
        SoraVideo video = madeByAcme();
        Map<String, Object> headers = Map.of(SoraConstants.REMIX_OF, video, SoraConstants.GATEWAY, "goapi");
        assertThat(send("direct:change", "x", headers).getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gateway acme").hasMessageContaining("names gateway goapi");
        assertThat(send("direct:resume", video, Map.of(SoraConstants.GATEWAY, "goapi")).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("gateway acme")
                .hasMessageContaining("names gateway goapi");
        assertThat(simulator().requests()).isEmpty();
        assertThat(acme().requests()).hasSize(1);
    }

    @Test
    void aHeaderThatNamesTheSameGatewayIsFine() {
        Map<String, Object> headers = Map.of(SoraConstants.REMIX_OF, madeByAcme(), SoraConstants.GATEWAY, "acme");
        assertThat(send("direct:change", "x", headers).getException()).isNull();
        assertThat(acme().paidRequests()).isEqualTo(2);
    }

    @Test
    void aGatewayThatIsNotKnownHereIsNamed() {
        SoraVideo video = SoraVideo.builder().gateway("gone").prompt("a").report("b").videoUrl("https://a.example/1.mp4")
                .taskId("task_1").build();
        assertThat(send("direct:change", "x", Map.of(SoraConstants.REMIX_OF, video)).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("There is no gateway gone");
        assertThat(send("direct:resume", video).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("There is no gateway gone");
        assertThat(simulator().requests()).isEmpty();
    }

    @Test
    void aGatewayWithoutAKeyIsNotAskedWithAnothersKey() {
        SoraVideo video = SoraVideo.builder().gateway("piapi").prompt("a").report("b").videoUrl("https://a.example/1.mp4")
                .build();
        assertThat(send("direct:change", "x", Map.of(SoraConstants.REMIX_OF, video)).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Gateway piapi")
                .hasMessageContaining("needs an API key");
    }

    @Test
    void aTaskIsLookedUpAtItsGateway() {
        acme().answer(Answer.success().cutAfter(61).sourceAnswers(SourceAnswer.report()));
        Exchange lost = send("direct:acme", "a cow");
        assertThat(lost.getException()).isInstanceOf(GenerationLostException.class);
        String taskId = ((GenerationLostException) lost.getException()).getTaskId();
        SoraEvent event = new SoraEvent.Submitted(SoraFacts.builder().sequence(1).gateway("acme").taskId(taskId).build());
        Map<String, Object> headers = new HashMap<>(lost.getMessage().getHeaders());
        headers.remove(SoraConstants.SOURCE_URL);
        for (Exchange exchange : List.of(send("direct:resume", event), send("direct:resume", SoraJson.write(event)),
                send("direct:resume", "the prompt", headers))) {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody(SoraVideo.class).gateway()).isEqualTo("acme");
        }
        assertThat(simulator().requests()).isEmpty();
        assertThat(send("direct:resumeAtGoapi", event).getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("gateway acme").hasMessageContaining("gateway goapi");
    }

    @Test
    void aRedeliveredRemixIsResumedAtItsGateway() throws Exception {
        routes(route -> route.from("direct:again").onException(GenerationLostException.class).maximumRedeliveries(1)
                .redeliveryDelay(0).end().to("sora:remix?recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50"
                        + "&recoveryTimeout=300"));
        SoraVideo video = madeByAcme();
        acme().answer(Answer.success().cutAfter(61).sourceAnswers(SourceAnswer.notFound()));
        Exchange exchange = send("direct:again", "x", Map.of(SoraConstants.REMIX_OF, video));
        assertThat(exchange.getException()).isInstanceOf(GenerationLostException.class);
        assertThat(acme().paidRequests()).isEqualTo(2);
        assertThat(simulator().requests()).isEmpty();
    }
}
