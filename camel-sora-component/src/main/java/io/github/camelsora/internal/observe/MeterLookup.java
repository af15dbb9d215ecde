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
package io.github.camelsora.internal.observe;

import java.util.Set;

import io.github.camelsora.internal.generation.GenerationObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/** Looks for the application's Micrometer registry, if the library is there. */
public final class MeterLookup {

    private static final String LIBRARY = "io.micrometer.core.instrument.MeterRegistry";
    /** The name under which camel-micrometer has it. */
    private static final String NAME = "metricsRegistry";

    private MeterLookup() {
    }

    /** The application's meters, or {@code null} if there are none (yet). */
    public static @Nullable GenerationObserver meters(CamelContext camel) {
        return camel.getClassResolver().resolveClass(LIBRARY) == null ? null : WithLibrary.meters(camel);
    }

    /** Loaded only where the library is there. */
    private static final class WithLibrary {

        static @Nullable GenerationObserver meters(CamelContext camel) {
            MeterRegistry registry = camel.getRegistry().lookupByNameAndType(NAME, MeterRegistry.class);
            if (registry == null) {
                Set<MeterRegistry> registries = camel.getRegistry().findByType(MeterRegistry.class);
                // Where there are several, Spring Boot has one that writes into all of them.
                registry = registries.stream().filter(CompositeMeterRegistry.class::isInstance).findFirst()
                        .or(() -> registries.stream().findFirst()).orElse(null);
            }
            return registry == null ? null : new MicrometerMeters(registry);
        }
    }
}
