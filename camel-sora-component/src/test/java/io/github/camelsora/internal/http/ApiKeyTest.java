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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A key goes into its header and nowhere else. */
class ApiKeyTest {

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "\t\n"})
    void withoutTextThereIsNoKey(String text) {
        assertThat(ApiKey.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Authorization, Bearer KEY", "AUTHORIZATION, Bearer KEY", "X-API-Key, KEY"})
    void theHeaderDecidesTheForm(String header, String value) {
        assertThat(ApiKey.of(" KEY\n").orElseThrow().headerValue(header)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "${SORA_SECRET}    | placeholder",
            "{{sora.secret}}   | placeholder",
            "'se\r\ncret'      | line end",
            "'se\ncret'        | line end",
            "'se cret'         | white space",
            "'se\tcret'        | white space",
            "secrét            | not ASCII",
            "\u200bsecret      | not ASCII",
            "'Bearer secret'   | give the key alone",
            "'bearer secret'   | give the key alone"})
    void whatCannotBeAKeyIsRefusedWithARemedyAndNotShown(String text, String remedy) {
        assertThatThrownBy(() -> ApiKey.of(text)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(remedy)
                .hasMessageNotContainingAny("cret", "SECRET", "crét");
    }

    @Test
    void aKeyIsNotShown() {
        assertThat(ApiKey.of("KEY1").orElseThrow().toString()).doesNotContain("KEY1").doesNotContain("4");
    }
}
