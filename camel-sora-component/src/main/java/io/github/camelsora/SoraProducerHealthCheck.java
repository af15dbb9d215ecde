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

import java.util.Map;

import io.github.camelsora.internal.observe.GatewayHealth;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether a gateway can be used, by what this process has last seen of it. Never calls the gateway: a request would be paid
 * for. It says nothing about liveness, because starting the process again repairs no gateway.
 */
public class SoraProducerHealthCheck extends AbstractHealthCheck {

    private final String gateway;
    private final String host;
    private final GatewayHealth health;

    SoraProducerHealthCheck(String id, ResolvedGateway gateway, GatewayHealth health) {
        super("camel", id);
        this.gateway = gateway.name();
        this.host = gateway.chat().uri().getHost();
        this.health = health;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        builder.detail("gateway", gateway);
        builder.detail("host", host);
        GatewayHealth.Failure last = health.last();
        if (last != null) {
            builder.detail("last.failure", last.message());
            builder.detail("last.failure.time", last.time().toString());
        }
        GatewayHealth.Failure down = health.down();
        if (down == null) {
            builder.up();
        } else {
            builder.message("Gateway " + gateway + " (" + host + "): " + down.message());
            builder.down();
        }
    }
}
