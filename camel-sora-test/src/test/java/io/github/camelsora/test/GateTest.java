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
package io.github.camelsora.test;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class GateTest {

    @RegisterExtension
    static final SoraSimulatorExtension SORA = new SoraSimulatorExtension();

    private final Client client = new Client(SORA.simulator());

    @Test
    void aStreamWaitsAfterThePercentageUntilTheGateIsOpened() throws Exception {
        Gate gate = new Gate();
        SORA.simulator().answer(Answer.success().holdAt(44, gate));

        try (InputStream stream = client.open("a dog").body()) {
            String before = Client.readUntil(stream, "44..\"},\"finish_reason\":null}]}\n\n");
            gate.awaitReached(Client.LIMIT);
            assertThat(gate.isReached()).isTrue();
            assertThat(gate.isOpen()).isFalse();
            assertThat(stream.available()).as("bytes after the gate").isZero();
            assertThat(Client.report(before)).endsWith("12..27..44..");

            gate.open();

            assertThat(Client.readUntil(stream, "[DONE]")).contains("61..");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Point.class, names = "FAILED", mode = EnumSource.Mode.EXCLUDE)
    void everyPointOfASuccessCanBeHeld(Point point) throws Exception {
        Gate gate = new Gate();
        SORA.simulator().answer(Answer.success().holdAt(point, gate));
        var response = client.generateAsync("a dog");

        gate.awaitReached(Client.LIMIT);
        assertThat(response).isNotDone();
        gate.open();

        assertThat(response.join().body()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void openGateHoldsNothing() throws Exception {
        Gate gate = new Gate();
        gate.open();
        SORA.simulator().answer(Answer.success().holdAt(Point.SUBMITTED, gate));

        assertThat(client.generate("a dog").body()).contains("[DONE]");
    }

    @Test
    void refusalCanBeHeldAtAGate() throws Exception {
        Gate gate = new Gate();
        SORA.simulator().answer(Answer.status(429).holdAt(Point.ACCEPTED, gate));
        var response = client.generateAsync("a dog");

        gate.awaitReached(Client.LIMIT);
        assertThat(response).isNotDone();
        gate.open();

        assertThat(response.join().statusCode()).isEqualTo(429);
    }

    @Test
    void gateThatIsNotReachedIsAnAssertionError() {
        assertThatThrownBy(() -> new Gate().awaitReached(Duration.ofMillis(10))).isInstanceOf(AssertionError.class);
    }

    @Test
    void aPointThatTheAnswerDoesNotHaveIsAnErrorAtOnce() {
        Gate gate = new Gate();
        for (Runnable mistake : List.<Runnable>of(
                () -> Answer.success().holdAt(94, gate),
                () -> Answer.success().cutAfter(Point.FAILED),
                () -> Answer.chunks("data: x\n\n").holdAt(Point.SUBMITTED, gate),
                () -> Answer.success().cutAt(5))) {
            assertThatThrownBy(mistake::run).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
