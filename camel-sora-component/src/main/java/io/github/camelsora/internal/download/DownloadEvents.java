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

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraFailureCategory;
import io.github.camelsora.event.SoraOutcome;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.delivery.EventDelivery;
import io.github.camelsora.internal.delivery.EventListener;
import io.github.camelsora.internal.delivery.ReplyFailures;
import io.github.camelsora.internal.delivery.ReplyLimit;
import org.jspecify.annotations.Nullable;

/** The events of one download: PROGRESS for each percentage, then COMPLETED or FAILED. Thread-safe. */
public final class DownloadEvents implements DownloadListener {

    private final Sink sink;
    private final SoraFacts facts;
    private final Clock clock;
    private final Consumer<String> stop;
    private final Consumer<DownloadEnd> atEnd;
    private final EventDelivery delivery;
    private final ReplyFailures failures = new ReplyFailures();
    private int sequence;
    private @Nullable DownloadEnd end;

    /**
     * Who hears of a download.
     *
     * @param workers tell the events and the end
     * @param limit how long the end waits for the listener
     * @param stopOnException whether a listener that fails ends the download
     */
    public record Sink(EventListener listener, Executor workers, ReplyLimit limit, boolean stopOnException) {
    }

    /**
     * @param stop ends the download; takes why
     * @param atEnd told on a worker, once, when all events have been sent
     */
    public DownloadEvents(Sink sink, SoraVideo video, Clock clock, Consumer<String> stop, Consumer<DownloadEnd> atEnd) {
        this.sink = sink;
        this.facts = SoraFacts.of(video);
        this.clock = clock;
        this.stop = stop;
        this.atEnd = atEnd;
        this.delivery = new EventDelivery(sink.listener(), sink.workers(), this::replyFailed, sink.limit());
    }

    @Override
    public void progress(int percent) {
        if (sink.listener() == EventListener.NOBODY) {
            return;
        }
        synchronized (this) {
            delivery.add(new SoraEvent.Progress(facts.at(++sequence, clock.millis(), percent)));
        }
        delivery.deliver();
    }

    @Override
    public void ended(DownloadEnd ended) {
        synchronized (this) {
            end = ended;
            addEnd(ended);
            delivery.end(() -> atEnd.accept(ended));
        }
        delivery.deliver();
    }

    /** The end waits for listeners no longer than a stop may take. */
    public void hurry() {
        delivery.hurry();
    }

    private void addEnd(DownloadEnd ended) {
        Long now = clock.millis();
        if (ended instanceof DownloadEnd.Stored stored) {
            SoraFacts all = SoraFacts.of(stored.video()).or(facts).at(++sequence, now, 100);
            delivery.add(new SoraEvent.Completed(all, stored.video()));
        } else if (ended instanceof DownloadEnd.Failed failed) {
            delivery.add(new SoraEvent.Failed(facts.at(++sequence, now, null), failure(failed.exception())));
        }
    }

    private static SoraFailure failure(DownloadFailedException exception) {
        SoraFailureCategory category = switch (exception.getReason()) {
            case UNTRUSTED -> SoraFailureCategory.CONFIGURATION;
            case NOT_STORED, CANCELLED -> SoraFailureCategory.UNKNOWN;
            case EXPIRED, REFUSED, TOO_LARGE, BAD_ANSWER, BROKEN -> SoraFailureCategory.UPSTREAM;
        };
        return new SoraFailure(SoraOutcome.NOT_DOWNLOADED, category, String.valueOf(exception.getMessage()),
                exception.isRetryable(), false);
    }

    private void replyFailed(SoraEvent event, Throwable failure) {
        failures.log(event, failure);
        if (!sink.stopOnException() || event.last()) {
            return;
        }
        synchronized (this) {
            delivery.clear();
            sequence = event.getSequence();
            if (end != null) {
                addEnd(end);
            }
        }
        stop.accept("the reply for event " + event.getSequence() + " failed (stopOnException): " + failure);
    }
}
