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
package io.github.camelsora.benchmarks;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.measure.Figures;

/** What one run of one client gave. */
record Measurement(Load load, ClientKind client, int run, Figures figures) {

    /** Whether something that a route author waits for has not come, or came twice, or out of order. */
    boolean hasLosses() {
        return figures.values().isEmpty() || !(figures.get("disordered") == 0)
                || (load.held() ? figures.get("completed") < load.streams() || figures.get("lost") > 0
                        : figures.get("failed") > 0);
    }
}
