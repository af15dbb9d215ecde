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

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SoraSimulatorMainTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void printsItsAddressAndServes() throws Exception {
        String[] options = {"--port", "0", "--duration", "100ms", "--chunk-delay", "1ms", "--api-key", "key",
                "--event-loops", "2", "--stamp-chunks"};
        try (SoraSimulator simulator = SoraSimulatorMain.start(options, out)) {
            assertThat(printed.toString(StandardCharsets.UTF_8))
                    .isEqualTo("Sora simulator on http://127.0.0.1:" + simulator.port() + System.lineSeparator());
            assertThat(new Client(simulator).generate("a dog").body()).contains("[DONE]", "x_sent_at");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port x", "--duration soon", "--speed 3", "8080"})
    void unknownOptionOrValueIsAnError(String options) {
        assertThatThrownBy(() -> SoraSimulatorMain.start(options.split(" "), out)).isInstanceOf(IllegalArgumentException.class);
        assertThat(printed.size()).isZero();
    }
}
