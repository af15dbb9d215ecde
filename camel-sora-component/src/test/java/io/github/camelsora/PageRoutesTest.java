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

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs every route of README and of the component's page: the Java, the XML and the YAML form of a task do the same. */
class PageRoutesTest extends SoraRouteTest {

    private static final Path README = Path.of(System.getProperty("basedir", "."), "..", "README.md");

    @TempDir
    Path folder;

    static Stream<PageExample> routes() throws Exception {
        return Stream.concat(PageExample.in(Files.readString(README)).stream(), ComponentPage.read().examples().stream())
                .filter(PageExample::isRoute);
    }

    @Test
    void everyTaskOfThePageIsShownInJavaXmlAndYaml() {
        List<PageExample> usage = ComponentPage.read().examples().stream().filter(PageExample::isRoute)
                .filter(example -> !example.heading().equals("Testing")).toList();
        assertThat(usage.stream().map(PageExample::heading).distinct()).hasSize(10).allSatisfy(task ->
                assertThat(usage.stream().filter(example -> example.heading().equals(task)))
                        .extracting(PageExample::language).containsExactly("java", "xml", "yaml"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    void theRouteDoesWhatThePageSays(PageExample example) throws Exception {
        example.addTo(context, folder);
        switch (example.heading()) {
            case "Generate a video", "Make a video" -> assertThat(video(order()).prompt()).isEqualTo("A paper boat");
            case "Watch the progress", "Show the progress while it runs" -> eachEventIsAReply();
            case "Read the events from the body" -> assertThat(order().getException()).isNull();
            case "Image to video" -> {
                assertThat(video(order()).prompt()).isEqualTo("The boat sets sail");
                assertThat(simulator().requests().toString()).contains("https://example.com/boat.png");
            }
            case "Change a video", "Continue a conversation", "Start from an image, or change a video" -> {
                assertThat(video(order()).messages()).hasSize(4);
                assertThat(simulator().paidRequests()).isEqualTo(2);
            }
            case "Save the video" -> {
                assertThat(order().getException()).isNull();
                assertThat(Files.readString(folder.resolve("4711.json"))).contains("A paper boat");
                assertThat(folder.resolve("4711.mp4")).isNotEmptyFile();
            }
            case "Resume a lost video" -> {
                simulator().answer(Answer.success().cutAfter(61));
                assertThat(video(order()).videoUrl()).isNotNull();
                assertThat(simulator().paidRequests()).isEqualTo(1);
            }
            case "Cancel a generation" -> aRunningGenerationIsCancelled();
            case "Pay once" -> {
                assertThat(video(order()).videoUrl()).isEqualTo(video(order()).videoUrl());
                assertThat(simulator().paidRequests()).isEqualTo(1);
            }
            case "Testing" -> assertThat(new NotifyBuilder(context).from("timer:*").whenCompleted(1).create()
                    .matches(20, SECONDS)).isTrue();
            default -> throw new AssertionError("Nothing says what this route does: " + example.heading());
        }
    }

    private void eachEventIsAReply() {
        simulator().answer(Answer.success().progress(44));
        NotifyBuilder replies = new NotifyBuilder(context).from("direct:progress").whenCompleted(5).create();
        assertThat(video(order()).prompt()).isEqualTo("A paper boat");
        assertThat(replies.matches(10, SECONDS)).isTrue();
    }

    private void aRunningGenerationIsCancelled() {
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:prompts", PageRoutesTest::fill);
        await().atMost(10, SECONDS).until(() -> simulator().paidRequests() == 1);
        Exchange cancel = send("direct:cancel", "", Map.of("order", "4711"));
        assertThat(cancel.getException()).isNull();
        assertThat(original).succeedsWithin(10, SECONDS).extracting(Exchange::getException)
                .isInstanceOf(GenerationLostException.class);
        gate.open();
    }

    private Exchange order() {
        return template.request("direct:prompts", PageRoutesTest::fill);
    }

    private static void fill(Exchange exchange) {
        exchange.getMessage().setBody("A paper boat");
        exchange.getMessage().setHeader("order", "4711");
    }

    private static SoraVideo video(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SoraVideo.class);
    }
}
