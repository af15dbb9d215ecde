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

import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.ApiKey;
import io.github.camelsora.internal.http.RequestHeaders;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.main.Main;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** {@code gateway=simulator} and nothing else: the simulator is on the class path of these tests. */
class ClassPathGatewaysTest {

    @Test
    void aRouteThatNamesTheSimulatorMakesAVideoWithNoOtherSetting() throws Exception {
        try (DefaultCamelContext context = started(route("sora:generate?gateway=simulator"))) {
            SoraVideo video = generate(context);

            assertThat(video.gateway()).isEqualTo("simulator");
            HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(video.videoUrl()))
                    .build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/mp4");
            assertThat(new String(answer.body(), 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        }
    }

    @Test
    void oneLineOfPropertiesIsEnoughForCamelMain() throws Exception {
        Main main = new Main();
        Properties properties = fast();
        properties.setProperty("camel.component.sora.gateway", "simulator");
        main.setOverrideProperties(properties);
        main.configure().addRoutesBuilder(route("sora:generate"));
        main.start();
        try {
            assertThat(generate(main.getCamelContext()).gateway()).isEqualTo("simulator");
        } finally {
            main.stop();
        }
    }

    @Test
    void aTaskOfTheSimulatorIsResumedByItsId() throws Exception {
        try (DefaultCamelContext context = started(route("sora:generate?gateway=simulator", "sora:resume?gateway=simulator"))) {
            SoraVideo video = generate(context);
            SoraVideo again = context.createProducerTemplate().requestBody("direct:1", video.taskId(), SoraVideo.class);
            assertThat(again.videoUrl()).isEqualTo(video.videoUrl());
        }
    }

    @Test
    void theLogSaysWhereItRuns() throws Exception {
        try (LogRecorder log = new LogRecorder(ClassPathGateways.class.getName());
                DefaultCamelContext context = started(route("sora:generate?gateway=simulator"))) {
            assertThat(context.isStarted()).isTrue();
            assertThat(log.lines()).singleElement().asString().matches("INFO .* Gateway simulator of "
                    + "io.github.camelsora.test.SimulatorGateway runs at http://127.0.0.1:\\d+");
        }
    }

    @Test
    void nothingStartsBeforeARouteNamesIt() throws Exception {
        Set<Thread> before = serverThreads();
        try (DefaultCamelContext context = started(route("sora:generate?gateway=piapi&apiKey=P"))) {
            assertThat(context.isStarted()).isTrue();
            assertThat(serverThreads()).isEqualTo(before);
        }
    }

    @Test
    void aStopLeavesNoThreadAndNoPort() throws Exception {
        Set<Thread> before = serverThreads();
        DefaultCamelContext context = started(route("sora:generate?gateway=simulator"));
        URI address = URI.create(resolve(context, "sora:generate?gateway=simulator").baseUrl());
        assertThat(serverThreads()).hasSizeGreaterThan(before.size());

        context.stop();

        Awaitility.await().untilAsserted(() -> assertThat(serverThreads()).isEqualTo(before));
        assertThatThrownBy(() -> new Socket(address.getHost(), address.getPort()).close())
                .hasMessageContaining("refused");
    }

    @Test
    void theComponentsOfAContextShareOneSimulatorAndTwoContextsHaveTwo() throws Exception {
        try (DefaultCamelContext one = started(context -> { }); DefaultCamelContext other = started(context -> { })) {
            one.addComponent("sora2", new SoraComponent());
            String address = resolve(one, "sora:generate?gateway=simulator").baseUrl();
            assertThat(resolve(one, "sora2:generate?gateway=simulator").baseUrl()).isEqualTo(address);
            assertThat(resolve(other, "sora:generate?gateway=simulator").baseUrl()).isNotEqualTo(address);
        }
    }

    @Test
    void aContextThatIsStartedAgainHasANewOne() throws Exception {
        try (DefaultCamelContext context = started(route("sora:generate?gateway=simulator"))) {
            generate(context);
            context.suspend();
            context.resume();
            generate(context);
            context.stop();
            context.start();
            generate(context);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "sora:generate", "sora:generate?gateway=simulator" })
    void keysAndHeadersOfTheComponentDoNotGoThere(String uri) throws Exception {
        try (DefaultCamelContext context = started(c -> { })) {
            SoraConfiguration defaults = context.getComponent("sora", SoraComponent.class).getConfiguration();
            defaults.setGateway(uri.contains("gateway") ? "goapi" : "simulator");
            defaults.setApiKey("REAL");
            defaults.setApiKeyHeader("X-API-Key");
            defaults.setModel("expensive");
            defaults.getAdditionalHeader().put("X-Secret", "REAL");
            ResolvedGateway gateway = resolve(context, uri);
            assertThat(gateway.chat().headers()).isEqualTo(
                    RequestHeaders.builder().key("Authorization", ApiKey.of("simulator").orElseThrow()).build());
            assertThat(gateway.chat().model()).isEqualTo("sora-2-preview");
        }
    }

    @Test
    void aBaseUrlIsRefusedAsItWouldLeadToARealGateway() throws Exception {
        try (DefaultCamelContext context = started(c -> { })) {
            SoraConfiguration defaults = context.getComponent("sora", SoraComponent.class).getConfiguration();
            assertThatThrownBy(() -> resolve(context, "sora:generate?gateway=simulator&baseUrl=https://real.example&apiKey=K"))
                    .hasStackTraceContaining("Gateway simulator has a base URL of its own, and baseUrl=https://real.example "
                            + "leads elsewhere: remove baseUrl, or name another gateway");
            defaults.setGateway("simulator");
            defaults.setBaseUrl("https://real.example");
            assertThatThrownBy(() -> resolve(context, "sora:generate")).hasStackTraceContaining("has a base URL of its own");
        }
    }

    @Test
    void aGatewayOfTheUserWinsOverOneOfTheClassPath() throws Exception {
        Set<Thread> before = serverThreads();
        try (DefaultCamelContext context = started(c -> { })) {
            Gateway own = new Gateway();
            own.setBaseUrl("https://mine.example");
            own.setApiKey("MINE");
            context.getComponent("sora", SoraComponent.class).getGateways().put("simulator", own);
            assertThat(resolve(context, "sora:generate?gateway=simulator").baseUrl()).isEqualTo("https://mine.example");
            assertThat(serverThreads()).isEqualTo(before);
        }
        try (DefaultCamelContext context = started(c -> { })) {
            Gateway model = new Gateway();
            model.setModel("mine");
            context.getComponent("sora", SoraComponent.class).getGateways().put("simulator", model);
            ResolvedGateway gateway = resolve(context, "sora:generate?gateway=simulator");
            assertThat(gateway.chat().model()).isEqualTo("mine");
            assertThat(gateway.baseUrl()).startsWith("http://127.0.0.1:");
            assertThat(gateway.chat().authorized()).isTrue();
        }
    }

    @Test
    void withoutTheJarTheErrorNamesTheDependency() throws Exception {
        try (DefaultCamelContext context = started(c -> c.setClassResolver(new DefaultClassResolver(c) {
            @Override
            public InputStream loadResourceAsStream(String name) {
                return name.contains("sora-gateway") ? null : super.loadResourceAsStream(name);
            }
        }))) {
            assertThatThrownBy(() -> resolve(context, "sora:generate?gateway=simulator"))
                    .hasMessage("There is no gateway simulator on the class path: add the dependency camel-sora-test "
                            + "of io.github.camelsora, which brings it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "../simulator", "x/../simulator", "nowhere", "a.b" })
    void noOtherNameFindsAnything(String name) throws Exception {
        try (DefaultCamelContext context = started(c -> { })) {
            assertThatThrownBy(() -> resolve(context, "sora:generate?gateway=" + name))
                    .hasMessageContaining("There is no gateway " + name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "sora.simulator.duration=soon", "sora.simulator.port=1e3", "sora.simulator.port=65536" })
    void aPropertyThatIsWrongIsNamed(String property) throws Exception {
        String[] pair = property.split("=");
        try (DefaultCamelContext context = started(c -> c.getPropertiesComponent().addOverrideProperty(pair[0], pair[1]))) {
            assertThatThrownBy(() -> resolve(context, "sora:generate?gateway=simulator")).hasStackTraceContaining(property);
        }
    }

    private static Consumer<CamelContext> routes(RouteBuilder routes) {
        return context -> {
            try {
                context.addRoutes(routes);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
    }

    private static RouteBuilder route(String... uris) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                for (int i = 0; i < uris.length; i++) {
                    from("direct:" + i).to(uris[i]);
                }
            }
        };
    }

    private static DefaultCamelContext started(RouteBuilder routes) {
        return started(routes(routes));
    }

    private static DefaultCamelContext started(Consumer<CamelContext> settings) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(fast());
        settings.accept(context);
        context.start();
        return context;
    }

    private static Properties fast() {
        Properties properties = new Properties();
        properties.setProperty("sora.simulator.duration", "50ms");
        return properties;
    }

    private static SoraVideo generate(CamelContext context) {
        return context.createProducerTemplate().requestBody("direct:0", "A paper boat", SoraVideo.class);
    }

    private static ResolvedGateway resolve(CamelContext context, String uri) {
        return context.getEndpoint(uri, SoraEndpoint.class).gateway();
    }

    private static Set<Thread> serverThreads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith("vert.x"))
                .collect(Collectors.toSet());
    }
}
