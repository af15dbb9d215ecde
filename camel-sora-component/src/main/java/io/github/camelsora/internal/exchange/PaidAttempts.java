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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Route;
import org.apache.camel.SafeCopyProperty;
import org.apache.camel.spi.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * The paid attempts of one exchange, so that a redelivery meets them again. Kept with the exchange, where
 * {@code removeProperties("*")} does not reach it, and shared with copies that keep its id (loop, routing slip). A copy with an
 * id of its own (split, multicast, wire tap) begins without attempts.
 *
 * <p>A redelivery of a node repeats the attempts that were made inside this node; an attempt outside of it, or the next round
 * of a loop, is a new one. What is inside is known by the depth of routes: an attempt belongs to the call of a sub route until
 * that call has returned without an exception. Thread-safe.
 */
final class PaidAttempts implements SafeCopyProperty {

    private static final String KEY = "CamelSoraPaidAttempts";
    /** Bounds the memory of an exchange that loops for ever in a sub route; the oldest go first. */
    private static final int MAX = 1000;

    private final String owner;
    private final List<PaidAttempt> own = new ArrayList<>(1);
    /** Those of copies with an id of their own; mostly there are none. Ten thousand exchanges may wait. */
    private @Nullable Map<String, List<PaidAttempt>> others;

    private PaidAttempts(String owner) {
        this.owner = owner;
    }

    /** The attempts that an exchange carries, or {@code null}. */
    private static @Nullable PaidAttempts find(Exchange exchange) {
        return exchange.getExchangeExtension().getSafeCopyProperty(KEY, PaidAttempts.class);
    }

    /** The attempt that a redelivery repeats, else a new one. */
    static PaidAttempt begin(Exchange exchange) {
        PaidAttempts attempts = find(exchange);
        if (attempts == null) {
            attempts = new PaidAttempts(exchange.getExchangeId());
            exchange.getExchangeExtension().setSafeCopyProperty(KEY, attempts);
        }
        return attempts.next(exchange, Step.of(exchange), depth(exchange));
    }

    /** A node of a route is about to be redelivered for the {@code count}th time. */
    static void redelivered(Exchange exchange, int count) {
        PaidAttempts attempts = find(exchange);
        if (attempts != null) {
            attempts.repeat(exchange.getExchangeId(), count, depth(exchange),
                    exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Exception.class));
        }
    }

    /** A node that sends to an endpoint, a sub route for example, is done without an exception. */
    static void returned(Exchange exchange) {
        PaidAttempts attempts = find(exchange);
        if (attempts != null) {
            attempts.leave(exchange.getExchangeId(), depth(exchange));
        }
    }

    private synchronized PaidAttempt next(Exchange exchange, Step step, int depth) {
        List<PaidAttempt> all = ofOrNew(exchange.getExchangeId());
        for (PaidAttempt attempt : all) {
            if (attempt.isRepeated(step)) {
                // Camel counts redeliveries in this header: without it, it would redeliver for ever.
                if (exchange.getMessage().getHeader(Exchange.REDELIVERY_COUNTER) == null) {
                    exchange.getMessage().setHeader(Exchange.REDELIVERY_COUNTER, attempt.redelivery());
                }
                attempt.enter(depth);
                return attempt;
            }
        }
        if (all.size() >= MAX) {
            all.remove(0);
        }
        PaidAttempt attempt = new PaidAttempt(step, depth);
        all.add(attempt);
        return attempt;
    }

    private List<PaidAttempt> ofOrNew(String exchangeId) {
        if (exchangeId.equals(owner)) {
            return own;
        }
        if (others == null) {
            others = new HashMap<>();
        }
        return others.computeIfAbsent(exchangeId, id -> new ArrayList<>(1));
    }

    private List<PaidAttempt> of(String exchangeId) {
        if (exchangeId.equals(owner)) {
            return own;
        }
        return others == null ? List.of() : others.getOrDefault(exchangeId, List.of());
    }

    private synchronized void repeat(String exchangeId, int count, int depth, @Nullable Exception caught) {
        of(exchangeId).forEach(attempt -> attempt.redelivered(count, depth, caught));
    }

    private synchronized void leave(String exchangeId, int depth) {
        List<PaidAttempt> all = of(exchangeId);
        if (all.isEmpty()) {
            return;
        }
        all.forEach(attempt -> attempt.left(depth));
        all.removeIf(PaidAttempt::isOver);
        if (others != null && all.isEmpty()) {
            others.remove(exchangeId);
        }
    }

    /** How many routes the exchange is in: 1 in the route it came from, 2 in its sub routes. */
    private static int depth(Exchange exchange) {
        UnitOfWork work = exchange.getUnitOfWork();
        return work == null ? 0 : work.routeStackLevel();
    }

    /** The step of a route. Not the endpoint: {@code toD} makes a new one for each URI. */
    record Step(@Nullable String route, @Nullable String node) {

        private static Step of(Exchange exchange) {
            UnitOfWork work = exchange.getUnitOfWork();
            Route route = work == null ? null : work.getRoute();
            return new Step(route == null ? null : route.getRouteId(), exchange.getExchangeExtension().getHistoryNodeId());
        }

        @Override
        public String toString() {
            return route + "/" + node;
        }
    }

    @Override
    public SafeCopyProperty safeCopy() {
        return this;
    }
}
