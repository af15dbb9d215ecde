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
package io.github.camelsora.examples.fleet;

import java.util.Locale;

import org.apache.camel.builder.RouteBuilder;

/** When an order is acknowledged. */
enum Way {

    /** When its video has been sent: see {@link TransactedRoutes}. */
    TRANSACTED(TransactedRoutes.class),

    /** When its task is in the database: see {@link EarlyRoutes}. */
    EARLY(EarlyRoutes.class);

    private final Class<? extends RouteBuilder> routes;

    Way(Class<? extends RouteBuilder> routes) {
        this.routes = routes;
    }

    static Way of(String name) {
        return valueOf(name.strip().toUpperCase(Locale.ROOT));
    }

    Class<? extends RouteBuilder> routes() {
        return routes;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
