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

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.camelsora.internal.observe.GatewayHealth;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.jspecify.annotations.Nullable;

/** The health checks of the gateways that endpoints pay: one for each gateway, host and key. Thread-safe. */
final class GatewayHealthChecks implements AutoCloseable {

    private final CamelContext camel;
    private final Map<Place, SoraProducerHealthCheck> checks = new LinkedHashMap<>();
    private final Map<Place, GatewayHealth> healths = new LinkedHashMap<>();

    private record Place(String gateway, String origin, @Nullable String keyFingerprint) {
    }

    GatewayHealthChecks(CamelContext camel) {
        this.camel = camel;
    }

    /**
     * What is seen of a gateway.
     *
     * @param enabled whether Camel asks for it
     */
    synchronized GatewayHealth of(ResolvedGateway gateway, boolean enabled) {
        Place place = new Place(gateway.name(), gateway.origin(), gateway.keyFingerprint());
        GatewayHealth known = healths.get(place);
        if (known != null) {
            return known;
        }
        GatewayHealth health = new GatewayHealth(Clock.systemUTC());
        healths.put(place, health);
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            SoraProducerHealthCheck check = new SoraProducerHealthCheck(id(gateway.name()), gateway, health);
            check.setCamelContext(camel);
            check.setEnabled(enabled);
            repository.addHealthCheck(check);
            checks.put(place, check);
        }
        return health;
    }

    /** Another number for another host or key of the same gateway. */
    private String id(String gateway) {
        long same = checks.keySet().stream().filter(place -> place.gateway().equals(gateway)).count();
        return "producer:sora-" + gateway + (same == 0 ? "" : "-" + (same + 1));
    }

    private @Nullable WritableHealthCheckRepository repository() {
        return HealthCheckHelper.getHealthCheckRepository(camel, "producers", WritableHealthCheckRepository.class);
    }

    @Override
    public synchronized void close() {
        WritableHealthCheckRepository repository = repository();
        if (repository != null) {
            checks.values().forEach(repository::removeHealthCheck);
        }
        checks.clear();
        healths.clear();
    }
}
