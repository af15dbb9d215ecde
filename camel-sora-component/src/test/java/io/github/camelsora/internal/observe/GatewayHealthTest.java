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

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.github.camelsora.event.GatewayRefusedException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.internal.generation.GenerationObserver;
import io.github.camelsora.internal.generation.GenerationRequest;
import io.github.camelsora.internal.generation.GenerationResult;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayHealthTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final GatewayHealth health = new GatewayHealth(new Clock() {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private void refused(int status, SoraFailureCategory category) {
        GatewayRefusedException refused = new GatewayRefusedException("refused", SoraFacts.builder().build(),
                new GatewayRefusedException.Answer(status, null), null, category);
        GenerationResult result = new GenerationResult.Failed(
                new SoraEvent.Failed(refused.facts(), SoraFailure.of(refused)), refused, false, false);
        health.ended(new GenerationObserver.End(new GenerationRequest("g", "goapi", "sora-2", "x", List.of()), result, null,
                Duration.ofSeconds(1), null, false));
    }

    @Test
    void threeRequestsWithoutAConnectionInARowAreDownAndAnAnswerIsUp() {
        refused(0, SoraFailureCategory.UPSTREAM);
        refused(0, SoraFailureCategory.UPSTREAM);
        assertThat(health.down()).isNull();
        refused(0, SoraFailureCategory.UPSTREAM);
        assertThat(health.down().message()).isEqualTo("3 requests in a row got no connection");
        health.answered();
        assertThat(health.down()).isNull();
    }

    @Test
    void aBusyGatewayIsUpAndBreaksTheRow() {
        refused(0, SoraFailureCategory.UPSTREAM);
        refused(0, SoraFailureCategory.UPSTREAM);
        refused(429, SoraFailureCategory.CAPACITY);
        refused(0, SoraFailureCategory.UPSTREAM);
        assertThat(health.down()).isNull();
        assertThat(health.last().category()).isEqualTo(SoraFailureCategory.UPSTREAM);
    }

    @Test
    void aRefusedKeyIsDownAtOnce() {
        refused(401, SoraFailureCategory.AUTHENTICATION);
        assertThat(health.down().message()).isEqualTo("the gateway answered 401: check the key");
    }

    @Test
    void whatTheComponentItselfHasWithdrawnSaysNothing() {
        for (int i = 0; i < 5; i++) {
            refused(0, SoraFailureCategory.CANCELLED);
            refused(0, SoraFailureCategory.UNKNOWN);
        }
        assertThat(health.down()).isNull();
    }

    @Test
    void whatWasSeenLongAgoSaysNothing() {
        refused(403, SoraFailureCategory.AUTHENTICATION);
        now = now.plus(Duration.ofMinutes(6));
        assertThat(health.down()).isNull();
    }
}
