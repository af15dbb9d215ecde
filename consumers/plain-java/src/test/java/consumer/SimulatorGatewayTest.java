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

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.camelsora.event.SoraVideo;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The jar camel-sora-test on the class path, the name of its gateway in the route, and nothing else. */
@Timeout(60)
class SimulatorGatewayTest {

    @Test
    void fourPromptsMakeFourDifferentVideos() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:prompts").to("sora:generate?gateway=simulator");
                }
            });
            context.start();
            Set<String> tags = new HashSet<>();
            for (String prompt : List.of("A paper boat", "A dog on the beach", "Sunrise", "一只小狗")) {
                SoraVideo video = context.createProducerTemplate().requestBody("direct:prompts", prompt, SoraVideo.class);
                tags.add(fetch(video.videoUrl(), "video/mp4", "ftyp"));
                tags.add(fetch(video.thumbnailUrl(), "image/webp", "WEBP"));
            }
            assertEquals(8, tags.size());
        }
    }

    private static String fetch(String link, String type, String mark) throws Exception {
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(link)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, answer.statusCode(), () -> new String(answer.body()));
        assertEquals(type, answer.headers().firstValue("Content-Type").orElse(""));
        assertTrue(new String(answer.body(), 0, 16, "ISO-8859-1").contains(mark));
        return answer.headers().firstValue("ETag").orElseThrow();
    }
}
