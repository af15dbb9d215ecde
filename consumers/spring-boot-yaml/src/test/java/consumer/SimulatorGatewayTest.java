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
package consumer;

import io.github.camelsora.event.SoraVideo;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.annotation.DirtiesContext;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The application as it is, with another gateway in one property. */
@SpringBootTest(properties = "camel.component.sora.gateway=simulator")
@DirtiesContext
@Timeout(60)
class SimulatorGatewayTest {

    @Autowired
    private ProducerTemplate template;

    @Test
    void onePropertyIsEnough() {
        assertEquals("simulator", template.requestBody("direct:generate", "A paper boat", SoraVideo.class).gateway());
    }
}
