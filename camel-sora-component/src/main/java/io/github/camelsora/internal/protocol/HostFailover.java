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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses between a gateway's first host and its fallback. The fallback is used for ten minutes after the first host was
 * unreachable or answered 504 or 524 (goapi documents 524). If the fallback is unreachable too, the first host is used again.
 * One per endpoint; thread-safe.
 */
public final class HostFailover {

    private static final Logger LOG = LoggerFactory.getLogger(HostFailover.class);

    static final Duration FALLBACK_DURATION = Duration.ofMinutes(10);

    private final Clock clock;
    private volatile Instant fallbackUntil = Instant.MIN;

    public HostFailover(Clock clock) {
        this.clock = clock;
    }

    URI choose(ChatCall call) {
        return call.fallbackUri() != null && clock.instant().isBefore(fallbackUntil) ? call.fallbackUri() : call.uri();
    }

    void notReached(ChatCall call, URI used) {
        if (call.fallbackUri() != null && used.equals(call.uri())) {
            useFallback(call, "was not reached");
        } else {
            fallbackUntil = Instant.MIN;
        }
    }

    /** Returns the host that the next requests go to because of this answer, or {@code null} if it changes nothing. */
    @Nullable String answered(ChatCall call, URI used, int status) {
        boolean overloaded = status == 504 || status == 524;
        if (call.fallbackUri() == null || !overloaded) {
            return null;
        }
        if (used.equals(call.uri())) {
            useFallback(call, "answered " + status);
        }
        return call.fallbackUri().getAuthority();
    }

    // Key and prompts go to another host from here on: that is worth a line.
    private void useFallback(ChatCall call, String why) {
        Instant now = clock.instant();
        if (!now.isBefore(fallbackUntil) && call.fallbackUri() != null) {
            LOG.info("Host {} {}: requests, with key and prompts, go to its fallback host {} for {} minutes "
                    + "(fallbackEnabled=false turns this off)", call.uri().getAuthority(), why,
                    call.fallbackUri().getAuthority(), FALLBACK_DURATION.toMinutes());
        }
        fallbackUntil = now.plus(FALLBACK_DURATION);
    }
}
