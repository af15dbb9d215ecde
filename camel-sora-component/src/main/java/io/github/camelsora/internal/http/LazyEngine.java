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
package io.github.camelsora.internal.http;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * The engine of one client, which has threads of its own: made when it is first used, closed when nothing is in flight, and
 * made again for the next request. Thread-safe.
 */
public final class LazyEngine implements AutoCloseable {

    private final GatewayClientSettings settings;
    private final TargetResolver names;
    private final Collection<?> running;
    private @Nullable HttpEngine engine;
    private boolean closed;

    /** @param running what is in flight: is added there before it asks for the engine, and removed at its end */
    public LazyEngine(GatewayClientSettings settings, TargetResolver names, Collection<?> running) {
        this.settings = settings;
        this.names = names;
        this.running = running;
    }

    /** @throws IllegalStateException if this is closed */
    public synchronized HttpEngine get() {
        if (closed) {
            throw new IllegalStateException("The client is closed");
        }
        if (engine == null) {
            engine = new HttpEngine(settings, names);
        }
        return engine;
    }

    /** Closes the engine and ends its threads, unless something is in flight. */
    public synchronized void closeIfIdle() {
        if (running.isEmpty()) {
            closeEngine();
        }
    }

    /** Closes every connection at once. */
    @Override
    public synchronized void close() {
        closed = true;
        closeEngine();
    }

    private void closeEngine() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }
}
