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
package io.github.camelsora.internal.protocol;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

import io.github.camelsora.internal.http.GatewayEnd;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HostChoiceTest {

    private static final URI FIRST = URI.create("https://api.example/v1/chat/completions");
    private static final URI FALLBACK = URI.create("https://proxy.example/v1/chat/completions");
    private static final ChatCall CALL = call(FALLBACK);
    private static final GatewayEnd OVERLOADED = new GatewayEnd.Answered(524, null, new byte[0], null);

    private Instant now = Instant.EPOCH;
    private final HostChoice hosts = new HostChoice(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private static ChatCall call(URI fallback) {
        return new ChatCall(FIRST, fallback, Map.of(), new byte[0],
                new ChatCall.Limits(Duration.ofMinutes(5), Duration.ofMinutes(60), 1 << 20));
    }

    @Test
    void theFirstHostIsAvoidedForAWhileAndThenTriedAgain() {
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
        hosts.learn(CALL, FIRST, OVERLOADED);
        assertThat(hosts.choose(CALL)).isEqualTo(FALLBACK);
        now = now.plus(HostChoice.AVOIDANCE);
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
    }

    @Test
    void noConnectionIsAReasonAndABreakIsNone() {
        hosts.learn(CALL, FIRST, new GatewayEnd.Broken(new IOException("reset")));
        hosts.learn(CALL, FIRST, new GatewayEnd.Answered(500, null, new byte[0], null));
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
        hosts.learn(CALL, FIRST, new GatewayEnd.NotSent(new IOException("refused")));
        assertThat(hosts.choose(CALL)).isEqualTo(FALLBACK);
    }

    @Test
    void theFallbackIsNeverAvoidedForTheFirst() {
        hosts.learn(CALL, FALLBACK, OVERLOADED);
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
    }

    @Test
    void aFallbackThatIsNotReachedIsNoReasonToAvoidTheFirst() {
        hosts.learn(CALL, FIRST, OVERLOADED);
        hosts.learn(CALL, FALLBACK, new GatewayEnd.NotSent(new IOException("refused")));
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
    }

    @Test
    void withoutAFallbackThereIsNoChoice() {
        hosts.learn(call(null), FIRST, OVERLOADED);
        assertThat(hosts.choose(call(null))).isEqualTo(FIRST);
    }
}
