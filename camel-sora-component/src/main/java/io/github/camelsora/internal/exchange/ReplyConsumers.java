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
package io.github.camelsora.internal.exchange;

import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.StatefulService;
import org.apache.camel.support.CamelContextHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a route consumes from the endpoint of replies. A {@code direct} endpoint without one waits 30 s for it, with each
 * event: as long as there is none, events go to its twin that does not wait. Thread-safe.
 */
final class ReplyConsumers {

    private static final Logger LOG = LoggerFactory.getLogger(ReplyConsumers.class);

    private final CamelContext camel;
    private final Endpoint endpoint;
    private final boolean waits;
    private final AtomicBoolean said = new AtomicBoolean();
    private volatile @Nullable Route known;
    private volatile @Nullable Endpoint twin;

    ReplyConsumers(CamelContext camel, Endpoint endpoint) {
        this.camel = camel;
        this.endpoint = endpoint;
        // Whoever sets the option decides.
        this.waits = endpoint.getEndpointBaseUri().startsWith("direct:") && !endpoint.getEndpointUri().contains("block=");
    }

    /** Where the next event goes. */
    Endpoint target() {
        if (!waits || consumes()) {
            return endpoint;
        }
        Endpoint other = twin;
        if (other == null) {
            String uri = endpoint.getEndpointUri();
            other = CamelContextHelper.getMandatoryEndpoint(camel, uri + (uri.contains("?") ? "&" : "?") + "block=false");
            twin = other;
        }
        return other;
    }

    /** Whether the target that an event went to has nobody who takes it. Says so once. */
    boolean nobodyListens(Endpoint target) {
        if (target == endpoint || consumes()) {
            return false;
        }
        say();
        return true;
    }

    /** When all routes have been started: what starts later is not known. */
    void checkAtStart() {
        boolean internal = waits || endpoint.getEndpointBaseUri().startsWith("seda:");
        if (internal && !consumes()) {
            say();
        }
    }

    private void say() {
        if (said.compareAndSet(false, true)) {
            LOG.warn("No route consumes from {}, which is the streamRepliesTo of an endpoint: its events reach nobody. This is "
                    + "said once", endpoint);
        }
    }

    private boolean consumes() {
        Route route = known;
        if (route != null && isStarted(route.getConsumer())) {
            return true;
        }
        for (Route each : camel.getRoutes()) {
            if (each.getEndpoint().getEndpointBaseUri().equals(endpoint.getEndpointBaseUri())
                    && isStarted(each.getConsumer())) {
                known = each;
                return true;
            }
        }
        return false;
    }

    private static boolean isStarted(@Nullable Consumer consumer) {
        return consumer instanceof StatefulService service && service.isStarted();
    }
}
