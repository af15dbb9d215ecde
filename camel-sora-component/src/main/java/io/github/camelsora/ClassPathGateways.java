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

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.FactoryFinder;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gateways that jars on the class path bring, such as {@code simulator}: started when they are first asked for, once for
 * each Camel context, and closed with the context.
 *
 * <p>A jar brings the gateway NAME with the file {@code META-INF/services/org/apache/camel/sora-gateway/NAME}, which has one
 * line, {@code class=} and a class. That is a {@link Function}: it gets a function that looks up a property of the application,
 * or returns null, and returns the properties of a {@link Gateway} by their names ({@code baseUrl}, {@code apiKey}, ...). If it
 * is {@link AutoCloseable}, it is closed. So a jar needs no other one to bring a gateway.
 */
final class ClassPathGateways extends ServiceSupport {

    private static final Logger LOG = LoggerFactory.getLogger(ClassPathGateways.class);
    private static final String PATH = "META-INF/services/org/apache/camel/sora-gateway/";
    // A name that can be a file name, and no path out of the folder.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    private final CamelContext camel;
    private final FactoryFinder factories;
    private final Map<String, Map<String, Object>> properties = new HashMap<>();
    private final Map<String, AutoCloseable> open = new HashMap<>();

    private ClassPathGateways(CamelContext camel) {
        this.camel = camel;
        this.factories = camel.getCamelContextExtension().getFactoryFinder(PATH);
    }

    /** Those of this context. */
    static ClassPathGateways of(CamelContext camel) {
        // A context may have several components of this kind, and they share one simulator.
        synchronized (camel) {
            ClassPathGateways known = camel.hasService(ClassPathGateways.class);
            if (known != null) {
                return known;
            }
            ClassPathGateways created = new ClassPathGateways(camel);
            try {
                camel.addService(created, true, true);
            } catch (Exception e) {
                throw RuntimeCamelException.wrapRuntimeCamelException(e);
            }
            return created;
        }
    }

    /** Whether a jar brings a gateway of this name. Starts nothing. */
    boolean bring(String name) {
        return NAME.matcher(name).matches() && factories.findClass(name).isPresent();
    }

    /**
     * A gateway, which is started if it is not.
     *
     * @return a copy of its own, or null if no jar brings one of that name
     * @throws IllegalStateException if it does not start
     */
    @Nullable Gateway find(String name) {
        if (!bring(name)) {
            return null;
        }
        Gateway gateway = new Gateway();
        PropertyBindingSupport.build().withCamelContext(camel).withTarget(gateway).withProperties(started(name))
                .withRemoveParameters(false).withMandatory(true).bind();
        return gateway;
    }

    private synchronized Map<String, Object> started(String name) {
        Map<String, Object> known = properties.get(name);
        if (known != null) {
            return known;
        }
        if (!isStarted()) {
            throw new IllegalStateException("Gateway " + name + " is not started: the Camel context is stopping");
        }
        Object factory = factories.newInstance(name).orElseThrow();
        Map<String, Object> made = start(name, factory);
        if (factory instanceof AutoCloseable closeable) {
            open.put(name, closeable);
        }
        properties.put(name, made);
        LOG.info("Gateway {} of {} runs at {}", name, factory.getClass().getName(), made.get("baseUrl"));
        return made;
    }

    private Map<String, Object> start(String name, Object factory) {
        if (!(factory instanceof Function<?, ?> function)) {
            throw new IllegalStateException("Gateway " + name + ": " + factory.getClass().getName() + " is no Function");
        }
        Function<String, @Nullable String> lookUp = this::property;
        @SuppressWarnings("unchecked") // what the file promises
        Function<Function<String, @Nullable String>, Map<String, String>> starter =
                (Function<Function<String, @Nullable String>, Map<String, String>>) function;
        return new HashMap<>(starter.apply(lookUp));
    }

    private @Nullable String property(String name) {
        Optional<String> value = camel.getPropertiesComponent().resolveProperty(name);
        return value.map(String::strip).filter(text -> !text.isEmpty()).orElse(null);
    }

    @Override
    protected synchronized void doStop() {
        open.forEach(ClassPathGateways::close);
        open.clear();
        properties.clear();
    }

    private static void close(String name, AutoCloseable gateway) {
        try {
            gateway.close();
        } catch (Exception e) {
            LOG.warn("Gateway {} could not be closed", name, e);
        }
    }
}
