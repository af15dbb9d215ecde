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

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.DefaultKafkaClientFactory;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What camel-kafka hands to the client of Kafka, as the bytes that its serializer makes of it. There is no broker. */
class KafkaBodiesTest extends SoraRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BYTES = "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer";

    private final Recording events = new Recording();
    private final Recording results = new Recording();

    @Test
    void anEventIsJsonAndAResultItsLinkWithTheDefaultSerializer() throws Exception {
        SoraVideo video = generate("");
        assertJson();
        assertThat(results.values()).containsExactly(video.videoUrl());
    }

    @Test
    void bothAreJsonWithTheSerializerOfBytes() throws Exception {
        SoraVideo video = generate(BYTES);
        assertJson();
        assertThat(results.values()).hasSize(1).first()
                .satisfies(json -> assertThat(context.getTypeConverter().convertTo(SoraVideo.class, json)).isEqualTo(video));
    }

    private void assertJson() {
        assertThat(events.values()).hasSize(6).allSatisfy(json -> {
            JsonNode event = JSON.readTree(json);
            assertThat(event.path("generationId").isTextual() && event.path("time").isIntegralNumber()).isTrue();
            assertThat(json).doesNotContain("\n");
        });
        assertThat(events.history().get(0).headers()).extracting(Header::key).noneMatch(name -> name.startsWith("Camel"));
    }

    private SoraVideo generate(String options) throws Exception {
        context.addComponent("events", kafka(events));
        context.addComponent("results", kafka(results));
        simulator().answer(Answer.success().progress(12, 61));
        routes(route -> route.from("direct:in").to("sora:generate?streamRepliesTo=RAW(events:e?brokers=none:1" + options + ")")
                .to("results:r?brokers=none:1" + options));
        Exchange exchange = send("direct:in", "A paper boat");
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SoraVideo.class);
    }

    private static KafkaComponent kafka(Recording recording) {
        KafkaComponent kafka = new KafkaComponent();
        kafka.setKafkaClientFactory(recording);
        return kafka;
    }

    /** Kafka's own producer for tests. It serializes as the real one does. */
    private static final class Recording extends DefaultKafkaClientFactory {

        private volatile MockProducer<Object, Object> producer;
        private volatile Serializer<Object> serializer;

        @Override
        @SuppressWarnings({ "rawtypes", "unchecked" })
        public Producer getProducer(Properties properties) {
            Serializer<Object> keys = serializer(properties, ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG);
            serializer = serializer(properties, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);
            producer = new MockProducer<>(true, keys, serializer);
            return producer;
        }

        @SuppressWarnings("unchecked")
        private static Serializer<Object> serializer(Properties properties, String name) {
            try {
                return (Serializer<Object>) ((Class<?>) properties.get(name)).getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        List<ProducerRecord<Object, Object>> history() {
            return producer.history();
        }

        List<String> values() {
            return history().stream().map(sent -> new String(serializer.serialize(sent.topic(), sent.value()),
                    StandardCharsets.UTF_8)).toList();
        }
    }
}
