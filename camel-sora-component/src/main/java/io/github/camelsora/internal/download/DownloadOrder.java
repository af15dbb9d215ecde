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
package io.github.camelsora.internal.download;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.link.LinkAnswer;
import io.github.camelsora.internal.link.LinkClient;
import io.github.camelsora.internal.link.LinkTrust;
import io.github.camelsora.internal.link.VideoTaker;
import io.github.camelsora.internal.link.VideoTimes;
import io.github.camelsora.internal.text.Link;

/**
 * What is to be fetched, and where to.
 *
 * @param video what is known of it, for messages
 * @param link the video
 * @param target where its file goes
 * @param fresh finds another link if this one has expired
 */
public record DownloadOrder(SoraVideo video, Link link, VideoTarget target, FreshLink fresh) {

    /** Finds a fresh link for a video whose link has expired. */
    public interface FreshLink {

        /** There is none, and nobody to ask. */
        FreshLink NONE = found -> {
            found.accept(new Found.None("nothing is known of its task"));
            return () -> { };
        };

        /**
         * Asks, without waiting.
         *
         * @param found told once, perhaps before this returns
         * @return stops asking
         */
        Runnable ask(Consumer<Found> found);

        /** What was found. */
        sealed interface Found {

            /** There is one. */
            record Video(SoraVideo video) implements Found {
            }

            /** There is none; {@code why} is a clause. */
            record None(String why) implements Found {
            }
        }
    }

    /**
     * How downloads are done.
     *
     * @param client follows links
     * @param trust which links may be followed
     * @param times of one download, with all its attempts
     * @param pause after an attempt that brought nothing
     * @param maxSize of a video, in bytes
     */
    public record Way(LinkClient client, LinkTrust trust, VideoTimes times, Duration pause, long maxSize) {

        GatewayCall fetch(Link link, Duration left, VideoTaker taker, Consumer<LinkAnswer> listener) {
            return client.fetch(link, trust, new VideoTimes(times.connectTimeout(), times.readTimeout(), left), taker,
                    listener);
        }
    }

    /**
     * Who does the work of downloads.
     *
     * @param disk may be blocked by files; must have a thread for each download if need be
     * @param timer runs the pauses between attempts
     */
    public record Workers(Executor disk, ScheduledExecutorService timer) {
    }
}
