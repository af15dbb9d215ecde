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
package io.github.camelsora.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

import io.github.camelsora.test.Answer;
import io.github.camelsora.test.SoraSimulatorExtension;
import io.github.camelsora.test.VideoAnswer;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The example as its user runs it: the example's own routes and properties. */
class JavaExampleTest {

    @RegisterExtension
    final SoraSimulatorExtension extension = new SoraSimulatorExtension();

    @TempDir
    Path home;

    @Test
    void everyPromptBecomesAPlayableVideoBesideItsJsonAndTheExampleEnds() throws Exception {
        Files.createDirectory(home.resolve("prompts"));
        Files.writeString(home.resolve("prompts/boat.txt"), "a paper boat");
        Files.writeString(home.resolve("prompts/dog.txt"), "一只小狗");

        run();

        for (String name : new String[] { "boat", "dog" }) {
            byte[] video = Files.readAllBytes(home.resolve("videos/" + name + ".mp4"));
            assertThat(new String(video, 4, 4, "US-ASCII")).isEqualTo("ftyp");
        }
        assertThat(Files.readString(home.resolve("videos/dog.json"))).contains("\"prompt\" : \"一只小狗\"")
                .contains("\"videoUrl\" : \"" + extension.simulator().baseUrl());
        assertThat(extension.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void aPromptThatFailsDoesNotKeepTheOthersFromEnding() throws Exception {
        Files.createDirectory(home.resolve("prompts"));
        Files.writeString(home.resolve("prompts/boat.txt"), "a paper boat");
        Files.writeString(home.resolve("prompts/bad.txt"), "something refused");
        extension.simulator().answer(Answer.failureText("input_moderation"));

        run();

        assertThat(home.resolve("videos")).isDirectoryContaining("glob:**.mp4");
        try (var files = Files.list(home.resolve("videos"))) {
            assertThat(files).hasSize(2);
        }
        assertThat(extension.simulator().paidRequests()).isEqualTo(2);
    }

    @Test
    void aFilmThatCannotBeFetchedKeepsTheJsonOfWhatWasPaidFor() throws Exception {
        Files.createDirectory(home.resolve("prompts"));
        Files.writeString(home.resolve("prompts/boat.txt"), "a paper boat");
        extension.simulator().answer(Answer.success().videoAnswers(VideoAnswer.html()));

        run();

        assertThat(Files.readString(home.resolve("videos/boat.json"))).contains("\"prompt\" : \"a paper boat\"");
        try (var files = Files.list(home.resolve("videos"))) {
            assertThat(files).hasSize(1);
        }
    }

    /** Returns when the example has ended by itself. */
    private void run() throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(SoraRoutes.class);
        Properties properties = new Properties();
        properties.setProperty("example.prompts", home.resolve("prompts").toString());
        properties.setProperty("example.videos", home.resolve("videos").toString());
        properties.setProperty("camel.component.sora.gateway", "goapi");
        properties.setProperty("camel.component.sora.baseUrl", extension.simulator().baseUrl());
        properties.setProperty("camel.component.sora.apiKey", "simulator");
        main.setOverrideProperties(properties);
        // An upper limit in case the example never ends; normally it ends much earlier.
        main.configure().withDurationMaxSeconds(60);
        main.run();
        CamelContext context = main.getCamelContext();
        assertThat(context == null || context.isStopped()).isTrue();
    }
}
