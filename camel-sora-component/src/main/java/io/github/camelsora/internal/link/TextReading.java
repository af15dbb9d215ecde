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

/** Asks for a text of limited size, such as the state of a task. A video is an answer too, of which nothing is read. */
record TextReading(LinkClient.Limits limits) implements LinkReading {

    private static final Map<String, String> HEADERS = Map.of("Accept", "application/json, text/*, */*;q=0.5");

    @Override
    public Duration connectTimeout() {
        return limits.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return limits.timeout();
    }

    @Override
    public Duration timeout() {
        return limits.timeout();
    }

    @Override
    public Map<String, String> headers() {
        return HEADERS;
    }

    @Override
    public boolean endsAtVideo() {
        return true;
    }

    @Override
    public boolean isHeldBack() {
        return false;
    }

    @Override
    public LinkResponseReader reader(ExchangeLifecycle<LinkRequest.End> lifecycle, Link link, Runnable alive) {
        return new LinkTextReader(lifecycle, link, limits.maxSize());
    }
}
