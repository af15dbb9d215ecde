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

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Headers that one step has used are for that step alone; a redelivery of it still has them. */
class UsedHeadersTest extends SoraRouteTest {

    private static final Map<String, Object> HEADERS = Map.of(SoraConstants.IMAGE_URL, "https://a.example/cow.png",
            SoraConstants.BODY_PROPERTIES, Map.of("duration", 15), SoraConstants.MODEL, "sora-2-pro");

    @ParameterizedTest
    @ValueSource(strings = { "", "?streaming=true" })
    void thePictureOfOneVideoDoesNotGoIntoTheNext(String options) throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate" + options).setBody(route.constant("another"))
                .to("sora:generate"));
        Exchange exchange = send("direct:in", "a cow", HEADERS);
        assertThat(exchange.getException()).isNull();
        assertThat(hasPicture(0)).isTrue();
        assertThat(hasPicture(1)).isFalse();
        assertThat(request(1).has("duration")).isFalse();
        assertThat(request(1).get("model").asText()).as("a setting stays").isEqualTo("sora-2-pro");
    }

    @Test
    void theVideoThatWasRemixedIsNotRemixedAgain() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate");
            route.from("direct:change").to("sora:remix").setBody(route.constant("once more")).to("sora:remix");
        });
        SoraVideo first = send("direct:in", "a cow").getMessage().getBody(SoraVideo.class);
        Exchange exchange = send("direct:change", "with a halo", Map.of(SoraConstants.REMIX_OF, first));
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("needs the header CamelSoraRemixOf");
        assertThat(simulator().chatRequests()).isEqualTo(2);
    }

    @Test
    void theyAreGoneBehindAStepThatFails() throws Exception {
        routes(route -> {
            route.onException(Exception.class).handled(true).to("mock:failed");
            route.from("direct:in").to("sora:generate");
            route.from("direct:change").to("sora:remix");
        });
        simulator().answer(Answer.status(401), Answer.success().cutAfter(12));
        Map<String, Object> withVideo = Map.of(SoraConstants.REMIX_OF, "{}", SoraConstants.IMAGE_URL,
                "https://a.example/cow.png");
        for (Exchange exchange : List.of(send("direct:in", "x", HEADERS), send("direct:in", "x", HEADERS),
                send("direct:in", new Object(), HEADERS), send("direct:change", "x", withVideo))) {
            assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys(SoraConstants.IMAGE_URL,
                    SoraConstants.BODY_PROPERTIES, SoraConstants.REMIX_OF);
        }
        getMockEndpoint("mock:failed").expectedMessageCount(4);
        getMockEndpoint("mock:failed").assertIsSatisfied();
    }

    @Test
    void aStepLeavesWhatItDoesNotUse() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        Exchange exchange = send("direct:in", "x", Map.of(SoraConstants.REMIX_OF, "for a later step"));
        assertThat(exchange.getMessage().getHeader(SoraConstants.REMIX_OF)).isEqualTo("for a later step");
    }

    @ParameterizedTest
    @ValueSource(strings = { "direct:step", "direct:around", "direct:failover" })
    void aRedeliveryStillHasThem(String from) throws Exception {
        routes(route -> {
            route.onException(GatewayRefusedException.class).maximumRedeliveries(2).redeliveryDelay(0);
            route.from("direct:step").to("sora:generate");
            route.from("direct:around").to("direct:sub");
            route.from("direct:sub").errorHandler(route.noErrorHandler()).to("sora:generate");
            route.from("direct:failover").errorHandler(route.noErrorHandler()).loadBalance()
                    .failover(GatewayRefusedException.class).to("sora:generate", "sora:generate", "sora:generate").end();
        });
        simulator().answer(Answer.status(429), Answer.status(429), Answer.success());
        Exchange exchange = send(from, "a cow", HEADERS);
        assertThat(exchange.getException()).isNull();
        assertThat(simulator().chatRequests()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            assertThat(hasPicture(i)).as("request " + i).isTrue();
            assertThat(request(i).get("duration").asInt()).isEqualTo(15);
        }
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys(SoraConstants.IMAGE_URL,
                SoraConstants.BODY_PROPERTIES);
    }

    @Test
    void aRedeliveredRemixStillHasItsVideo() throws Exception {
        routes(route -> {
            route.onException(GatewayRefusedException.class).maximumRedeliveries(1).redeliveryDelay(0);
            route.from("direct:in").to("sora:generate");
            route.from("direct:change").to("sora:remix");
        });
        SoraVideo first = send("direct:in", "a cow").getMessage().getBody(SoraVideo.class);
        simulator().answer(Answer.status(429), Answer.success());
        assertThat(send("direct:change", "with a halo", Map.of(SoraConstants.REMIX_OF, first)).getException()).isNull();
        assertThat(request(2).get("messages")).isEqualTo(request(1).get("messages")).hasSize(3);
    }

    private boolean hasPicture(int number) throws Exception {
        return request(number).get("messages").toString().contains("cow.png");
    }

    private JsonNode request(int number) throws Exception {
        return new ObjectMapper().readTree(simulator().requests().get(number).body());
    }
}
