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
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.camelsora.internal.delivery.WorkerPool;
import io.github.camelsora.internal.generation.Generation;
import io.github.camelsora.internal.http.GatewayClient;
import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.link.LinkClient;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.TaskRecovery;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.concurrent.CamelThreadFactory;

/**
 * What all endpoints of a component share: worker threads, one timer, an HTTP client per transport, and the generations in
 * flight. When the context starts to stop, they have its shutdown timeout, less a margin in which routes see their end, to
 * finish; what still runs then is cancelled and ends as lost. {@link #close} only ends what is left. Thread-safe.
 */
final class SoraRuntime extends LifecycleStrategySupport implements AutoCloseable {

    private static final long MAX_STOP_MARGIN_MILLIS = 2000;

    private final SoraComponent component;
    private final ScheduledThreadPoolExecutor timer;
    private final ScheduledThreadPoolExecutor background;
    private final Map<Transport, GatewayClient> clients = new ConcurrentHashMap<>();
    private final Map<Transport, LinkClient> linkClients = new ConcurrentHashMap<>();
    private final Map<PoolSize, WorkerPool> pools = new ConcurrentHashMap<>();
    private final Set<Generation> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    SoraRuntime(SoraComponent component) {
        this.component = component;
        this.timer = scheduler("SoraTimer");
        this.background = scheduler("SoraRecovery");
    }

    private ScheduledThreadPoolExecutor scheduler(String name) {
        ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1, threads(name));
        scheduler.setRemoveOnCancelPolicy(true);
        return scheduler;
    }

    private ThreadFactory threads(String name) {
        String pattern = component.getCamelContext().getExecutorServiceManager().getThreadNamePattern();
        return new CamelThreadFactory(pattern, name, true);
    }

    /** Runs what ends streams: nothing that could take long. */
    ScheduledExecutorService timer() {
        return timer;
    }

    /** Runs what may look a name up: polls, and requests to a fallback host. */
    ScheduledExecutorService background() {
        return background;
    }

    /** How tasks of a gateway are followed. */
    TaskRecovery recovery(Gateway gateway, SoraConfiguration options) {
        return new TaskRecovery(linkClient(options), SoraTrust.of(gateway, options), gateway.getSourceUrl(),
                Duration.ofMillis(options.getRecoveryDelay()), Duration.ofMillis(options.getRecoveryMaxDelay()),
                Duration.ofMillis(options.getRecoveryTimeout()), options.getMaxPayloadSize(), background);
    }

    GatewayClient client(SoraConfiguration options) {
        return clients.computeIfAbsent(transport(options), transport -> new GatewayClient(settings(transport), timer));
    }

    private LinkClient linkClient(SoraConfiguration options) {
        return linkClients.computeIfAbsent(transport(options), transport -> new LinkClient(settings(transport), background));
    }

    private Transport transport(SoraConfiguration options) {
        SSLContextParameters tls = options.getSslContextParameters() != null ? options.getSslContextParameters()
                : component.globalTls();
        return new Transport(tls, options.getProxyHost(), options.getProxyPort(), options.getConnectTimeout());
    }

    private GatewayClientSettings settings(Transport transport) {
        try {
            return new GatewayClientSettings(
                    transport.tls() == null ? null : transport.tls().createSSLContext(component.getCamelContext()),
                    GatewayClientSettings.Proxy.of(transport.proxyHost(), transport.proxyPort()),
                    Duration.ofMillis(transport.connectTimeout()));
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    Executor workers(SoraConfiguration options) {
        if (options.getWorkerPool() != null) {
            return options.getWorkerPool();
        }
        return pools.computeIfAbsent(new PoolSize(options.getWorkerPoolCoreSize(), options.getWorkerPoolMaxSize()),
                size -> new WorkerPool(size.core(), size.max(), threads("SoraWorker")));
    }

    /**
     * Starts a generation, and keeps it in sight until it has {@linkplain #ended ended}.
     *
     * @throws IllegalStateException if it is too late: nothing has been sent
     */
    void start(Generation generation, GenerationProtocol protocol) {
        if (stopping) {
            throw new IllegalStateException("The Camel context is stopping; nothing was sent to the gateway");
        }
        running.add(generation);
        try {
            generation.start(protocol);
        } catch (RuntimeException e) {
            running.remove(generation);
            throw e;
        }
    }

    void ended(Generation generation) {
        running.remove(generation);
    }

    int inflight() {
        return running.size();
    }

    /** Timers that wait or run: none while nothing is in flight. */
    int pendingTimers() {
        return Stream.of(timer, background).mapToInt(each -> each.getQueue().size() + each.getActiveCount()).sum();
    }

    /** Tasks that wait or run in the component's own worker pools: none while nothing is in flight. */
    int pendingTasks() {
        return pools.values().stream().mapToInt(pool -> pool.getQueue().size() + pool.getActiveCount()).sum();
    }

    @Override
    public void onContextStopping(CamelContext context) {
        long timeout = context.getShutdownStrategy().getTimeUnit().toMillis(context.getShutdownStrategy().getTimeout());
        long margin = Math.min(MAX_STOP_MARGIN_MILLIS, timeout / 4);
        timer.schedule(this::cancelRunning, timeout - margin, TimeUnit.MILLISECONDS);
    }

    private void cancelRunning() {
        stopping = true;
        running.forEach(generation -> generation.cancel("the Camel context is stopping"));
    }

    @Override
    public void close() {
        cancelRunning();
        pools.values().forEach(pool -> component.getCamelContext().getExecutorServiceManager().shutdownGraceful(pool, 5000));
        timer.shutdownNow();
        background.shutdownNow();
        clients.values().forEach(GatewayClient::close);
        linkClients.values().forEach(LinkClient::close);
    }

    private record Transport(SSLContextParameters tls, String proxyHost, Integer proxyPort, long connectTimeout) {
    }

    private record PoolSize(int core, int max) {
    }
}
