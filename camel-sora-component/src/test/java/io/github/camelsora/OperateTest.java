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

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import io.github.camelsora.test.SourceAnswer;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.task.Task;
import org.apache.camel.test.junit5.TestExecutionConfiguration;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What operators see: dev console, JMX, internal tasks, health, meters, Camel's events, and the log. */
class OperateTest extends SoraRouteTest {

    private static final String PROMPT = "A secret cat on a skateboard";
    private static final String ROUTE = "videos";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Gate gate = new Gate();
    private final List<SoraEvent> replies = new CopyOnWriteArrayList<>();
    private LogRecorder log;

    @Override
    public void configureTest(TestExecutionConfiguration configuration) {
        super.configureTest(configuration);
        configuration.withEnableJMX();
    }

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        context.setDevConsole(true);
        context.getRegistry().bind("meters", meters);
        return context;
    }

    @BeforeEach
    void listen() {
        log = new LogRecorder("io.github.camelsora");
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    private CompletableFuture<Exchange> generationInFlight(Answer answer, String options) throws Exception {
        routes(route -> {
            route.from("direct:in").routeId(ROUTE).to("sora:generate?model=sora-2&streamRepliesTo=direct:replies" + options);
            route.from("direct:replies").process(reply -> replies.add(reply.getMessage().getBody(SoraEvent.class)));
        });
        simulator().answer(answer);
        return template.asyncSend("direct:in", exchange -> exchange.getMessage().setBody(PROMPT));
    }

    private void awaitEvent(String name) {
        await().atMost(10, TimeUnit.SECONDS).until(() -> names(replies).contains(name));
    }

    private Object console(DevConsole.MediaType type) {
        DevConsole console = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class).resolveById("sora");
        assertThat(console).isInstanceOf(SoraDevConsole.class);
        return console.call(type);
    }

    @Test
    void consoleAndJmxShowARunningGenerationAndJmxEndsIt() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight(Answer.success().progress(12, 61).holdAt(12, gate), "");
        awaitEvent("PROGRESS 12");
        SoraEvent event = replies.get(0);

        assertThat((String) console(DevConsole.MediaType.TEXT)).contains("inFlight: 1", "started: 1")
                .contains("generationId=" + event.getGenerationId() + " stage=GENERATING progress=12 ageSeconds=")
                .contains("gateway=goapi model=sora-2 routeId=" + ROUTE + " taskId=" + event.getTaskId());
        JsonObject json = (JsonObject) ((JsonObject) console(DevConsole.MediaType.JSON))
                .getCollection("components").iterator().next();
        JsonObject shown = (JsonObject) json.getCollection("generations").iterator().next();
        assertThat(shown).containsEntry("stage", "GENERATING").containsEntry("progress", 12)
                .containsEntry("taskId", event.getTaskId()).containsEntry("routeId", ROUTE);
        assertThat(json.getMap("totals").get("inFlight")).isEqualTo(1);

        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName sora = server.queryNames(new ObjectName("org.apache.camel:context=" + context.getManagementName()
                + ",type=components,name=\"sora\""), null).iterator().next();
        assertThat(server.getAttribute(sora, "GenerationsInFlight")).isEqualTo(1);
        TabularData table = (TabularData) server.invoke(sora, "runningGenerations", new Object[0], new String[0]);
        CompositeData row = (CompositeData) table.values().iterator().next();
        assertThat(row.get("progress")).isEqualTo("12");
        assertThat(row.get("generationId")).isEqualTo(event.getGenerationId());

        Object cancelled = server.invoke(sora, "cancel", new Object[] { event.getTaskId() },
                new String[] { String.class.getName() });
        assertThat(cancelled).isEqualTo(1);
        assertThat(original.get(1, TimeUnit.SECONDS).getException()).isInstanceOf(GenerationLostException.class);
        await().atMost(10, TimeUnit.SECONDS).until(() -> simulator().connections() == 0);
        assertThat(server.getAttribute(sora, "GenerationsLost")).isEqualTo(1L);
        assertThat(server.getAttribute(sora, "GenerationsPossiblyCharged")).isEqualTo(1L);
        TabularData failures = (TabularData) server.invoke(sora, "recentFailures", new Object[0], new String[0]);
        assertThat(((CompositeData) failures.values().iterator().next()).get("category")).isEqualTo("CANCELLED");
        assertThat(server.invoke(sora, "cancel", new Object[] { "nobody" }, new String[] { String.class.getName() }))
                .isEqualTo(0);
        gate.open();
    }

    @Test
    void noPromptNoLinkAndNoKeyIsShown() throws Exception {
        List<CamelEvent> told = eventNotifier(new ArrayList<>());
        routes(route -> route.from("direct:in").routeId(ROUTE).to("sora:generate"));
        String words = "refused: \\\"" + PROMPT + "\\\" with " + KEY + ", see https://filesystem.site/v.mp4?Signature=s";
        simulator().answer(Answer.success().progress(12),
                Answer.status(400, "{\"error\":{\"message\":\"" + words + "\"}}", Map.of("Content-Type", "application/json")),
                Answer.failureText("Sorry, '" + PROMPT + "' violates our policy"));
        for (int i = 0; i < 3; i++) {
            send("direct:in", PROMPT);
        }
        String shown = console(DevConsole.MediaType.TEXT) + ((JsonObject) console(DevConsole.MediaType.JSON)).toJson()
                + component().recentFailures() + component().runningGenerations() + meters.getMetersAsString() + told;
        assertThat(shown).contains("[prompt]", "[link]", "REFUSED", "FAILED").doesNotContain("skateboard", KEY, "https://",
                "Signature");
        assertThat(component().getGenerationsStarted()).isEqualTo(3);
        assertThat(component().getGenerationsCompleted()).isOne();
        assertThat(component().getGenerationsRefused()).isOne();
        assertThat(component().getGenerationsFailed()).isOne();
        assertThat(component().getGenerationsPossiblyCharged()).isOne();
    }

    private SoraComponent component() {
        return context.getComponent("sora", SoraComponent.class);
    }

    @Test
    void aRecoveryIsOneOfCamelsInternalTasksAsLongAsItPolls() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight(Answer.success().progress(12, 61).cutAfter(12)
                .sourceAnswers(SourceAnswer.pending()),
                "&recoveryEnabled=true&recoveryDelay=20&recoveryMaxDelay=50");
        awaitEvent("RECOVERING");
        await().atMost(10, TimeUnit.SECONDS).until(() -> tasks().stream().anyMatch(task -> task.iteration() > 1));
        Task task = tasks().get(0);
        assertThat(task.getName()).isEqualTo("SoraRecovery-" + simulator().tasks().get(0).id());
        assertThat(task.getStatus()).isEqualTo(Task.Status.Active);
        assertThat(task.getLastAttemptTime()).isGreaterThanOrEqualTo(task.getFirstAttemptTime());
        DevConsole internal = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class)
                .resolveById("internal-tasks");
        assertThat((String) internal.call(DevConsole.MediaType.TEXT)).contains(task.getName());
        assertThat(component().getGenerationsRecovering()).isOne();
        assertThat((String) console(DevConsole.MediaType.TEXT)).contains("stage=RECOVERING progress=12");

        component().cancel(replies.get(0).getGenerationId());
        original.get(10, TimeUnit.SECONDS);
        assertThat(tasks()).isEmpty();
        assertThat(component().getGenerationsRecovered()).isOne();
    }

    private List<Task> tasks() {
        return PluginHelper.getTaskManagerRegistry(context.getCamelContextExtension()).getTasks().stream()
                .filter(task -> task.getName().startsWith("SoraRecovery")).toList();
    }

    @Test
    void metersCountGenerationsByGatewayModelAndOutcome() throws Exception {
        CompletableFuture<Exchange> original = generationInFlight(Answer.success().progress(12, 61).holdAt(12, gate), "");
        awaitEvent("PROGRESS 12");
        Tags tags = Tags.of("gateway", "goapi", "model", "sora-2");
        assertThat(meters.get("camel.sora.generations.active").tags(tags).gauge().value()).isEqualTo(1);
        gate.open();
        original.get(10, TimeUnit.SECONDS);
        simulator().answer(Answer.status(429));
        send("direct:in", PROMPT);

        assertThat(meters.get("camel.sora.generations.active").tags(tags).gauge().value()).isZero();
        assertThat(meters.get("camel.sora.generations").tags(tags.and("outcome", "COMPLETED", "category", "NONE")).timer()
                .count()).isOne();
        assertThat(meters.get("camel.sora.generations").tags(tags.and("outcome", "REFUSED", "category", "CAPACITY")).timer()
                .count()).isOne();
        assertThat(meters.get("camel.sora.first.event").tags(tags).timer().count()).isOne();
        assertThat(meters.get("camel.sora.tokens").tags(tags.and("type", "output")).counter().count()).isPositive();
        assertThat(meters.get("camel.sora.tokens").tags(tags.and("type", "input")).counter().count()).isPositive();
    }

    @Test
    void whateverModelsMessagesNameThereAreNotMoreThanAHundredOfThem() throws Exception {
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answerAlways(Answer.status(429));
        for (int i = 0; i < 120; i++) {
            send("direct:in", PROMPT, Map.of(SoraConstants.MODEL, "model-" + i));
        }
        assertThat(meters.get("camel.sora.generations").timers()).hasSizeLessThanOrEqualTo(101)
                .anySatisfy(timer -> assertThat(timer.getId().getTag("model")).isEqualTo("other"));
    }

    @Test
    void eventNotifiersGetEachEventInOrderAlsoWhereNobodyElseListens() throws Exception {
        List<CamelEvent> told = eventNotifier(new CopyOnWriteArrayList<>());
        routes(route -> route.from("direct:in").routeId(ROUTE).to("sora:generate"));
        simulator().answer(Answer.success().progress(12, 61));
        Exchange exchange = send("direct:in", PROMPT);
        await().atMost(10, TimeUnit.SECONDS).until(() -> told.size() == 6);
        assertThat(told).extracting(CamelEvent::getType).containsOnly(CamelEvent.Type.Custom);
        assertThat(told).allSatisfy(each -> {
            SoraCamelEvent event = (SoraCamelEvent) each;
            assertThat(event.getRouteId()).isEqualTo(ROUTE);
            assertThat(event.getExchangeId()).isEqualTo(exchange.getExchangeId());
            assertThat(event.getTimestamp()).isEqualTo(event.getEvent().getTime());
        });
        assertThat(names(told.stream().map(each -> ((SoraCamelEvent) each).getEvent()).toList()))
                .containsExactly("SUBMITTED", "QUEUED", "GENERATING", "PROGRESS 12", "PROGRESS 61", "COMPLETED");
    }

    @Test
    void aNotifierThatFailsOrBlocksHoldsUpNoGeneration() throws Exception {
        CountDownLatch blocked = new CountDownLatch(1);
        notifier(event -> {
            blocked.await(10, TimeUnit.SECONDS);
            throw new IllegalStateException("a notifier");
        });
        routes(route -> route.from("direct:in").to("sora:generate"));
        assertThat(send("direct:in", PROMPT).getException()).isNull();
        blocked.countDown();
    }

    private List<CamelEvent> eventNotifier(List<CamelEvent> told) throws Exception {
        notifier(told::add);
        return told;
    }

    /** What is done with an event. */
    private interface Told {
        void event(CamelEvent event) throws Exception;
    }

    private void notifier(Told told) throws Exception {
        SimpleEventNotifierSupport notifier = new SimpleEventNotifierSupport() {
            @Override
            public boolean isEnabled(CamelEvent event) {
                return event instanceof SoraCamelEvent;
            }

            @Override
            public void notify(CamelEvent event) throws Exception {
                told.event(event);
            }
        };
        notifier.start();
        context.getManagementStrategy().addEventNotifier(notifier);
    }

    @Test
    void healthIsDownWhenTheKeyIsRefusedAndUpWithTheNextAnswerAndAsksNobody() throws Exception {
        HealthCheckRegistry registry = context.getCamelContextExtension().getContextPlugin(HealthCheckRegistry.class);
        HealthCheckRepository producers = (HealthCheckRepository) registry.resolveById("producers");
        // As camel.health.producersEnabled=true
        producers.setEnabled(true);
        registry.register(producers);
        routes(route -> route.from("direct:in").to("sora:generate"));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
        simulator().answer(Answer.status(401), Answer.success());
        send("direct:in", PROMPT);
        HealthCheck.Result down = health();
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage()).hasValue("Gateway goapi (127.0.0.1): the gateway answered 401: check the key");
        assertThat(down.getDetails()).containsEntry("gateway", "goapi").containsEntry("host", "127.0.0.1")
                .containsEntry("last.failure", "REFUSED (AUTHENTICATION)").containsKey("last.failure.time");
        assertThat(simulator().requests()).hasSize(1);
        send("direct:in", PROMPT);
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    private HealthCheck.Result health() {
        HealthCheckRegistry registry = context.getCamelContextExtension().getContextPlugin(HealthCheckRegistry.class);
        HealthCheckRepository repository = registry.getRepository("producers").orElseThrow();
        HealthCheck check = repository.stream().filter(each -> each.getId().equals("producer:sora-goapi")).findFirst()
                .orElseThrow();
        assertThat(check.isLiveness()).isFalse();
        return check.call();
    }

    @Test
    void oneLineSaysWhereAnEndpointSendsAndWhoseKeyItUsesButNotTheKey() throws Exception {
        routes(route -> {
            route.from("direct:a").to("sora:generate").to("sora:generate");
            route.from("direct:b").to("sora:generate?gateway=piapi&apiKey=RAW(other)&model=m");
        });
        List<String> lines = Arrays.stream(String.join("\n", log.lines()).split("\n"))
                .filter(line -> line.contains(" uses gateway ")).toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("INFO", "sora:generate uses gateway goapi at 127.0.0.1:", "model sora-2-preview, "
                + "key: camel.component.sora.apiKey");
        assertThat(lines.get(1)).contains("sora:generate uses gateway piapi at api.piapi.ai, model m, key: apiKey of the "
                + "endpoint").doesNotContain("other");
    }
}
