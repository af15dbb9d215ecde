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
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.exchange.Images;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ImageToVideoTest extends SoraRouteTest {

    private static final byte[] PNG = bytes(0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 1, 2, 3);

    @TempDir
    Path folder;

    @BeforeEach
    void route() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
    }

    @Test
    void aPromptWithTheLinkOfAnImage() throws Exception {
        Exchange exchange = send("direct:in", "make it move", Map.of(SoraConstants.IMAGE_URL, "https://a.example/cat.png"));
        assertThat(content().get(0).get("text").asText()).isEqualTo("make it move");
        assertThat(url(1)).isEqualTo("https://a.example/cat.png");
        assertThat(exchange.getMessage().getBody(SoraVideo.class).prompt()).isEqualTo("make it move");
    }

    @Test
    void twoImagesAreFirstAndLastFrame() throws Exception {
        send("direct:in", "from dawn to dusk", Map.of(SoraConstants.IMAGE_URL,
                List.of("https://a.example/dawn.png", "data:image/png;base64,AAAA")));
        assertThat(content()).hasSize(3);
        assertThat(url(1)).endsWith("dawn.png");
        assertThat(url(2)).isEqualTo("data:image/png;base64,AAAA");
    }

    static Stream<Arguments> images() {
        return Stream.of(arguments("image/png", PNG), arguments("image/jpeg", bytes(0xFF, 0xD8, 0xFF, 0xE0, 1)),
                arguments("image/gif", bytes('G', 'I', 'F', '8', '9', 'a')),
                arguments("image/webp", bytes('R', 'I', 'F', 'F', 1, 2, 3, 4, 'W', 'E', 'B', 'P', 'V')));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void anImageBodyBecomesADataUrlWithItsMediaType(String mediaType, byte[] image) throws Exception {
        Path path = Files.write(folder.resolve("image"), image);
        for (Object body : List.of(image, new ByteArrayInputStream(image), path, new File(path.toString()))) {
            assertThat(send("direct:in", body).getException()).isNull();
        }
        for (int request = 0; request < 4; request++) {
            JsonNode content = content(request);
            assertThat(content).hasSize(1);
            assertThat(content.get(0).get("type").asText()).isEqualTo("image_url");
            assertThat(content.get(0).get("image_url").get("url").asText())
                    .isEqualTo("data:" + mediaType + ";base64," + Base64.getEncoder().encodeToString(image));
        }
    }

    @Test
    void textsAndImagesInAListAreTheParts() throws Exception {
        send("direct:in", List.of("from this", PNG, "to that", PNG));
        assertThat(content()).hasSize(4);
        assertThat(content().get(2).get("text").asText()).isEqualTo("to that");
        assertThat(url(3)).startsWith("data:image/png;base64,");
    }

    @Test
    void messagesWithPartsAreSentAsTheyAre() throws Exception {
        send("direct:in", List.of(new SoraMessage("user", List.of(Map.of("type", "text", "text", "x"),
                Map.of("type", "image_url", "image_url", Map.of("url", "https://a.example/cat.png"))))));
        assertThat(url(1)).isEqualTo("https://a.example/cat.png");
    }

    @Test
    void aTextFileIsAPromptAndNoImage() throws Exception {
        send("direct:in", Files.writeString(folder.resolve("prompt.txt"), "一只小狗"));
        assertThat(content().asText()).isEqualTo("一只小狗");
    }

    @Test
    void anImageBeyondTwentyMebibytesIsRefusedBeforeAnythingIsSent() throws Exception {
        byte[] huge = Arrays.copyOf(PNG, Images.MAX_SIZE + 1);
        for (Object body : List.of(huge, new ByteArrayInputStream(huge))) {
            assertThat(send("direct:in", body).getException()).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 20 MiB");
        }
        assertThat(send("direct:in", "x", Map.of(SoraConstants.IMAGE_URL, "data:image/png;base64," + "A".repeat(28_000_000)))
                .getException()).hasMessageContaining("at most 20 MiB");
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void anInvalidImageIsNamedInTheError() throws Exception {
        assertThat(send("direct:in", "x", Map.of(SoraConstants.IMAGE_URL, "file:///etc/passwd")).getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Not an image: file:///etc/passwd");
        assertThat(send("direct:in", "x", Map.of(SoraConstants.IMAGE_URL, "http://a.example/cat.png")).getException())
                .hasMessageContaining("takes https links and data URLs");
        assertThat(send("direct:in", "x", Map.of(SoraConstants.IMAGE_URL, List.of("a", "b", "c"))).getException())
                .hasMessageContaining("holds 3 images");
        assertThat(simulator().chatRequests()).isZero();
    }

    private String url(int part) throws Exception {
        return content().get(part).get("image_url").get("url").asText();
    }

    private JsonNode content() throws Exception {
        return content(0);
    }

    private JsonNode content(int request) throws Exception {
        JsonNode messages = new ObjectMapper().readTree(simulator().requests().get(request).body()).get("messages");
        return messages.get(messages.size() - 1).get("content");
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
