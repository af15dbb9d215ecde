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
package io.github.camelsora.test;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeyCheckTest {

    @ParameterizedTest(name = "{0}: {1}: {2} is answered {3}")
    @CsvSource({
            "goapi,    Authorization, Bearer secret, 200",
            "goapi,    Authorization, secret,        401",
            "goapi,    X-API-Key,     secret,        401",
            "goapi,    Authorization, Bearer other,  401",
            "chainhub, Authorization, Bearer secret, 200",
            "22codex,  Authorization, Bearer secret, 200",
            "piapi,    X-API-Key,     secret,        200",
            "piapi,    Authorization, Bearer secret, 401",
            "relay,    Authorization, secret,        200",
            "relay,    Authorization, Bearer secret, 401",
            "relay,    X-Other,       secret,        401",
    })
    void eachGatewayTakesItsKeyInItsOwnHeader(String gateway, String header, String value, int status) throws Exception {
        try (SoraSimulator simulator = SoraSimulator.builder().apiKey(gateway, "secret").start()) {
            Client client = new Client(simulator);

            var response = client.send(client.post(Client.body("a dog")).header(header, value).build());

            assertThat(response.statusCode()).isEqualTo(status);
            assertThat(simulator.paidRequests()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer secret", "Authorization, secret", "X-API-Key, secret"})
    void keyWithoutGatewayIsAcceptedInAnyHeader(String header, String value) throws Exception {
        try (SoraSimulator simulator = SoraSimulator.builder().apiKey("secret").start()) {
            Client client = new Client(simulator);

            var right = client.send(client.post(Client.body("a dog")).header(header, value).build());
            assertThat(right.statusCode()).isEqualTo(200);
            var wrong = client.send(client.post(Client.body("a dog")).header(header, value + "s").build());
            assertThat(wrong.statusCode()).isEqualTo(401);
            JsonObject error = new JsonObject(wrong.body()).getJsonObject("error");
            assertThat(error.getString("type")).isEqualTo("invalid_request_error");
            assertThat(error.getString("code")).isEqualTo("invalid_api_key");
            assertThat(error.getString("message")).isNotBlank().doesNotContain("secret");
        }
    }

    @Test
    void withoutConfiguredKeyAnyKeyIsAcceptedAndAMissingOneRefused() throws Exception {
        try (SoraSimulator simulator = SoraSimulator.start()) {
            Client client = new Client(simulator);

            assertThat(client.generate("a dog").statusCode()).isEqualTo(200);
            assertThat(client.send(client.post(Client.body("a dog")).build()).statusCode()).isEqualTo(401);
            assertThat(client.send(client.post(Client.body("a dog")).header("Authorization", "Bearer ").build()).statusCode())
                    .isEqualTo(401);
        }
    }
}
