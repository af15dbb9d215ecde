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
package io.github.camelsora.examples.recipes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.Gateway;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.test.SoraSimulator;
import io.github.camelsora.test.SoraSimulatorExtension;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Runs recipes of the page. The gateway goapi is one simulator, and piapi another one. */
abstract class RecipeTest extends CamelTestSupport {

    private static final RecipePage PAGE = RecipePage.read();
    /** Only for what must not hang. */
    static final int LIMIT_SECONDS = 30;

    final StreamCount streams = new StreamCount();

    @RegisterExtension
    final SoraSimulatorExtension goapi = new SoraSimulatorExtension(SoraSimulator.builder().onWrite(streams));
    @RegisterExtension
    final SoraSimulatorExtension piapi = new SoraSimulatorExtension();

    final ImmediateScheduling scheduling = new ImmediateScheduling();
    final List<String> log = new CopyOnWriteArrayList<>();

    SoraSimulator simulator() {
        return goapi.simulator();
    }

    SoraSimulator second() {
        return piapi.simulator();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        streams.of(simulator());
        SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
        options.setBaseUrl(simulator().baseUrl());
        options.setApiKey("sk-first");
        options.setRecoveryDelay(20);
        options.setRecoveryMaxDelay(50);
        Gateway other = Gateway.builtIn("piapi");
        other.setBaseUrl(second().baseUrl());
        other.setApiKey("sk-second");
        context.getComponent("sora", SoraComponent.class).getGateways().put("piapi", other);
        context.getExecutorServiceManager().setThreadPoolFactory(scheduling);
        // Camel has made this pool before a test can say with which factory.
        context.getCamelContextExtension().addContextPlugin(ScheduledExecutorService.class,
                context.getExecutorServiceManager().newDefaultScheduledThreadPool(this, "redeliveries"));
        context.getCamelContextExtension().addLogListener((exchange, logger, message) -> {
            log.add(message);
            return message;
        });
        return context;
    }

    @BeforeEach
    void loadRecipe(TestInfo test) throws Exception {
        Recipe recipe = test.getTestMethod().orElseThrow().getAnnotation(Recipe.class);
        prepare();
        PAGE.load(recipe.value(), context);
    }

    /** What a recipe needs of its application before its routes start. */
    void prepare() throws Exception {
    }

    @AfterEach
    void nothingIsLeftOpen() {
        await().atMost(LIMIT_SECONDS, TimeUnit.SECONDS)
                .until(() -> simulator().connections() == 0 && second().connections() == 0);
    }

    /** A route of the test itself, behind those of the page. */
    void route(String from, List<Exchange> into) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(from).process(exchange -> into.add(exchange.copy()));
            }
        });
    }

    Exchange send(String endpoint, Object body, Map<String, Object> headers) {
        return template.request(endpoint, exchange -> {
            exchange.getMessage().setBody(body);
            exchange.getMessage().setHeaders(new HashMap<>(headers));
        });
    }

    Exchange send(String endpoint, Object body) {
        return send(endpoint, body, Map.of());
    }

    CompletableFuture<Exchange> sendAsync(String endpoint, Object body, Map<String, Object> headers) {
        return CompletableFuture.supplyAsync(() -> send(endpoint, body, headers), command -> new Thread(command).start());
    }

    List<CompletableFuture<Exchange>> sendAll(String endpoint, int count) {
        List<CompletableFuture<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sent.add(sendAsync(endpoint, "prompt " + i, Map.of()));
        }
        return sent;
    }

    static Exchange end(CompletableFuture<Exchange> sent) throws Exception {
        return sent.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    static void assertVideo(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isInstanceOf(SoraVideo.class);
    }

    static List<SoraEvent> events(List<Exchange> exchanges) {
        return exchanges.stream().map(exchange -> exchange.getMessage().getBody(SoraEvent.class)).toList();
    }
}
