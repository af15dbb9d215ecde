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

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;

/** What a generation needs to end well: the routes that its exchange is in, its step, and the endpoint of its replies. */
public final class Places {

    /** More routes than the first and the current one. */
    private static final int NESTED = 2;

    private Places() {
    }

    /** The names of the places, for an exchange on the thread that routes it. */
    public static Set<String> of(Exchange exchange, Producer step, @Nullable Endpoint replies) {
        Set<String> places = new LinkedHashSet<>(8);
        places.add(ofStep(step));
        if (exchange.getFromRouteId() != null) {
            places.add(ofRoute(exchange.getFromRouteId()));
        }
        UnitOfWork unit = exchange.getUnitOfWork();
        if (unit != null && unit.getRoute() != null) {
            places.add(ofRoute(unit.getRoute().getId()));
            if (unit.routeStackLevel() > NESTED) {
                addNested(places, unit);
            }
        }
        if (replies != null) {
            places.add(ofReplies(replies));
        }
        return Set.copyOf(places);
    }

    /** Camel has no other way to look at the routes between the first and the current one. */
    private static void addNested(Set<String> places, UnitOfWork unit) {
        Deque<Route> routes = new ArrayDeque<>();
        for (Route route = unit.popRoute(); route != null; route = unit.popRoute()) {
            routes.push(route);
            places.add(ofRoute(route.getId()));
        }
        routes.forEach(unit::pushRoute);
    }

    /** The place of an exchange that is in a route. */
    public static String ofRoute(String routeId) {
        return "route " + routeId;
    }

    /** The place of an exchange that is in a step. */
    public static String ofStep(Producer step) {
        return "step " + System.identityHashCode(step);
    }

    /** The place of an exchange whose events go to an endpoint, whatever its options. */
    public static String ofReplies(Endpoint endpoint) {
        return "replies to " + endpoint.getEndpointBaseUri();
    }
}
