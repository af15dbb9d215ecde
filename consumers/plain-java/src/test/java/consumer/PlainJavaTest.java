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
import java.util.Map;

import com.fasterxml.jackson.core.json.PackageVersion;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.GenerationFailedException;
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class PlainJavaTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final DefaultCamelContext context = new DefaultCamelContext();
    private ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        SoraComponent sora = context.getComponent("sora", SoraComponent.class);
        sora.getConfiguration().setBaseUrl(SORA.simulator().baseUrl());
        sora.getConfiguration().setApiKey("any");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:generate").to("sora:generate?streamRepliesTo=mock:events");
                from("direct:resume").to("sora:resume");
                from("direct:remix").to("sora:remix");
                from("direct:handled")
                        .onException(GenerationLostException.class).maximumRedeliveries(0).handled(true).to("sora:resume").end()
                        .to("sora:generate?recoveryEnabled=false");
                from("direct:stream").to("sora:generate?streaming=true").split(body()).streaming().to("mock:split");
            }
        });
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private MockEndpoint getMockEndpoint(String uri) {
        return context.getEndpoint(uri, MockEndpoint.class);
    }

    private SoraVideo generate() {
        return template.requestBody("direct:generate", "A paper boat sets sail", SoraVideo.class);
    }

    private String json(SoraVideo video) throws Exception {
        return new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(video);
    }

    @Test
    void generates() throws Exception {
        assertTrue(generate().videoUrl().endsWith(".mp4"));
        List<Exchange> events = getMockEndpoint("mock:events").getExchanges();
        assertEquals("COMPLETED", events.get(events.size() - 1).getMessage().getHeader(SoraConstants.EVENT_TYPE));
    }

    @Test
    void resumesFromJson() throws Exception {
        SoraVideo video = generate();
        SoraVideo again = template.requestBody("direct:resume", json(video), SoraVideo.class);
        assertEquals(video.videoUrl(), again.videoUrl());
        assertEquals(video.generationId(), again.generationId());
        assertEquals(1, SORA.simulator().paidRequests());
    }

    @Test
    void remixesFromJson() throws Exception {
        SoraVideo video = generate();
        SoraVideo changed = template.requestBodyAndHeaders("direct:remix", "Make it night",
                Map.of(SoraConstants.REMIX_OF, json(video)), SoraVideo.class);
        assertNotEquals(video.videoUrl(), changed.videoUrl());
    }

    @Test
    void streams() throws Exception {
        MockEndpoint split = getMockEndpoint("mock:split");
        template.sendBody("direct:stream", "A paper boat sets sail");
        List<Exchange> events = split.getExchanges();
        assertTrue(events.size() > 3);
        assertEquals("COMPLETED", events.get(events.size() - 1).getMessage().getBody(SoraEvent.class).getType().name());
    }

    @Test
    void tellsAFailure() {
        SORA.simulator().answer(Answer.failureText("input_moderation"));
        Exchange exchange = template.request("direct:generate", e -> e.getMessage().setBody("A prompt"));
        GenerationFailedException failed = assertInstanceOf(GenerationFailedException.class, exchange.getException());
        assertEquals(SoraFailureCategory.REJECTED, failed.getCategory());
    }

    @Test
    void resumesWhatWasLostInTheErrorHandler() {
        SORA.simulator().answer(Answer.success().cutAfter(61));
        assertTrue(template.requestBody("direct:handled", "Sunrise", SoraVideo.class).videoUrl().endsWith(".mp4"));
        assertEquals(1, SORA.simulator().paidRequests());
    }

    @Test
    void theSimulatorDecidesNoVersionOfJackson() {
        assertEquals(com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION.getMinorVersion(),
                PackageVersion.VERSION.getMinorVersion());
    }
}
