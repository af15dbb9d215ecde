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

import java.net.URI;

import io.github.camelsora.internal.http.ApiKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GatewayTest {

    @ParameterizedTest
    @CsvSource({
        "goapi,    https://api.goapi.ai/v1/chat/completions,       Authorization, sora-2-preview, https://proxy.goapi.ai",
        "piapi,    https://api.piapi.ai/v1/chat/completions,       X-API-Key,     sora-2-preview,",
        "chainhub, https://api.chainhub.tech/v1/chat/completions,  Authorization, sora-2,",
        "22codex,  https://new.22codex.xyz/v1/chat/completions,    Authorization, sora-2,"})
    void builtInGatewaysAreAsDocumented(String name, URI uri, String header, String model, String fallback) {
        Gateway gateway = Gateway.builtIn(name);
        assertThat(gateway.getName()).isEqualTo(name);
        assertThat(gateway.chatCompletionsUri()).isEqualTo(uri);
        assertThat(gateway.getApiKeyHeader()).isEqualTo(header);
        assertThat(gateway.getModel()).isEqualTo(model);
        assertThat(gateway.getFallbackUrl()).isEqualTo(fallback);
        assertThat(gateway.getSourceUrl()).isEqualTo("https://asyncdata.net/source/{taskId}");
        assertThat(gateway.getApiKey()).isNull();
    }

    @Test
    void thereAreFourBuiltInGatewaysAndTheFirstIsTheDefault() {
        assertThat(Gateway.builtInNames()).containsExactly("goapi", "piapi", "chainhub", "22codex");
        assertThat(Gateway.builtIn("other")).isNull();
        assertThat(Gateway.builtIn(null)).isNull();
    }

    @Test
    void aBuiltInGatewayIsACopyOfItsOwn() {
        Gateway.builtIn("goapi").setApiKey("key");
        Gateway.builtIn("goapi").setBaseUrl("http://localhost");
        assertThat(Gateway.builtIn("goapi").getApiKey()).isNull();
        assertThat(Gateway.builtIn("goapi").getBaseUrl()).isEqualTo("https://api.goapi.ai");
    }

    @Test
    void aCopyHasEverything() {
        Gateway gateway = Gateway.builtIn("piapi");
        gateway.setApiKey("key");
        gateway.setFallbackUrl("https://fallback");
        gateway.setSourceUrl("https://source/{taskId}");
        assertThat(gateway.copy()).usingRecursiveComparison().isEqualTo(gateway);
    }

    @ParameterizedTest
    @CsvSource({
        "https://host,             https://host/v1/chat/completions",
        "https://host/,            https://host/v1/chat/completions",
        "https://host/v1,          https://host/v1/chat/completions",
        "https://host/v1/,         https://host/v1/chat/completions",
        "'  https://host/v1/ ',    https://host/v1/chat/completions",
        "http://127.0.0.1:8080,    http://127.0.0.1:8080/v1/chat/completions",
        "https://[::1]:8443/v1,    https://[::1]:8443/v1/chat/completions",
        "https://host/api/sora/,   https://host/api/sora/v1/chat/completions",
        "https://host/api/v1,      https://host/api/v1/chat/completions",
        "HTTPS://host/apiv1,       HTTPS://host/apiv1/v1/chat/completions"})
    void trailingSlashAndV1OfABaseUrlAreIgnored(String baseUrl, URI uri) {
        assertThat(gateway(baseUrl).chatCompletionsUri()).isEqualTo(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "host", "host:8080", "ftp://host", "https:///v1", "https://a b", "https://host?x=1",
        "https://host#x", "https://my_host/v1", "//host"})
    void anUnusableBaseUrlIsNamedWithTheRemedy(String baseUrl) {
        assertThatIllegalArgumentException().isThrownBy(() -> gateway(baseUrl).chatCompletionsUri())
                .withMessageContaining("The base URL " + baseUrl).withMessageContaining("gateway mine")
                .withMessageContaining("set baseUrl to one like https://api.goapi.ai");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@host", "https://secret@host", "https://us er:secret@host"})
    void aPasswordInABaseUrlIsRefusedAndNotShown(String baseUrl) {
        assertThatIllegalArgumentException().isThrownBy(() -> gateway(baseUrl).chatCompletionsUri())
                .withMessageContaining("host").withMessageNotContaining("secret");
    }

    @Test
    void aMissingBaseUrlIsAnError() {
        assertThatIllegalArgumentException().isThrownBy(() -> gateway(null).chatCompletionsUri())
                .withMessageContaining("The base URL of gateway mine is missing");
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer KEY", "authorization, Bearer KEY", "X-API-Key, KEY", "'', Bearer KEY", ", Bearer KEY"})
    void theKeyIsABearerInAuthorizationAndBareElsewhere(String header, String value) {
        Gateway gateway = gateway("https://host");
        gateway.setApiKeyHeader(header);
        gateway.setApiKey(" KEY\n");
        assertThat(ApiKey.of(gateway.getApiKey()).map(key -> key.headerValue(gateway.getApiKeyHeader())).orElse(null))
                .isEqualTo(value);
    }

    @Test
    void noKeyIsShown() {
        Gateway gateway = gateway("https://host");
        gateway.setApiKey("KEY");
        assertThat(gateway.toString()).contains("mine").doesNotContain("KEY");
    }

    private static Gateway gateway(String baseUrl) {
        Gateway gateway = new Gateway();
        gateway.setName("mine");
        gateway.setBaseUrl(baseUrl);
        return gateway;
    }
}
