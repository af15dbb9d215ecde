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

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Duration;

import io.github.camelsora.test.SoraSimulator;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.commons.support.AnnotationSupport.isAnnotated;

/**
 * Fails a route test that leaves something behind: a socket, a generation, a timer, a task of a worker, an exchange in flight.
 * Looks when the test method is done and before the Camel context stops, which would end what is left. A test that failed is
 * not looked at.
 */
final class NothingIsLeft implements AfterTestExecutionCallback {

    /** On a test that leaves something behind on purpose. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Except {

        /** What, and why. */
        String value();
    }

    @Override
    public void afterTestExecution(ExtensionContext test) {
        if (test.getExecutionException().isEmpty() && !isAnnotated(test.getRequiredTestMethod(), Except.class)) {
            SoraRouteTest instance = (SoraRouteTest) test.getRequiredTestInstance();
            check(instance.context(), instance.simulator());
        }
    }

    /** Waits up to ten seconds: what is over may take a moment to be gone. */
    static void check(CamelContext context, SoraSimulator simulator) {
        SoraRuntime runtime = context.getComponent("sora", SoraComponent.class).runtime();
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(simulator.connections()).as("open sockets").isZero();
            assertThat(runtime.inflight()).as("generations in flight").isZero();
            assertThat(runtime.pendingTimers()).as("timers").isZero();
            assertThat(runtime.pendingTasks()).as("tasks").isZero();
            assertThat(context.getInflightRepository().browse()).as("exchanges in flight").isEmpty();
        });
    }
}
