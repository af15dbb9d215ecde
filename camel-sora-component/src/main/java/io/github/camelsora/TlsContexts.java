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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import io.github.camelsora.internal.exchange.OwnEventNotifier;
import io.github.camelsora.internal.http.ReloadableSslContext;
import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SSL contexts of the TLS parameters that endpoints use. When Camel reloads its context, key and trust stores are read
 * again, for new connections; what cannot be read leaves the old ones in use. Thread-safe.
 */
final class TlsContexts extends SimpleEventNotifierSupport implements OwnEventNotifier {

    private static final Logger LOG = LoggerFactory.getLogger(TlsContexts.class);

    private final CamelContext camel;
    private final Map<SSLContextParameters, Reloadable> contexts = new ConcurrentHashMap<>();

    TlsContexts(CamelContext camel) {
        this.camel = camel;
        setIgnoreCamelContextEvents(false);
    }

    /** The same for the same parameters: it stands for a client, with its threads. */
    SSLContext of(SSLContextParameters parameters) {
        return contexts.computeIfAbsent(parameters, Reloadable::new).context;
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.CamelContextReloadingEvent;
    }

    /** Before the routes are reloaded, so that they start with what is new. */
    @Override
    public void notify(CamelEvent event) {
        contexts.values().forEach(Reloadable::reload);
    }

    private SSLContext read(SSLContextParameters parameters) {
        try {
            return parameters.createSSLContext(camel);
        } catch (Exception e) {
            throw RuntimeCamelException.wrapRuntimeCamelException(e);
        }
    }

    private final class Reloadable {

        private final SSLContextParameters parameters;
        private final AtomicReference<SSLContext> current;
        private final SSLContext context;

        Reloadable(SSLContextParameters parameters) {
            this.parameters = parameters;
            this.current = new AtomicReference<>(read(parameters));
            this.context = new ReloadableSslContext(current::get);
        }

        void reload() {
            try {
                current.set(read(parameters));
                LOG.info("Certificates were read again; new connections of the component sora use them");
            } catch (RuntimeException e) {
                LOG.warn("Certificates could not be read again; the component sora keeps those it has: {}", e.toString());
            }
        }
    }
}
