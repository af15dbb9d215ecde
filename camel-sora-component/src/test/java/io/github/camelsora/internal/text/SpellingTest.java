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
package io.github.camelsora.internal.text;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpellingTest {

    @ParameterizedTest
    @CsvSource({ "gatway, gateway", "GATEWAY, gateway", "gatewya, gateway", "modell, model", "colour,", "m,", "'',",
            "gateway, gateway" })
    void theNearestNameIsFoundIfOneIsNear(String typed, String near) {
        assertThat(Spelling.nearest(typed, List.of("gateway", "gateways", "model", "baseurl"))).isEqualTo(near);
    }
}
