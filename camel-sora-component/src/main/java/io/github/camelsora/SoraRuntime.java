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

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.camelsora.internal.delivery.ReplyLimit;
import io.github.camelsora.internal.delivery.TimerThread;
import io.github.camelsora.internal.delivery.UserPool;
import io.github.camelsora.internal.delivery.WorkerPools;
import io.github.camelsora.internal.download.DownloadOrder;
import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.RunningGenerations;
import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.http.GatewayRequest;
import io.github.camelsora.internal.ledger.TaskLedger;
import io.github.camelsora.internal.link.LinkTrust;
import io.github.camelsora.internal.link.VideoTimes;
import io.github.camelsora.internal.observe.MeterLookup;
import io.github.camelsora.internal.observe.Observations;
import io.github.camelsora.internal.observe.RecoveryTasks;
import io.github.camelsora.internal.observe.Snapshot;
import io.github.camelsora.internal.observe.Totals;
import io.github.camelsora.internal.protocol.ChatTarget;
import io.github.camelsora.internal.protocol.HttpClients;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.protocol.StreamingChats;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.protocol.TaskSource;
import io.github.camelsora.internal.text.Secrets;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * What all endpoints of a component share: worker threads, timers, HTTP clients, and the generations in flight. When the
 * context starts to stop, generations have its shutdown timeout, less a margin in which routes see their end, to finish; what
 * still runs then is cancelled and ends as lost. {@link #close} only ends what is left. Thread-safe.
 */
final class SoraRuntime extends LifecycleStrategySupport implements AutoCloseable {

    private static final long CLOSE_MILLIS = 5000;
    private static final String CONTEXT_STOPS = "the Camel context is stopping";

    private final CamelContext camel;
    private final Supplier<@Nullable SSLContextParameters> globalTls;
    private final TlsContexts tls;
    // Runs what ends streams: nothing that could take long.
    private final TimerThread timer;
    // Runs polls and their deadlines.
    private final TimerThread background;
    private final HttpClients clients;
    private final TaskLedgers ledgers;
    private final WorkerPools pools;
    private final Map<ExecutorService, UserPool> userPools = new ConcurrentHashMap<>();
    private final RunningGenerations generations = new RunningGenerations();
    private final Observations observations = new Observations(generations);
    private final GenerationObserver withoutHealth = observations.observer(GenerationObserver.NONE);
    private final GatewayHealthChecks health;

    /** @param globalTls the TLS parameters of endpoints that have none, or {@code null} */
    SoraRuntime(CamelContext camel, Supplier<@Nullable SSLContextParameters> globalTls) {
        this.camel = camel;
        this.globalTls = globalTls;
        this.tls = new TlsContexts(camel);
        camel.getManagementStrategy().addEventNotifier(tls);
        this.timer = new TimerThread(camel, "SoraTimer", this::idle);
        this.background = new TimerThread(camel, "SoraRecovery", this::idle);
        this.clients = new HttpClients(timer.executor(), background.executor());
        this.pools = new WorkerPools(camel, timer.executor());
        this.ledgers = new TaskLedgers(camel, timer.executor());
        this.health = new GatewayHealthChecks(camel);
        camel.getRoutes().forEach(this::guard);
    }

    /** A timer's thread has ended. Everything in flight has a task in one of the timers. */
    private void idle() {
        clients.closeIdle();
    }

    /** How a gateway is asked for generations. */
    StreamingChats chats(ChatTarget target, SoraConfiguration options) {
        GatewayRequest.Limits limits = new GatewayRequest.Limits(Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getStreamingReadTimeout()), Duration.ofMillis(options.getRequestTimeout()),
                options.getMaxPayloadSize());
        return new StreamingChats(clients.forGateways(settings(options)), timer.executor(), target,
                new StreamingChats.Settings(options.getAdditionalBodyProperty(), limits));
    }

    /** How tasks of a gateway are followed. */
    TaskRecovery recovery(TaskSource source, SoraConfiguration options) {
        TaskRecovery.Limits limits = new TaskRecovery.Limits(Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getRecoveryDelay()), Duration.ofMillis(options.getRecoveryMaxDelay()),
                Duration.ofMillis(options.getRecoveryTimeout()), options.getMaxPayloadSize());
        return new TaskRecovery(clients.forLinks(settings(options)), source, limits, background.executor(),
                new RecoveryTasks(camel));
    }

    /** How videos are fetched. */
    DownloadOrder.Way downloads(LinkTrust trust, SoraConfiguration options) {
        VideoTimes times = new VideoTimes(Duration.ofMillis(options.getConnectTimeout()),
                Duration.ofMillis(options.getStreamingReadTimeout()), Duration.ofMillis(options.getRequestTimeout()));
        return new DownloadOrder.Way(clients.forLinks(settings(options)), trust, times,
                Duration.ofMillis(options.getRecoveryDelay()), options.getMaxDownloadSize());
    }

    /** Who writes videos to disk. */
    DownloadOrder.Workers downloadWorkers() {
        return new DownloadOrder.Workers(pools.disk(), background.executor());
    }

    private GatewayClientSettings settings(SoraConfiguration options) {
        SSLContextParameters parameters = options.getSslContextParameters() != null ? options.getSslContextParameters()
                : globalTls.get();
        GatewayClientSettings.Proxy proxy = GatewayClientSettings.Proxy.of(options.getProxyHost(), options.getProxyPort());
        return new GatewayClientSettings(parameters == null ? null : tls.of(parameters), proxy == null ? null : proxy
                .as(options.getProxyAuthUsername(), options.getProxyAuthPassword()).exceptFor(options.getNonProxyHosts()));
    }

    /** What is cut out of all that a gateway says: what is sent to it, and to the proxy. */
    Secrets secrets(ResolvedGateway gateway, SoraConfiguration options) {
        return gateway.chat().headers().secrets().and(settings(options).secrets());
    }

    /**
     * Where routes go on.
     *
     * @throws IllegalArgumentException if the user's pool, or the sizes of the component's own, are of no use
     */
    Executor workers(SoraConfiguration options) {
        Executor own = pools.pool(options.getWorkerPoolCoreSize(), options.getWorkerPoolMaxSize());
        ExecutorService users = options.getWorkerPool();
        return users == null ? own : userPools.computeIfAbsent(users, pool -> new UserPool(pool, own));
    }

    /** Where routes go on that wait for the events of their generation. */
    Executor waiters(SoraConfiguration options) {
        return options.getWorkerPool() == null ? pools.threads() : workers(options);
    }

    /** Where generations are remembered. */
    TaskLedger ledger(SoraConfiguration options) {
        return ledgers.of(Objects.requireNonNull(options.getTaskRepository(), "set by the component"));
    }

    /** How long a reply of a generation that has ended may take. */
    ReplyLimit replyLimit(SoraConfiguration options) {
        return new ReplyLimit(timer.executor(), Duration.ofMillis(options.getRequestTimeout()),
                () -> Duration.ofMillis(StopTimes.marginMillis(camel) / 2));
    }

    /**
     * Told of the generations that a gateway is paid for.
     *
     * @param healthCheck whether Camel's health checks have one for it
     */
    GenerationObserver observer(ResolvedGateway gateway, boolean healthCheck) {
        return observations.observer(health.of(gateway, healthCheck));
    }

    /** Told of generations that ask no gateway. */
    GenerationObserver observer() {
        return withoutHealth;
    }

    /** Looks for the application's meters, which may be made after this component. */
    void findMeters() {
        if (!observations.hasMeters()) {
            GenerationObserver meters = MeterLookup.meters(camel);
            if (meters != null) {
                observations.meters(meters);
            }
        }
    }

    /** What operators see now. */
    Snapshot snapshot() {
        return observations.snapshot();
    }

    Totals totals() {
        return observations.totals();
    }

    RunningGenerations generations() {
        return generations;
    }

    int inflight() {
        return generations.size();
    }

    /** Timers that wait or run: none while nothing is in flight. */
    int pendingTimers() {
        return timer.pending() + background.pending();
    }

    /** Tasks that wait or run in the component's own worker pools: none while nothing is in flight. */
    int pendingTasks() {
        return pools.pendingTasks() + ledgers.pending();
    }

    @Override
    public void onRoutesAdd(Collection<Route> routes) {
        routes.forEach(this::guard);
    }

    @Override
    public void onRoutesRemove(Collection<Route> routes) {
        routes.stream().flatMap(route -> route.getServices().stream()).filter(RouteGuard.class::isInstance)
                .forEach(guard -> ((RouteGuard) guard).open());
    }

    /** Routes may come and start before the component, and stop and start again. */
    private void guard(Route route) {
        route.getServices().removeIf(RouteGuard.class::isInstance);
        RouteGuard guard = new RouteGuard(route, generations, timer.executor());
        guard.open();
        route.getServices().add(guard);
    }

    @Override
    public void onContextStopping(CamelContext context) {
        generations.buyNothing(CONTEXT_STOPS);
        timer.executor().schedule(() -> generations.stop(CONTEXT_STOPS), StopTimes.millisToEnd(context), TimeUnit.MILLISECONDS);
    }

    /** Ends the generations that need a place, and waits for a while until their last events are out. */
    void endAll(String place) {
        generations.close(place, "its route is stopping");
        generations.awaitEnds(place, Duration.ofMillis(StopTimes.marginMillis(camel)));
        generations.open(place);
    }

    @Override
    public void close() {
        camel.getManagementStrategy().removeEventNotifier(tls);
        generations.stop(camel.isStopping() || camel.isStopped() ? CONTEXT_STOPS : "the component sora is stopping");
        generations.awaitEnds(Duration.ofMillis(CLOSE_MILLIS));
        pools.close();
        ledgers.close();
        health.close();
        timer.close();
        background.close();
        clients.close();
    }
}
