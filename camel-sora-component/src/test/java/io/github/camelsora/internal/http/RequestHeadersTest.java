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
package io.github.camelsora.internal.http;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.tuple;

/** The headers of a paid request, which may all be secrets. */
class RequestHeadersTest {

    private final RequestHeaders headers = RequestHeaders.builder().key("X-API-Key", ApiKey.of("KEY").orElseThrow())
            .header("X-Own", "one").header("x-own", "two").build();

    @Test
    void theLastHeaderOfANameHoldsWhateverItsCase() {
        assertThat(headers.list()).extracting(SecretHeader::getName, SecretHeader::getValue)
                .containsExactly(tuple("X-API-Key", "KEY"),
                        tuple("x-own", "two"));
    }

    @Test
    void onlyNamesAreShown() {
        assertThat(headers).hasToString("RequestHeaders[X-API-Key, x-own]");
        assertThat(headers.list().get(0)).hasToString("X-API-Key: ***");
        GatewayRequest request = new GatewayRequest(URI.create("https://localhost/"), headers, new byte[2],
                GatewayClientTestSupport.LIMITS);
        assertThat(request.toString()).contains("X-API-Key").doesNotContain("KEY,", "KEY]", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret\r\nX-Other: 1", "secret\n", "\rsecret", "sec\0ret", "\u007fsecret"})
    void aValueWithALineEndIsRefusedAndNotShown(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> RequestHeaders.builder().header("X-Own", value))
                .withMessageContaining("X-Own").withMessageContaining("one line").withMessageNotContaining("ret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X-Own\r\nX-Other", "X Own", "X-Own:", "X-Öwn"})
    void whatIsNoHeaderNameIsRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> RequestHeaders.builder().header(name, "secret"))
                .withMessageStartingWith("Not the name of a header")
                .withMessageNotContaining("secret").withMessageNotContaining("\n");
    }

    @Test
    void aHeaderWithoutAValueIsAnErrorThatNamesIt() {
        assertThatNullPointerException().isThrownBy(() -> RequestHeaders.builder().header("X-Own", null))
                .withMessage("X-Own");
    }
}
