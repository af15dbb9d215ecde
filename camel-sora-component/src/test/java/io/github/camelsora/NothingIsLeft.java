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
import java.util.TreeMap;

import io.github.camelsora.test.SoraSimulator;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Fails a route test that leaves something behind: a socket, a generation, a timer, a task of a worker, an exchange in flight.
 * Looks when the test method is done and before the Camel context stops, which would end what is left. A test that has failed
 * already is not looked at.
 */
final class NothingIsLeft implements BeforeTestExecutionCallback, AfterTestExecutionCallback {

    /** What is over may take a moment to be gone. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private CamelContext context;
    private SoraRuntime runtime;

    @Override
    public void beforeTestExecution(ExtensionContext test) {
        context = test(test).context();
        // Now, as a component that a test has stopped tells nothing any more.
        runtime = context.getComponent("sora", SoraComponent.class).runtime();
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isEmpty()) {
            check(test(test).simulator(), LIMIT);
        }
    }

    private static SoraRouteTest test(ExtensionContext test) {
        return (SoraRouteTest) test.getRequiredTestInstance();
    }

    void check(SoraSimulator simulator, Duration limit) {
        await().atMost(limit).untilAsserted(() -> assertThat(left(simulator)).as("what the test leaves behind").isEmpty());
    }

    private Map<String, Integer> left(SoraSimulator simulator) {
        Map<String, Integer> left = new TreeMap<>(Map.of(
                "open sockets", simulator.connections(),
                "generations in flight", runtime.inflight(),
                "timers", runtime.pendingTimers(),
                "tasks of workers", runtime.pendingTasks(),
                "exchanges in flight", context.getInflightRepository().size()));
        left.values().removeIf(count -> count == 0);
        return left;
    }
}
