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

import java.util.List;
import java.util.Map;

import javax.management.openmbean.TabularData;

import io.github.camelsora.internal.exchange.RedeliveryListener;
import io.github.camelsora.internal.observe.Snapshot;
import io.github.camelsora.internal.observe.SnapshotRows;
import io.github.camelsora.internal.observe.SnapshotTable;
import io.github.camelsora.internal.observe.Totals;
import io.github.camelsora.task.MemoryTaskRepository;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/**
 * The component {@code sora}. Owns what its endpoints share: worker threads, the timer, one HTTP client per transport, and
 * the generations in flight.
 */
@Component("sora")
@ManagedResource(description = "Managed Sora component")
public class SoraComponent extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata(description = "The defaults of all endpoints.")
    private SoraConfiguration configuration = new SoraConfiguration();
    @Metadata(label = "common", description = "More gateways by name: set `gateways.NAME.baseUrl`, `.apiKey`, `.apiKeyHeader` "
            + "and `.model`. With the name of a built-in gateway, these replace its values.",
            javaType = "java.util.Map<java.lang.String, io.github.camelsora.Gateway>")
    private final Map<String, Gateway> gateways = new SoraGateways();
    @Metadata(label = "security", defaultValue = "false",
            description = "Whether to use the global TLS parameters of the context.")
    private boolean useGlobalSslContextParameters;

    private static final int MAX_ROWS = 1000;

    private final RedeliveryListener redeliveries = new RedeliveryListener();
    private final SoraTaskRepository memory = new MemoryTaskRepository();
    private volatile @Nullable SoraRuntime runtime;

    public SoraComponent() {
    }

    public SoraComponent(CamelContext context) {
        super(context);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        if (configuration.getTaskRepository() == null) {
            configuration.setTaskRepository(memory);
        }
        SoraOperation operation = SoraOperation.named(remaining);
        DurationOptions.read(parameters);
        SoraConfiguration bound = GatewayInheritance.withoutGatewayOptions(configuration);
        SoraEndpoint endpoint = new SoraEndpoint(uri, this, operation, bound);
        setProperties(endpoint, parameters);
        endpoint.inherit(configuration);
        return endpoint;
    }

    @Override
    public @Nullable PropertyConfigurer getComponentPropertyConfigurer() {
        return DurationOptions.around(super.getComponentPropertyConfigurer());
    }

    @Override
    public void setCamelContext(CamelContext context) {
        super.setCamelContext(context);
        // Before Camel binds the component's properties.
        if (configuration.getAdditionalHeader().isEmpty()) {
            configuration.setAdditionalHeader(new SecretHeaders(context));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(redeliveries);
        getCamelContext().getManagementStrategy().addEventNotifier(redeliveries);
        runtime = new SoraRuntime(getCamelContext(), this::retrieveGlobalSslContextParameters);
        getCamelContext().addLifecycleStrategy(runtime);
    }

    @Override
    protected void doStop() throws Exception {
        SoraRuntime stopped = runtime;
        if (stopped != null) {
            getCamelContext().getLifecycleStrategies().remove(stopped);
            stopped.close();
            runtime = null;
        }
        getCamelContext().getManagementStrategy().removeEventNotifier(redeliveries);
        ServiceHelper.stopService(redeliveries);
        super.doStop();
    }

    /** What runs while the component is started, or {@code null}. */
    @Nullable SoraRuntime runtimeOrNull() {
        return runtime;
    }

    /** @throws IllegalStateException if the component is not started */
    SoraRuntime runtime() {
        SoraRuntime current = runtime;
        if (current == null) {
            throw new IllegalStateException("The component sora is not started");
        }
        return current;
    }

    /** What operators see now: in the dev console, and by JMX. */
    Snapshot snapshot() {
        SoraRuntime current = runtime;
        return current == null ? Snapshot.NONE : current.snapshot();
    }

    private Totals totals() {
        SoraRuntime current = runtime;
        return current == null ? Totals.NONE : current.totals();
    }

    @ManagedAttribute(description = "Generations in flight")
    public int getGenerationsInFlight() {
        SoraRuntime current = runtime;
        return current == null ? 0 : current.inflight();
    }

    @ManagedAttribute(description = "Generations in flight that are polled, because they lost their stream")
    public long getGenerationsRecovering() {
        return snapshot().recovering();
    }

    @ManagedAttribute(description = "Generations started")
    public long getGenerationsStarted() {
        return totals().started();
    }

    @ManagedAttribute(description = "Generations that ended with a video")
    public long getGenerationsCompleted() {
        return totals().completed();
    }

    @ManagedAttribute(description = "Generations for which nothing was bought")
    public long getGenerationsRefused() {
        return totals().refused();
    }

    @ManagedAttribute(description = "Generations that failed at the gateway")
    public long getGenerationsFailed() {
        return totals().failed();
    }

    @ManagedAttribute(description = "Generations that were sent and have no result")
    public long getGenerationsLost() {
        return totals().lost();
    }

    @ManagedAttribute(description = "Generations that were answered from the task repository")
    public long getGenerationsReplayed() {
        return totals().replayed();
    }

    @ManagedAttribute(description = "Generations that lost their stream and were polled")
    public long getGenerationsRecovered() {
        return totals().recovered();
    }

    @ManagedAttribute(description = "Generations without a video that may have been paid for")
    public long getGenerationsPossiblyCharged() {
        return totals().possiblyCharged();
    }

    /** What is in flight, the oldest first. */
    @ManagedOperation(description = "Generations in flight, the oldest first, 1000 at most")
    public TabularData runningGenerations() {
        return SnapshotTable.of("generations", List.of("generationId", "stage", "progress", "ageSeconds", "gateway", "model",
                "routeId", "taskId"), SnapshotRows.running(snapshot(), MAX_ROWS));
    }

    /** The last generations without a video, the newest first. */
    @ManagedOperation(description = "The last generations that ended without a video, the newest first")
    public TabularData recentFailures() {
        return SnapshotTable.of("failures", List.of("time", "generationId", "outcome", "category", "possiblyCharged", "gateway",
                "model", "routeId", "taskId", "reason"), SnapshotRows.failures(snapshot()));
    }

    /**
     * Ends a generation that runs in this process, as {@code sora:cancel} does. Refunds nothing.
     *
     * @param id of the generation, or of its task
     * @return how many have ended: none if none of that id is in flight here
     */
    @ManagedOperation(description = "Ends a generation in flight, by its id or the id of its task. Refunds nothing. "
            + "Returns how many have ended")
    public int cancel(String id) {
        SoraRuntime current = runtime;
        return current == null ? 0 : current.generations().cancel(running -> running.is(id.strip())).size();
    }

    public SoraConfiguration getConfiguration() {
        return configuration;
    }

    public void setConfiguration(SoraConfiguration configuration) {
        this.configuration = configuration;
    }

    public Map<String, Gateway> getGateways() {
        return gateways;
    }

    public void setGateways(Map<String, Gateway> gateways) {
        this.gateways.clear();
        this.gateways.putAll(gateways);
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }
}
