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
package io.github.camelsora.examples.fleet;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraVideo;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Events and results on a real broker, without a step before it, as a program without Camel reads them. */
class JmsBodiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long WAIT_MILLIS = 20_000;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private Broker broker;
    private ActiveMQConnectionFactory connections;
    private JMSContext reader;

    @BeforeEach
    void start() throws Exception {
        broker = Broker.start();
        connections = new ActiveMQConnectionFactory(broker.url());
        reader = connections.createContext();
        context.addComponent("jms", JmsComponent.jmsComponent(connections));
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
        reader.close();
        connections.close();
        broker.close();
    }

    @Test
    void aQueueGetsEventsAndTheResultAsJson() throws Exception {
        SoraVideo video = generate("jms:queue:events", "jms:queue:videos");

        List<JsonNode> events = events();
        assertThat(events.get(0).path("type").asText()).isEqualTo("SUBMITTED");
        assertThat(events.get(events.size() - 1).at("/video/videoUrl").asText()).isEqualTo(video.videoUrl());
        assertThat(events).allSatisfy(event -> {
            assertThat(event.path("generationId").asText()).isEqualTo(video.generationId());
            assertThat(event.path("time").isIntegralNumber()).isTrue();
        });
        byte[] stored = read("videos").getBody(byte[].class);
        assertThat(JSON.readTree(stored).path("videoUrl").asText()).isEqualTo(video.videoUrl());
        assertThat(context.getTypeConverter().convertTo(SoraVideo.class, stored)).isEqualTo(video);
    }

    @Test
    void aTextMessageHasTheJsonOfAnEventAndTheLinkOfAResult() throws Exception {
        SoraVideo video = generate("jms:queue:events?jmsMessageType=Text", "jms:queue:videos?jmsMessageType=Text");

        assertThat(events()).last().satisfies(event -> assertThat(event.path("type").asText()).isEqualTo("COMPLETED"));
        assertThat(read("videos")).isInstanceOfSatisfying(TextMessage.class,
                message -> assertThat(text(message)).isEqualTo(video.videoUrl()));
    }

    @Test
    void whoAsksOverAQueueGetsTheResultAsJsonInTheAnswer() throws Exception {
        routes("jms:queue:events", "mock:result", "jms:queue:orders");
        Message order = reader.createTextMessage("A paper boat");
        order.setJMSReplyTo(reader.createQueue("answers"));
        reader.createProducer().send(reader.createQueue("orders"), order);

        Message answer = read("answers");
        assertThat(answer.getJMSCorrelationID()).isEqualTo(order.getJMSMessageID());
        assertThat(JSON.readTree(answer.getBody(byte[].class)).path("videoUrl").asText()).startsWith("http");
    }

    private SoraVideo generate(String events, String videos) throws Exception {
        routes(events, videos, "direct:in");
        Exchange exchange = context.createFluentProducerTemplate().to("direct:in").withBody("A paper boat").send();
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SoraVideo.class);
    }

    private void routes(String events, String videos, String from) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to("sora:generate?gateway=simulator&streamRepliesTo=RAW(" + events + ")").to(videos);
            }
        });
    }

    private List<JsonNode> events() throws Exception {
        List<JsonNode> events = new ArrayList<>();
        while (events.isEmpty() || !events.get(events.size() - 1).path("type").asText().equals("COMPLETED")) {
            String json = text(read("events"));
            assertThat(json).doesNotContain("\n").doesNotContain("null");
            events.add(JSON.readTree(json));
        }
        return events;
    }

    private Message read(String queue) {
        try (JMSConsumer consumer = reader.createConsumer(reader.createQueue(queue))) {
            Message message = consumer.receive(WAIT_MILLIS);
            assertThat(message).as("a message in " + queue).isInstanceOfAny(BytesMessage.class, TextMessage.class);
            return message;
        }
    }

    private static String text(Message message) {
        try {
            return message instanceof TextMessage text ? text.getText()
                    : new String(message.getBody(byte[].class), StandardCharsets.UTF_8);
        } catch (JMSException e) {
            throw new IllegalStateException(e);
        }
    }
}
