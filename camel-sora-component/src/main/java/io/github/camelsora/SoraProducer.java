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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import io.github.camelsora.event.SoraException;
import io.github.camelsora.internal.delivery.EventListener;
import io.github.camelsora.internal.delivery.HandOff;
import io.github.camelsora.internal.delivery.ReplyLimit;
import io.github.camelsora.internal.download.DownloadEvents;
import io.github.camelsora.internal.exchange.Completion;
import io.github.camelsora.internal.exchange.ConversationMemory;
import io.github.camelsora.internal.exchange.GenerationRequests;
import io.github.camelsora.internal.exchange.Headers;
import io.github.camelsora.internal.exchange.Places;
import io.github.camelsora.internal.exchange.PromptSource;
import io.github.camelsora.internal.exchange.ReplyEndpoint;
import io.github.camelsora.internal.exchange.ResultCompletion;
import io.github.camelsora.internal.exchange.StreamingCompletion;
import io.github.camelsora.internal.exchange.WaitingExchange;
import io.github.camelsora.internal.generation.GenerationBuilder;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.Surroundings;
import io.github.camelsora.internal.generation.TaskJournal;
import io.github.camelsora.internal.ledger.ClaimedTask;
import io.github.camelsora.internal.ledger.Order;
import io.github.camelsora.internal.ledger.TaskLedger;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ResolvedGateway;
import io.github.camelsora.internal.text.TaskReference;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** What the producers of all operations have in common: how their generations start, and how they complete their exchanges. */
@SuppressWarnings("NullAway.Init") // fields are set by bind
abstract class SoraProducer extends DefaultAsyncProducer {

    private volatile SoraRuntime runtime;
    private ConversationMemory memory;
    private TaskLedger ledger;
    private ReplyLimit replyLimit;
    /** By the name of the gateway: this endpoint's own, and those of the videos that it has met. */
    private volatile Map<String, GatewayServices> services = new ConcurrentHashMap<>();
    private Completion completion;
    private @Nullable ReplyEndpoint replies;
    private EventNotifications notifications;
    private volatile @Nullable Surroundings lastSurroundings;

    SoraProducer(SoraEndpoint endpoint) {
        super(endpoint);
    }

    /**
     * Starts a generation. The last thing that {@code process} does: from here on the generation completes the exchange.
     *
     * @param gateway where it runs
     * @param waiting the exchange, as it waits
     * @param settings says whether the generation is new or goes on with a task
     */
    final void start(Exchange exchange, GatewayServices gateway, GenerationRequest request, GenerationProtocol protocol,
            WaitingExchange waiting, Consumer<GenerationBuilder> settings) {
        Surroundings here = surroundings(exchange, gateway);
        EventListener notifiers = notifications.listener(exchange);
        runtime.generations().start(listener -> {
            GenerationBuilder generation = GenerationBuilder.of(request, waiting.workers(), listener);
            generation.secrets(gateway.secrets());
            settings.accept(generation);
            return waiting.build(generation.stopOnException(options().isStopOnException())
                    .maxReportSize(options().getMaxPayloadSize()).replyLimit(replyLimit).alsoTo(notifiers));
        }, waiting, protocol, here);
    }

    /**
     * A generation that is looked up before anything is sent.
     *
     * @param task what it can be found by, if it exists
     * @param requestHash tells its request from another one; empty where that does not matter
     */
    final ClaimedTask claim(ResolvedGateway gateway, GenerationRequest request, TaskReference task, String requestHash,
            Order.Ways ways) {
        SoraConfiguration options = options();
        return ledger.order(new Order(request.id(), gateway.origin(), gateway.keyFingerprint(), requestHash,
                request.known(task), ways, options.isResubmitLost(),
                Duration.ofMillis(options.getRequestTimeout() + options.getRecoveryTimeout())));
    }

    /**
     * Looks a task up, which may take a while, and goes on with the exchange when it is known.
     *
     * @param found takes what is stored, and the callback of the exchange; what it throws fails the exchange
     */
    final boolean find(Exchange exchange, AsyncCallback callback, TaskQuestion question, FoundTask found) {
        Executor workers = runtime.workers(options());
        AsyncCallback later = doneSync -> HandOff.run(workers, () -> callback.done(false));
        ledger.find(question, (stored, failure) -> {
            try {
                if (failure != null) {
                    throw failure;
                }
                found.accept(stored, later);
            } catch (Throwable e) {
                failed(exchange, e, later);
            }
        });
        return false;
    }

    /** How a task is looked up. */
    @FunctionalInterface
    interface TaskQuestion extends Function<SoraTaskRepository, Optional<SoraTaskRepository.Stored>> {
    }

