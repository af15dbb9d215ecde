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

/** What is asked of a link, and how its answer is read: as text ({@link TextReading}) or as a video ({@link VideoReading}). */
interface LinkReading {

    /** How long each step to a usable connection may take. */
    Duration connectTimeout();

    /** How long the link may be silent. */
    Duration readTimeout();

    /** How long everything may take. */
    Duration timeout();

    /** The headers of each request. */
    Map<String, String> headers();

    /** Whether a redirect to a video is the answer, so that nothing is sent there. */
    boolean endsAtVideo();

    /** Whether the link is silent because we read no more of it for now. */
    boolean isHeldBack();

    /**
     * Reads the answer to one request.
     *
     * @param alive to be run when something has come
     */
    LinkResponseReader reader(ExchangeLifecycle<LinkRequest.End> lifecycle, Link link, Runnable alive);
}
