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
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** The application as it is, with another gateway in one property. */
@Timeout(60)
class SimulatorGatewayTest {

    @Test
    void onePropertyIsEnough() throws Exception {
        Main main = new Main();
        main.addOverrideProperty("camel.component.sora.gateway", "simulator");
        main.start();
        try {
            assertEquals("simulator",
                    main.getCamelTemplate().requestBody("direct:generate", "A paper boat", SoraVideo.class).gateway());
        } finally {
            main.stop();
        }
    }
}