    /** What goes on when a task was looked up. */
    @FunctionalInterface
    interface FoundTask extends BiConsumer<Optional<SoraTaskRepository.Stored>, AsyncCallback> {
    }

    final Surroundings surroundings(Exchange exchange, GatewayServices gateway) {
        Surroundings here = new Surroundings(Places.of(exchange, this, replies == null ? null : replies.endpoint()),
                ExchangeHelper.getRouteId(exchange), gateway.observer());
        Surroundings known = lastSurroundings;
        if (known != null && known.equals(here)) {
            // Thousands of exchanges may wait in the same places: one object for all.
            return known;
        }
        lastSurroundings = here;
        return here;
    }

    /** Completes an exchange for which nothing has been started. */
    static boolean failed(Exchange exchange, Throwable e, AsyncCallback callback) {
        exchange.setException(e);
        if (e instanceof SoraException failure) {
            Headers.write(failure, exchange.getMessage());
        }
        callback.done(true);
        return true;
    }

    final SoraRuntime runtime() {
        return runtime;
    }

    /** Who hears of a download, and where its route goes on. */
    final DownloadEvents.Sink sink(Exchange exchange) {
        return new DownloadEvents.Sink(replies == null ? EventListener.NOBODY : replies.listener(exchange),
                runtime.workers(options()), replies == null ? ReplyLimit.NONE : replyLimit, options().isStopOnException());
    }

    final SoraConfiguration options() {
        return getEndpoint().getConfiguration();
    }

    final ConversationMemory memory() {
        return memory;
    }

    /**
     * What is needed to work with a gateway.
     *
     * @throws IllegalArgumentException if this endpoint may not go there
     */
    final GatewayServices at(ResolvedGateway gateway) {
        // Read before the runtime, which is set first: a new map never gets what belongs to an old runtime.
        Map<String, GatewayServices> current = services;
        GatewayServices known = current.get(gateway.name());
        if (known != null) {
            return known;
        }
        GatewayServices opened = open(gateway, runtime);
        GatewayServices other = current.putIfAbsent(gateway.name(), opened);
        return other == null ? opened : other;
    }

    /** Remembers generations of a gateway that need no claim; {@code null} if each needs one. */
    final @Nullable TaskJournal unclaimed(ResolvedGateway gateway, SoraRuntime current) {
        return current.ledger(options()).withoutClaims(gateway.origin(), gateway.keyFingerprint());
    }

    /** Makes what is needed to work with a gateway. */
    abstract GatewayServices open(ResolvedGateway gateway, SoraRuntime current);

    final GenerationRequests requests(ResolvedGateway gateway) {
        return new GenerationRequests(gateway, options().getMaxHistoryMessages());
    }

    final PromptSource promptSource() {
        return new PromptSource(getEndpoint().getCamelContext(), options().getMaxPromptSize(),
                Duration.ofMillis(options().getPromptTimeout()));
    }

    final Completion completion() {
        return completion;
    }

    @Override
    public SoraEndpoint getEndpoint() {
        return (SoraEndpoint) super.getEndpoint();
    }

    /** Follows a component that was stopped and started again. While it is stopped, the old runtime refuses what comes. */
    final void followComponent() {
        SoraRuntime current = getEndpoint().getComponent().runtimeOrNull();
        if (current != null && current != runtime) {
            bind(current);
        }
    }

    /** Makes what generations need, before the first one and after each start of the component. */
    private synchronized void bind(SoraRuntime current) {
        SoraConfiguration options = options();
        memory = options.isConversationMemory() ? ConversationMemory.property(options.getConversationHistoryProperty())
                : ConversationMemory.NONE;
        completion = options.isStreaming() ? new StreamingCompletion(current.waiters(options), memory)
                : new ResultCompletion(current.workers(options), replies, memory);
        ledger = current.ledger(options);
        replyLimit = current.replyLimit(options);
        notifications = new EventNotifications(getEndpoint(), current.workers(options));
        current.findMeters();
        runtime = current;
        services = new ConcurrentHashMap<>();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SoraConfiguration options = options();
        replies = options.getStreamRepliesTo() == null ? null : new ReplyEndpoint(getEndpoint().getCamelContext(),
                options.getStreamRepliesTo(), options.isInheritExchangePropertiesForReplies());
        ServiceHelper.startService(replies);
        bind(getEndpoint().getComponent().runtime());
        at(getEndpoint().gateway());
        getEndpoint().announce();
    }

    @Override
    protected void doStop() throws Exception {
        // A route that is stopped with a timeout of its own: the last events still go out.
        if (runtime != null) {
            runtime.endAll(Places.ofStep(this));
        }
        ServiceHelper.stopService(replies);
        super.doStop();
    }
}
