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

import io.github.camelsora.internal.http.GatewayEnd;

/**
 * Which host of a gateway the next request goes to: the first one, or for a while the fallback, after the first one was not
 * reached or answered 504 or 524 (goapi documents it for the latter), unless the fallback is not reached either. One per
 * endpoint; thread-safe.
 */
public final class HostChoice {

    static final Duration AVOIDANCE = Duration.ofMinutes(10);

    private final Clock clock;
    private volatile Instant avoidUntil = Instant.MIN;

    public HostChoice(Clock clock) {
        this.clock = clock;
    }

    URI choose(ChatCall call) {
        return call.fallbackUri() != null && clock.instant().isBefore(avoidUntil) ? call.fallbackUri() : call.uri();
    }

    void learn(ChatCall call, URI used, GatewayEnd end) {
        boolean notSent = end instanceof GatewayEnd.NotSent;
        boolean overloaded = end instanceof GatewayEnd.Answered answer && (answer.status() == 504 || answer.status() == 524);
        if (call.fallbackUri() != null && used.equals(call.uri()) && (overloaded || notSent)) {
            avoidUntil = clock.instant().plus(AVOIDANCE);
        } else if (used.equals(call.fallbackUri()) && notSent) {
            avoidUntil = Instant.MIN;
        }
    }
}
