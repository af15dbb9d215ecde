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

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

@SpringBootTest
@Timeout(60)
class SpringBootYamlTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    @Autowired
    private ProducerTemplate template;
    @Autowired
    private CamelContext camel;
    @Autowired
    private JdbcTemplate database;

    @DynamicPropertySource
    static void simulator(DynamicPropertyRegistry properties) {
        properties.add("camel.component.sora.base-url", () -> SORA.simulator().baseUrl());
    }

    private List<Exchange> mock(String name) {
        return camel.getEndpoint(name, MockEndpoint.class).getExchanges();
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
    void aSecondDeliveryOfAnOrderGetsTheVideoFromTheDatabase() {
        SoraVideo video = template.requestBodyAndHeader("direct:orders", "A paper boat", "orderId", "o-1", SoraVideo.class);
        SoraVideo again = template.requestBodyAndHeader("direct:orders", "A paper boat", "orderId", "o-1", SoraVideo.class);
        assertEquals(video.videoUrl(), again.videoUrl());
        assertEquals(1, SORA.simulator().paidRequests());
        assertEquals("COMPLETED", database.queryForObject("SELECT state FROM sora_task WHERE task_key = 'o-1'", String.class));
    }

    @Test
    void resumesWhatWasLost() {
        SORA.simulator().answer(Answer.success().cutAfter(61));
        assertTrue(template.requestBody("direct:careful", "Sunrise", SoraVideo.class).videoUrl().endsWith(".mp4"));
        assertEquals(1, SORA.simulator().paidRequests());
    }

    @Test
    void tellsARefusal() {
        SORA.simulator().answer(Answer.status(429));
        Exchange exchange = template.request("direct:generate", e -> e.getMessage().setBody("A paper boat"));
        assertTrue(assertInstanceOf(GatewayRefusedException.class, exchange.getException()).isRetryable());
    }
}
