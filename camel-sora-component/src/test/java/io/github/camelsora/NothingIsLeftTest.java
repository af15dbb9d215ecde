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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.test.Answer;
import io.github.camelsora.test.Gate;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The check itself finds what a test leaves behind. */
class NothingIsLeftTest extends SoraRouteTest {

    @Test
    void aGenerationInFlightIsFound() throws Exception {
        Gate gate = new Gate();
        routes(route -> route.from("direct:in").to("sora:generate"));
        simulator().answer(Answer.success().holdAt(12, gate));
        CompletableFuture<Exchange> exchange = template.asyncSend("direct:in", each -> each.getMessage().setBody("x"));
        gate.awaitReached(Duration.ofSeconds(10));

        assertThatThrownBy(() -> nothingIsLeft.check(simulator(), Duration.ofMillis(200)))
                .hasMessageContaining("\"open sockets\"=1").hasMessageContaining("\"generations in flight\"=1")
                .hasMessageContaining("\"exchanges in flight\"=1").hasMessageContaining("\"timers\"=");

        gate.open();
        exchange.get(10, TimeUnit.SECONDS);
    }
}
