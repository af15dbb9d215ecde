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
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.RecordedRequest;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A prompt that is too large, or never ends, is an error before anything is bought. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class PromptLimitsTest extends SoraRouteTest {

    private static final InputStream ENDLESS = new InputStream() {
        @Override
        public int read() {
            return 'x';
        }
    };

    static Stream<Object> tooLarge() {
        String text = "x".repeat(1025);
        return Stream.of(text, text.getBytes(), new ByteArrayInputStream(text.getBytes()), new StringReader(text), ENDLESS,
                new StringBuilder(text), List.of("a", text), SoraMessage.user(text), List.of(SoraMessage.user(text)));
    }

    private Exchange generate(Object body, String options) throws Exception {
        // Without the cache of Camel, which would read an endless stream itself.
        routes(route -> route.from("direct:in").streamCache("false").to("sora:generate?" + options));
        return send("direct:in", body);
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void aPromptBeyondTheLimitIsAnError(Object body) throws Exception {
        Exchange exchange = generate(body, "maxPromptSize=1024");
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("larger than 1024 bytes (maxPromptSize)");
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void aPromptOfExactlyTheLimitIsSentWhole() throws Exception {
        String text = "x".repeat(1024);
        routes(route -> route.from("direct:in").streamCache("false").to("sora:generate?maxPromptSize=1024"));
        for (Object body : List.of(text, text.getBytes(), new ByteArrayInputStream(text.getBytes()), new StringReader(text))) {
            assertThat(send("direct:in", body).getMessage().getBody(SoraVideo.class).prompt()).isEqualTo(text);
        }
    }

    @Test
    void aTextFileBeyondTheLimitIsNotCut(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("prompt.txt");
        Files.writeString(file, "x".repeat(21 * 1024 * 1024));
        assertThat(generate(file.toFile(), "maxPromptSize=22020095").getException())
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("(maxPromptSize)");
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void anImageMayBeLargerThanText() throws Exception {
        byte[] image = new byte[2048];
        new Random(1).nextBytes(image);
        System.arraycopy(new byte[] {(byte) 0x89, 'P', 'N', 'G'}, 0, image, 0, 4);
        assertThat(generate(new ByteArrayInputStream(image), "maxPromptSize=1024").getException()).isNull();
        assertThat(simulator().requests()).extracting(RecordedRequest::body).first().asString().contains("image/png");
    }

    @Test
    void aStreamThatNeverEndsIsGivenUp() throws Exception {
        try (PipedOutputStream silent = new PipedOutputStream()) {
            Exchange exchange = generate(new PipedInputStream(silent), "promptTimeout=100");
            assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("did not end within 100 ms (promptTimeout)");
        }
        assertThat(simulator().chatRequests()).isZero();
    }

    @Test
    void aReaderThatNeverEndsIsGivenUp() throws Exception {
        Exchange exchange = generate(new Reader() {
            @Override
            public int read(char[] buffer, int offset, int length) {
                return 0;
            }

            @Override
            public void close() {
                // there is nothing to close
            }
        }, "promptTimeout=100");
        assertThat(exchange.getException()).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(promptTimeout)");
    }
}
