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

import org.jspecify.annotations.Nullable;


/**
 * Which host of a gateway the next request goes to: the first one, or for a while the fallback, after the first one was not
 * reached or answered 504 or 524 (goapi documents it for the latter), unless the fallback is not reached either. One per
 * endpoint; thread-safe.
 */
public final class HostFailover {

    static final Duration AVOIDANCE = Duration.ofMinutes(10);

    private final Clock clock;
    private volatile Instant avoidUntil = Instant.MIN;

    public HostFailover(Clock clock) {
        this.clock = clock;
    }

    URI choose(ChatCall call) {
        return call.fallbackUri() != null && clock.instant().isBefore(avoidUntil) ? call.fallbackUri() : call.uri();
    }

    void notReached(ChatCall call, URI used) {
        avoidUntil = call.fallbackUri() != null && used.equals(call.uri()) ? avoidance() : Instant.MIN;
    }

    /** Returns the host that the next requests go to because of this answer, or {@code null} if it changes nothing. */
    @Nullable String answered(ChatCall call, URI used, int status) {
        boolean overloaded = status == 504 || status == 524;
        if (call.fallbackUri() == null || !overloaded) {
            return null;
        }
        if (used.equals(call.uri())) {
            avoidUntil = avoidance();
        }
        return call.fallbackUri().getAuthority();
    }

    private Instant avoidance() {
        return clock.instant().plus(AVOIDANCE);
    }
}
