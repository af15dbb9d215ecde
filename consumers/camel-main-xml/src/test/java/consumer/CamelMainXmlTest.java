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

import java.util.List;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulatorExtension;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class CamelMainXmlTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final Main main = new Main();
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        main.addInitialProperty("camel.component.sora.baseUrl", SORA.simulator().baseUrl());
        main.addInitialProperty("camel.component.sora.recoveryEnabled", "false");
        main.start();
        template = main.getCamelTemplate();
    }

    @AfterEach
    void stop() {
        main.stop();
    }

    private List<Exchange> mock(String name) {
        return main.getCamelContext().getEndpoint(name, MockEndpoint.class).getExchanges();
    }

    @Test
    void generatesResumesAndRemixesFromJson() throws Exception {
        SoraVideo video = template.requestBody("direct:generate", "A paper boat", SoraVideo.class);
        assertEquals("COMPLETED", mock("mock:events").get(mock("mock:events").size() - 1).getMessage()
                .getHeader(SoraConstants.EVENT_TYPE));
        String json = new ObjectMapper().writeValueAsString(video);
        assertEquals(video.videoUrl(), template.requestBody("direct:resume", json, SoraVideo.class).videoUrl());
        assertEquals(1, SORA.simulator().paidRequests());
        assertTrue(template.requestBodyAndHeader("direct:remix", "At night", SoraConstants.REMIX_OF, json, SoraVideo.class)
                .videoUrl().endsWith(".mp4"));
    }

    @Test
    void streams() {
        template.sendBody("direct:stream", "A paper boat");
        assertTrue(mock("mock:split").size() > 3);
    }

    @Test
    void aSecondDeliveryOfAnOrderGetsTheSameVideo() {
        SoraVideo video = template.requestBodyAndHeader("direct:orders", "A paper boat", "orderId", 7, SoraVideo.class);
        SoraVideo again = template.requestBodyAndHeader("direct:orders", "A paper boat", "orderId", 7, SoraVideo.class);
        assertEquals(video.videoUrl(), again.videoUrl());
        assertEquals(1, SORA.simulator().paidRequests());
    }

    @Test
    void resumesWhatWasLostInTheErrorHandler() {
        SORA.simulator().answer(Answer.success().cutAfter(61));
        assertTrue(template.requestBody("direct:handled", "Sunrise", SoraVideo.class).videoUrl().endsWith(".mp4"));
        assertEquals(1, SORA.simulator().paidRequests());
    }

    @Test
    void tellsALoss() {
        SORA.simulator().answer(Answer.success().cutAfter(61));
        Exchange exchange = template.request("direct:generate", e -> e.getMessage().setBody("A paper boat"));
        GenerationLostException lost = assertInstanceOf(GenerationLostException.class, exchange.getException());
        assertTrue(lost.isPossiblyCharged());
    }
}
