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

import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.camelsora.internal.delivery.EventListener;
import io.github.camelsora.internal.delivery.ReplySender;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.StartupListener;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.service.ServiceSupport;

/** The endpoint that gets an exchange for every event ({@code streamRepliesTo}). Looked up when it is started. */
public final class ReplyEndpoint extends ServiceSupport {

    private final CamelContext camel;
    private final String uri;
    private final boolean inheritProperties;
    @SuppressWarnings("NullAway.Init") // set by doStart
    private DefaultProducerCache producers;
    @SuppressWarnings("NullAway.Init") // set by doStart
    private Endpoint endpoint;
    @SuppressWarnings("NullAway.Init") // set by doStart
    private Supplier<Endpoint> target;
    @SuppressWarnings("NullAway.Init") // set by doStart
    private Predicate<Endpoint> nobodyListens;

    /** @param inheritProperties whether reply exchanges get the properties of the original */
    public ReplyEndpoint(CamelContext camel, String uri, boolean inheritProperties) {
        this.camel = camel;
        this.uri = uri;
        this.inheritProperties = inheritProperties;
    }

    /** Where the events go. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** Takes the events of the generation that an exchange waits for. */
    public EventListener listener(Exchange original) {
        return new ReplySender(producers, target, nobodyListens, original, inheritProperties, Headers::writeReply);
    }

    @Override
    protected void doStart() throws Exception {
        endpoint = CamelContextHelper.getMandatoryEndpoint(camel, uri);
        ReplyConsumers consumers = new ReplyConsumers(camel, endpoint);
        target = consumers::target;
        nobodyListens = consumers::nobodyListens;
        producers = new DefaultProducerCache(this, camel, 2);
        producers.start();
        // With routes that are added later, the route of the replies may come after this one.
        if (!camel.getStatus().isStarted()) {
            camel.addStartupListener(new StartupListener() {
                @Override
                public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
                    // consumers may not have been started yet
                }

                @Override
                public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
                    consumers.checkAtStart();
                }
            });
        }
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopService(producers);
    }
}
