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

import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SoraSimulatorExtensionTest {

    @RegisterExtension
    static final SoraSimulatorExtension SHARED = new SoraSimulatorExtension();

    private static final int PORT = SHARED.simulator().port();
    private static int earlierPort;

    @RegisterExtension
    final SoraSimulatorExtension own = new SoraSimulatorExtension(SoraSimulator.builder().apiKey("piapi", "secret"));

    @Test
    @Order(1)
    void firstTestUsesBothSimulators() throws Exception {
        SHARED.simulator().answer(Answer.status(402), Answer.status(402));
        assertThat(new Client(SHARED.simulator()).generate("a dog").statusCode()).isEqualTo(402);
        assertThat(new Client(own.simulator()).generate("a dog").statusCode()).isEqualTo(401);
        earlierPort = own.simulator().port();
    }

    @Test
    @Order(2)
    void nextTestFindsThemReset() throws Exception {
        assertThat(SHARED.simulator().port()).isEqualTo(PORT);
        assertThat(SHARED.simulator().chatRequests()).isZero();
        assertThat(new Client(SHARED.simulator()).generate("a dog").statusCode()).isEqualTo(200);
        assertThat(own.simulator().port()).isNotEqualTo(earlierPort);
        assertThat(own.simulator().chatRequests()).isZero();
    }

    @Nested
    class InANestedClass {

        @Test
        void nestedClassHasTheSameSharedSimulator() {
            assertThat(SHARED.simulator().port()).isEqualTo(PORT);
        }
    }
}
