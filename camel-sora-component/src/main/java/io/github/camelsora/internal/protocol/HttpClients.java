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
package io.github.camelsora.internal.protocol;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;

import io.github.camelsora.internal.http.GatewayClient;
import io.github.camelsora.internal.http.GatewayClientSettings;
import io.github.camelsora.internal.link.LinkClient;

/**
 * The HTTP clients of a component: endpoints with equal settings share one for paid requests and one for links. Made when
 * first asked for. Thread-safe.
 */
public final class HttpClients implements AutoCloseable {

    private final ScheduledExecutorService timer;
    private final ScheduledExecutorService background;
    private final Map<GatewayClientSettings, GatewayClient> gatewayClients = new ConcurrentHashMap<>();
    private final Map<GatewayClientSettings, LinkClient> linkClients = new ConcurrentHashMap<>();

    /**
     * @param timer runs the deadlines of paid requests; not shut down here
     * @param background runs the deadlines of links; not shut down here
     */
    public HttpClients(ScheduledExecutorService timer, ScheduledExecutorService background) {
        this.timer = timer;
        this.background = background;
    }

    /** The client for paid requests. */
    public GatewayClient forGateways(GatewayClientSettings settings) {
        return gatewayClients.computeIfAbsent(settings, key -> new GatewayClient(key, timer));
    }

    /** The client that follows links. */
    public LinkClient forLinks(GatewayClientSettings settings) {
        return linkClients.computeIfAbsent(settings, key -> new LinkClient(key, background));
    }

    /** Ends the threads of clients that have nothing to do. They are started again when they are needed. */
    public void closeIdle() {
        gatewayClients.values().forEach(GatewayClient::closeIfIdle);
        linkClients.values().forEach(LinkClient::closeIfIdle);
    }

    /** Cancels what is under way and closes every connection. */
    @Override
    public void close() {
        gatewayClients.values().forEach(GatewayClient::close);
        linkClients.values().forEach(LinkClient::close);
    }
}
