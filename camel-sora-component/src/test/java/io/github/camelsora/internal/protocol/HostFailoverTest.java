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

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.github.camelsora.internal.http.GatewayRequest;
import io.github.camelsora.internal.http.RequestBody;
import io.github.camelsora.internal.http.RequestHeaders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HostFailoverTest {

    private static final URI FIRST = URI.create("https://api.example/v1/chat/completions");
    private static final URI FALLBACK = URI.create("https://proxy.example/v1/chat/completions");
    private static final ChatCall CALL = call(FALLBACK);

    private Instant now = Instant.EPOCH;
    private final HostFailover hosts = new HostFailover(new Clock() {
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
        return new ChatCall(FIRST, fallback, RequestHeaders.NONE, new RequestBody(new byte[0]),
                new GatewayRequest.Limits(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofMinutes(60), 1 << 20));
    }

    @Test
    void theFirstHostIsAvoidedForAWhileAndThenTriedAgain() {
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
        hosts.answered(CALL, FIRST, 524);
        assertThat(hosts.choose(CALL)).isEqualTo(FALLBACK);
        now = now.plus(HostFailover.FALLBACK_DURATION);
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
    }

    @Test
    void aHostThatIsNotReachedIsAvoidedAndOneThatAnswers500IsNot() {
        assertThat(hosts.answered(CALL, FIRST, 500)).isNull();
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
        hosts.notReached(CALL, FIRST);
        assertThat(hosts.choose(CALL)).isEqualTo(FALLBACK);
    }

    @Test
    void theFallbackIsNeverAvoidedForTheFirst() {
        hosts.answered(CALL, FALLBACK, 524);
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
    }

    @Test
    void aFallbackThatIsNotReachedIsNoReasonToAvoidTheFirst() {
        hosts.answered(CALL, FIRST, 524);
        hosts.notReached(CALL, FALLBACK);
        assertThat(hosts.choose(CALL)).isEqualTo(FIRST);
    }

    @Test
    void withoutAFallbackThereIsNoChoice() {
        assertThat(hosts.answered(call(null), FIRST, 524)).isNull();
        assertThat(hosts.choose(call(null))).isEqualTo(FIRST);
    }
}
