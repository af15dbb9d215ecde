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
package io.github.camelsora.examples.studio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

import io.github.camelsora.examples.studio.RawHttp.Answer;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/** The web server answers before Camel has started, and after it has stopped. */
@ExtendWith(OutputCaptureExtension.class)
class StartingTest {

    @Test
    void pagesAndOrdersAreAskedToComeBack(CapturedOutput log) throws IOException {
        List<Answer> early = new ArrayList<>();
        ApplicationListener<ServletWebServerInitializedEvent> visitor = event -> early
                .addAll(visit(event.getWebServer().getPort()));
        try (ConfigurableApplicationContext studio = new SpringApplicationBuilder(StudioApplication.class)
                .profiles("simulator").listeners(visitor)
                .run("--server.port=0", "--spring.datasource.url=jdbc:h2:mem:starting", "--studio.simulator.port=0")) {
            assertComeBack(early);

            int port = Integer.parseInt(studio.getEnvironment().getProperty("local.server.port"));
            assertThat(visit(port)).extracting(Answer::status).containsExactly(200, 200, 400);

            studio.getBean(CamelContext.class).stop();
            assertComeBack(visit(port));
        }
        assertThat(log.getAll()).doesNotContain("\tat ");
    }

    private static void assertComeBack(List<Answer> answers) {
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0).status()).as("the page itself").isEqualTo(200);
        assertThat(answers.subList(1, 3)).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.headers()).containsEntry("retry-after", "2");
            assertThat(answer.body()).isEqualTo("The studio is not ready. Try again in a moment.");
        });
    }

    private static List<Answer> visit(int port) {
        RawHttp http = new RawHttp(port);
        try {
            return List.of(http.get("/", "Host: " + http.host()), http.get("/api/events", "Host: " + http.host()),
                    http.order("/api/videos", "{\"prompt\":\"\",\"gateway\":\"simulator\"}"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
