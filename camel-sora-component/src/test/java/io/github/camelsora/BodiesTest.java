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

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.test.Answer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.DefaultExchangeHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Events and results go to ordinary endpoints without a step between. */
class BodiesTest extends SoraRouteTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void eventsAndResultsAreWrittenToFilesAsJson() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:events")
                    .to("file:" + folder + "?fileName=result.json");
            route.from("direct:events")
                    .to("file:" + folder + "?fileName=events.jsonl&fileExist=Append&appendChars=\\n");
        });
        simulator().answer(Answer.success().progress(12, 61));
        Exchange exchange = send("direct:in", "A paper boat");

        assertThat(exchange.getException()).isNull();
        SoraVideo video = exchange.getMessage().getBody(SoraVideo.class);
        SoraVideo written = context.getTypeConverter().convertTo(SoraVideo.class,
                Files.readAllBytes(folder.resolve("result.json")));
        assertThat(written).isEqualTo(video);
        List<String> events = Files.readAllLines(folder.resolve("events.jsonl"));
        assertThat(events).hasSize(6).allSatisfy(line -> assertThat(JSON.readTree(line).has("type")).isTrue());
        assertThat(JSON.readTree(events.get(5)).at("/video/videoUrl").asText()).isEqualTo(video.videoUrl());
    }

    @Test
    void sedaKeepsEventsForEachOfItsConsumers() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=seda:events?multipleConsumers=true");
            route.from("seda:events?multipleConsumers=true").to("mock:first");
            route.from("seda:events?multipleConsumers=true").to("mock:second");
        });
        getMockEndpoint("mock:first").expectedMessageCount(6);
        getMockEndpoint("mock:second").expectedMessageCount(6);
        simulator().answer(Answer.success().progress(12, 61));
        send("direct:in", "A paper boat");
        getMockEndpoint("mock:first").assertIsSatisfied();
        getMockEndpoint("mock:second").assertIsSatisfied();
        // Seda gives each event to all consumers at once, on threads of its own, so the order may differ.
        assertThat(names(events(getMockEndpoint("mock:first"))))
                .containsExactlyInAnyOrderElementsOf(names(events(getMockEndpoint("mock:second"))));
    }

    @Test
    void anEventConvertsToCompactJsonInWhateverFormAnEndpointAsksFor() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:events");
            route.from("direct:events").to("mock:events");
        });
        send("direct:in", "A paper boat");
        SoraEvent event = events(getMockEndpoint("mock:events")).get(0);
        for (String json : forms(event).toList()) {
            assertThat(json).doesNotContain("\n").doesNotContain("null");
            JsonNode read = JSON.readTree(json);
            assertThat(read.get("type").asText()).isEqualTo("SUBMITTED");
            assertThat(read.get("taskId").asText()).isEqualTo(event.getTaskId());
        }
    }

    @Test
    void aResultAsTextIsItsLinkAndAsBytesItsJson() {
        SoraVideo video = SoraVideo.builder().gateway("goapi").videoUrl("https://a.example/v.mp4").prompt("A prompt").build();
        assertThat(context.getTypeConverter().convertTo(String.class, video)).isEqualTo("https://a.example/v.mp4");
        forms(video).skip(1).forEach(json -> assertThat(context.getTypeConverter().convertTo(SoraVideo.class,
                json.getBytes(StandardCharsets.UTF_8))).isEqualTo(video));
        assertThat(context.getTypeConverter().convertTo(SoraVideo.class,
                context.getTypeConverter().convertTo(InputStream.class, video))).isEqualTo(video);
    }

    /** {@code transferExchange} of JMS, aggregations in a database, and others that store an exchange as a Java object. */
    @Test
    void anExchangeThatIsStoredAsAJavaObjectKeepsItsEventOrResultAsJson() throws Exception {
        routes(route -> {
            route.from("direct:in").to("sora:generate?streamRepliesTo=direct:events");
            route.from("direct:events").to("mock:events");
        });
        Exchange result = send("direct:in", "A paper boat");
        assertThat(stored(result).getMessage().getBody(SoraVideo.class)).isEqualTo(result.getMessage().getBody());
        for (Exchange event : getMockEndpoint("mock:events").getExchanges()) {
            assertThat(SoraJson.readEvent(stored(event).getMessage().getBody(String.class)))
                    .isEqualTo(event.getMessage().getBody());
        }
    }

    private Exchange stored(Exchange exchange) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(DefaultExchangeHolder.marshal(exchange, false));
        }
        Exchange read = new DefaultExchange(context);
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            DefaultExchangeHolder.unmarshal(read, (DefaultExchangeHolder) in.readObject());
        }
        return read;
    }

    /** As text, bytes, stream, reader and buffer: what file, Kafka, JMS and websocket endpoints ask for. */
    private Stream<String> forms(Object body) {
        return Stream.of(String.class, byte[].class, InputStream.class, Reader.class, ByteBuffer.class)
                .map(type -> context.getTypeConverter().convertTo(type, body))
                .map(form -> context.getTypeConverter().convertTo(String.class, form));
    }
}
