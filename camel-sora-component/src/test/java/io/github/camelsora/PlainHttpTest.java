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

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Plain http carries the key in clear: said at start, unless it does not leave the machine. */
class PlainHttpTest extends SoraRouteTest {

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9, false", "http://localhost:9, false", "http://LocalHost, false", "http://[::1]:9, false",
        "http://127.3.2.1, false", "https://127.evil.example, false",
        "http://127.evil.example, true", "http://127.0.0.1.evil.example:9, true", "http://localhost.evil.example, true",
        "http://10.0.0.1, true", "http://[::2], true" })
    void isWarnedOfUnlessTheHostIsThisMachine(String baseUrl, boolean warned) throws Exception {
        try (LogRecorder log = new LogRecorder("io.github.camelsora")) {
            routes(route -> route.from("direct:in").to("sora:generate?apiKey=k&baseUrl=" + baseUrl));
            assertThat(log.lines().stream().anyMatch(line -> line.startsWith("WARN") && line.contains("plain http")))
                    .isEqualTo(warned);
        }
    }
}
