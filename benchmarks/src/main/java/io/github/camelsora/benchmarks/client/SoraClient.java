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
package io.github.camelsora.benchmarks.client;

import java.util.List;
import java.util.UUID;

import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraConstants;
import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.StreamShape;
import io.github.camelsora.benchmarks.load.TestCertificate;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraEventType;
import io.github.camelsora.event.SoraVideo;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.jspecify.annotations.Nullable;

/** The component, in a route of one kind or another. With a database, each stream has a request key. */
final class SoraClient implements StreamClient {

    private static final List<SoraEventType> TYPES = List.of(SoraEventType.SUBMITTED, SoraEventType.QUEUED,
            SoraEventType.GENERATING, SoraEventType.PROGRESS, SoraEventType.PROGRESS, SoraEventType.PROGRESS,
            SoraEventType.PROGRESS, SoraEventType.COMPLETED);
    /** An event that is not the one that this place has: no listener expects it. */
    private static final int WRONG = -1;

    private final StreamListener listener;
    private final CamelRoute route;
    private final @Nullable CountedRepository repository;
    /** The database may have the keys of earlier runs. */
    private final String keys = UUID.randomUUID() + "-";

    SoraClient(ClientSettings settings, StreamListener listener, SoraRoutes routes) throws Exception {
        this.listener = listener;
        this.repository = settings.repository() == null ? null : new CountedRepository(settings.repository());
        CamelContext context = new DefaultCamelContext();
        configure(context.getComponent("sora", SoraComponent.class).getConfiguration(), settings);
        route = CamelRoute.asynchronous(context, routes.routes(this::arrived), this::ended);
    }

    private void configure(SoraConfiguration options, ClientSettings settings) {
        options.setBaseUrl(settings.baseUrl());
        options.setApiKey("key");
        if (settings.keyStore() != null) {
            options.setSslContextParameters(trust(settings.keyStore()));
        }
        if (repository != null) {
            options.setTaskRepository(repository.repository());
        }
    }

    private static SSLContextParameters trust(String keyStore) {
        KeyStoreParameters store = new KeyStoreParameters();
        store.setResource("file:" + keyStore);
        store.setPassword(TestCertificate.PASSWORD);
        TrustManagersParameters trust = new TrustManagersParameters();
        trust.setKeyStore(store);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setTrustManagers(trust);
        return parameters;
    }

    private void arrived(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof SoraEvent event) {
            int place = event.getSequence() - 1;
            boolean right = place < TYPES.size() && event.getType() == TYPES.get(place);
            if (event.getTaskId() != null) {
                listener.event(number(event.getTaskId()), right ? place : WRONG);
            }
        } else {
            listener.event(CamelRoute.stream(exchange).number(), StreamShape.EVENTS - 1);
        }
    }

    private static int number(String taskId) {
        int length = StreamShape.TASK_ID.length();
        return Integer.parseInt(taskId, length - StreamShape.DIGITS, length, 10);
    }

    private void ended(LoadStream stream, Exchange exchange) {
        // the body of streaming=true is the events, which were counted
        Object body = exchange.getMessage().getBody();
        boolean complete = exchange.getException() == null && (!(body instanceof SoraVideo video) || video.videoUrl() != null);
        listener.ended(stream.number(), complete);
    }

    @Override
    public void start(LoadStream stream) {
        if (repository == null) {
            route.start(stream);
        } else {
            route.start(stream, SoraConstants.REQUEST_KEY, keys + stream.number());
        }
    }

    @Override
    public long statements() {
        return repository == null ? 0 : repository.statements();
    }

    @Override
    public void close() {
        route.close();
        if (repository != null) {
            repository.close();
        }
    }
}
