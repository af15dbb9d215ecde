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
package io.github.camelsora.examples.recipes;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SourceAnswer;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Dead letters and progress on a broker, inside this process. */
class BrokerRecipesTest extends RecipeTest {

    private final MockProducer<String, String> kafka = new MockProducer<>(true, null, new StringSerializer(),
            new StringSerializer());
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final List<Exchange> received = new CopyOnWriteArrayList<>();

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        broker.setConfiguration(new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false)
                .setJMXManagementEnabled(false).addAcceptorConfiguration("vm", "vm://0"));
        broker.start();
        context.getComponent("kafka", KafkaComponent.class).setKafkaClientFactory(new DefaultKafkaClientFactory() {
            @Override
            public Producer<?, ?> getProducer(Properties properties) {
                return kafka;
            }
        });
        context.getComponent("kafka", KafkaComponent.class).getConfiguration().setBrokers("127.0.0.1:1");
        context.addComponent("jms", JmsComponent.jmsComponent(new ActiveMQConnectionFactory("vm://0")));
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setRecoveryEnabled(false);
        return context;
    }

    @AfterEach
    void stopTheBroker() throws Exception {
        context.stop();
        broker.stop();
    }

    @Test
    @Recipe("Retry only what is safe")
    void whatIsRefusedForTheMomentIsRepeatedAndPaidOnce() throws Exception {
        route("direct:videos", received);
        simulator().answer(Answer.status(503, "{\"error\":{\"message\":\"busy\"}}", Map.of()),
                Answer.status(429), Answer.success());
        send("direct:prompts", "x");
        assertThat(received).hasSize(1);
        assertThat(scheduling.redeliveries()).containsExactly(2_000L, 4_000L);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    @Recipe("Retry only what is safe")
    void whatMayHaveBeenPaidForIsNotRepeatedAndItsDeadLetterNamesTheTask() throws Exception {
        List<Exchange> dead = deadLetters();
        simulator().answer(Answer.success().progress(12, 61).cutAfter(61), Answer.failureText("input_moderation"),
                Answer.status(400));
        for (String prompt : List.of("lost", "failed", "refused")) {
            assertThat(send("direct:prompts", prompt).getException()).isNull();
        }
        await().until(() -> dead.size() == 3);
        assertThat(dead).extracting(letter -> letter.getMessage().getBody(String.class))
                .containsExactly("lost", "failed", "refused");
        assertThat(dead).extracting(letter -> letter.getMessage().getHeader("possiblyCharged", Boolean.class))
                .containsExactly(true, true, false);
        assertThat(dead.get(0).getMessage().getHeader("taskId")).isEqualTo(simulator().tasks().get(0).id());
        assertThat(dead.get(0).getMessage().getHeader("gateway")).isEqualTo("goapi");
        assertThat(dead.get(0).getMessage().getHeader("reason", String.class)).contains("after 61 %");
        assertThat(dead.get(2).getMessage().getHeader("taskId")).isNull();
        assertThat(scheduling.redeliveries()).isEmpty();
        assertThat(simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    @Recipe("Retry only what is safe")
    void whatIsRefusedForEverIsADeadLetterInTheEnd() throws Exception {
        List<Exchange> dead = deadLetters();
        simulator().answerAlways(Answer.status(429));
        send("direct:prompts", "x");
        await().until(() -> dead.size() == 1);
        assertThat(simulator().chatRequests()).isEqualTo(6);
        assertThat(simulator().paidRequests()).isZero();
    }

    @Test
    @Recipe("Resume later")
    void aDeadLetterBecomesAVideoAndNothingIsBought() throws Exception {
        route("direct:videos", received);
        simulator().answer(Answer.success().progress(12, 61).cutAfter(61).sourceAnswers(SourceAnswer.completed()));
        send("sora:generate", "x");
        String task = simulator().tasks().get(0).id();
        template.send("jms:queue:dead", exchange -> {
            exchange.getMessage().setBody("x");
            exchange.getMessage().setHeader("taskId", task);
            exchange.getMessage().setHeader("gateway", "goapi");
        });
        await().until(() -> received.size() == 1);
        assertThat(received.get(0).getMessage().getBody(SoraVideo.class).taskId()).isEqualTo(task);
        assertThat(simulator().paidRequests()).isEqualTo(1);
    }

    @Test
    @Recipe("Send progress to JMS or Kafka")
    void everyEventIsAMessageInOrder() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:topic:video-progress").convertBodyTo(String.class).process(event -> received.add(event.copy()));
            }
        });
        simulator().answer(Answer.success().progress(12, 61));
        assertVideo(send("direct:prompts", "x"));
        await().until(() -> received.size() == 6);
        List<String> types = new ArrayList<>();
        for (Exchange message : received) {
            String json = message.getMessage().getBody(String.class);
            types.add(json.replaceAll(".*\"type\":\"(\\w+)\".*", "$1"));
        }
        assertThat(types).containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS", "PROGRESS", "COMPLETED");
        assertThat(received.get(4).getMessage().getBody(String.class)).contains("\"progress\":61");
    }

    @Test
    @Recipe("Send progress to JMS or Kafka")
    void everyEventIsARecordWithTheIdOfItsGenerationAsKey() {
        simulator().answer(Answer.success().progress(12, 61));
        Exchange exchange = send("sora:generate?streamRepliesTo=direct:progress-to-kafka", "x");
        assertVideo(exchange);
        assertThat(kafka.history()).hasSize(6)
                .allSatisfy(event -> assertThat(event.topic()).isEqualTo("video-progress"))
                .allSatisfy(event -> assertThat(event.key())
                        .isEqualTo(exchange.getMessage().getBody(SoraVideo.class).generationId()));
        assertThat(kafka.history().get(4).value()).contains("\"progress\":61");
    }

    private List<Exchange> deadLetters() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("jms:queue:dead").process(letter -> {
                    letter.getMessage().getBody(String.class);
                    received.add(letter.copy());
                });
            }
        });
        return received;
    }
}
