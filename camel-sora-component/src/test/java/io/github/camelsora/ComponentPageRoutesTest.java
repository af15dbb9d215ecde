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

import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs every route of the component's page: the Java, the XML and the YAML form of each task do the same. */
class ComponentPageRoutesTest extends SoraRouteTest {

    private static final String HEADER = """
            import io.github.camelsora.event.GenerationLostException;
            public class PageRoutes extends org.apache.camel.builder.RouteBuilder {
                public void configure() throws Exception {
            """;

    @TempDir
    Path folder;

    static Stream<ComponentPage.Example> examples() {
        return ComponentPage.read().examples().stream().filter(ComponentPageRoutesTest::isRoute);
    }

    private static boolean isRoute(ComponentPage.Example example) {
        String source = example.source().strip();
        return switch (example.language()) {
            case "java" -> source.startsWith("from(") || source.startsWith("onException(");
            case "xml" -> !source.startsWith("<dependency>");
            case "yaml" -> true;
            default -> false;
        };
    }

    @Test
    void everyTaskIsShownInJavaXmlAndYaml() {
        List<ComponentPage.Example> usage = examples().filter(example -> !example.heading().equals("Testing")).toList();
        assertThat(usage.stream().map(ComponentPage.Example::heading).distinct()).hasSize(10).allSatisfy(task ->
                assertThat(usage.stream().filter(example -> example.heading().equals(task)))
                        .extracting(ComponentPage.Example::language).containsExactly("java", "xml", "yaml"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("examples")
    void theRouteDoesWhatThePageSays(ComponentPage.Example example) throws Exception {
        load(example.language(), example.source().replaceAll("(file:|directory=|directory: )videos", "$1" + folder));
        switch (example.heading()) {
            case "Generate a video" -> assertThat(video(order()).prompt()).isEqualTo("A paper boat");
            case "Watch the progress" -> {
                simulator().answer(Answer.success().progress(44));
                NotifyBuilder replies = new NotifyBuilder(context).from("direct:progress").whenCompleted(5).create();
                assertThat(video(order()).prompt()).isEqualTo("A paper boat");
                assertThat(replies.matches(10, SECONDS)).isTrue();
            }
            case "Read the events from the body" -> assertThat(order().getException()).isNull();
            case "Image to video" -> {
                assertThat(video(order()).prompt()).isEqualTo("The boat sets sail");
                assertThat(simulator().requests().toString()).contains("https://example.com/boat.png");
            }
            case "Change a video", "Continue a conversation" -> {
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
            case "Cancel a generation" -> cancelled();
            case "Pay once" -> {
                assertThat(video(order()).videoUrl()).isEqualTo(video(order()).videoUrl());
                assertThat(simulator().paidRequests()).isEqualTo(1);
            }
            case "Testing" -> assertThat(new NotifyBuilder(context).from("timer:*").whenCompleted(1).create()
                    .matches(20, SECONDS)).isTrue();
            default -> throw new AssertionError("Nothing says what this route does: " + example.heading());
        }
    }

    private void cancelled() {
        Gate gate = new Gate();
        simulator().answer(Answer.success().progress(12, 61).holdAt(12, gate));
        CompletableFuture<Exchange> original = template.asyncSend("direct:prompts", this::fill);
        await().atMost(10, SECONDS).until(() -> simulator().paidRequests() == 1);
        Exchange cancel = send("direct:cancel", "", Map.of("order", "4711"));
        assertThat(cancel.getException()).isNull();
        assertThat(original).succeedsWithin(10, SECONDS).extracting(Exchange::getException)
                .isInstanceOf(GenerationLostException.class);
        gate.open();
    }

    private Exchange order() {
        return template.request("direct:prompts", this::fill);
    }

    private void fill(Exchange exchange) {
        exchange.getMessage().setBody("A paper boat");
        exchange.getMessage().setHeader("order", "4711");
    }

    private static SoraVideo video(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(SoraVideo.class);
    }

    private void load(String language, String source) throws Exception {
        if (language.equals("java")) {
            context.addRoutes(compiled(source));
            return;
        }
        String whole = language.equals("xml") && source.startsWith("<route>") ? "<routes>" + source + "</routes>" : source;
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("page." + language, whole));
    }

    private RoutesBuilder compiled(String source) throws Exception {
        JavaFileObject file = new SimpleJavaFileObject(URI.create("string:///PageRoutes.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return HEADER + source + "}}";
            }
        };
        Path classes = Files.createDirectories(folder.resolve("classes"));
        StringWriter errors = new StringWriter();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of("-proc:none", "-d", classes.toString(), "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        assertThat(compiler.getTask(errors, null, null, options, null, List.of(file)).call()).as("%s", errors).isTrue();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
            return (RoutesBuilder) loader.loadClass("PageRoutes").getDeclaredConstructor().newInstance();
        }
    }
}
