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

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.internal.exchange.Places;
import io.github.camelsora.internal.generation.RunningGenerations;
import org.apache.camel.CamelContext;
import org.apache.camel.NonManagedService;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.jspecify.annotations.Nullable;

/**
 * Ends generations when a route that they need is stopped, or reloaded, and they outlive Camel's shutdown timeout: in time for
 * their last event, and for the error handler of their route. A service of the route, because that is what Camel's shutdown
 * strategy asks and tells. It waits for the exchanges in the route by itself, but not for events that are still to come to it.
 */
final class RouteGuard implements Service, ShutdownAware, NonManagedService {

    /** Camel asks every second how many exchanges are pending, as long as it waits. */
    private static final long ASKED_MILLIS = 1800;

    private final CamelContext camel;
    private final Route route;
    private final RunningGenerations generations;
    private final ScheduledExecutorService timer;
    private final String inside;
    private final String replies;
    private volatile long lastAsked;
    private @Nullable ScheduledFuture<?> deadline;

    RouteGuard(Route route, RunningGenerations generations, ScheduledExecutorService timer) {
        this.camel = route.getCamelContext();
        this.route = route;
        this.generations = generations;
        this.timer = timer;
        this.inside = Places.ofRoute(route.getId());
        this.replies = Places.ofReplies(route.getEndpoint());
    }

    /** The route is there, or there again, or gone for good. */
    void open() {
        generations.open(inside);
        generations.open(replies);
    }

    @Override
    public int getPendingExchangesSize() {
        lastAsked = System.nanoTime();
        return generations.size(replies);
    }

    @Override
    public synchronized void prepareShutdown(boolean suspendOnly, boolean forced) {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
        if (forced) {
            end();
        } else if (generations.size(inside) + generations.size(replies) > 0) {
            deadline = timer.schedule(this::timeIsUp, StopTimes.millisToEnd(camel), TimeUnit.MILLISECONDS);
        }
    }

    /** Before Camel stops the route's consumer, and with it the steps and the error handler of the route. */
    private void timeIsUp() {
        if (System.nanoTime() - lastAsked < TimeUnit.MILLISECONDS.toNanos(ASKED_MILLIS)) {
            end();
        }
    }

    private void end() {
        String why = "the route " + route.getId() + " is stopping";
        generations.close(inside, why);
        generations.close(replies, why);
    }

    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return false;
    }

    @Override
    public void start() {
        // nothing to start
    }

    @Override
    public void stop() {
        // told earlier, by prepareShutdown
    }
}
