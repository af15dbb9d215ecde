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
package io.github.camelsora.internal.link;

import java.time.Duration;
import java.util.Map;

import io.github.camelsora.internal.http.ExchangeLifecycle;
import io.github.camelsora.internal.text.Link;

/** Asks for a video, or for the rest of one, and passes it on. Redirects to a video are followed. */
record VideoReading(VideoTimes times, VideoTaker taker) implements LinkReading {

    private static final String ACCEPT = "video/*, */*;q=0.5";

    @Override
    public Duration connectTimeout() {
        return times.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return times.readTimeout();
    }

    @Override
    public Duration timeout() {
        return times.timeout();
    }

    @Override
    public Map<String, String> headers() {
        VideoPart part = taker.part();
        return part == null ? Map.of("Accept", ACCEPT)
                : Map.of("Accept", ACCEPT, "Range", "bytes=" + part.from() + "-", "If-Range", part.validator());
    }

    @Override
    public boolean endsAtVideo() {
        return false;
    }

    @Override
    public boolean isHeldBack() {
        return taker.isFull();
    }

    @Override
    public LinkResponseReader reader(ExchangeLifecycle<LinkRequest.End> lifecycle, Link link, Runnable alive) {
        return new LinkVideoReader(lifecycle, link, taker, alive);
    }
}
