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

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.DownloadFailedException.Failure;
import io.github.camelsora.event.DownloadFailedException.Reason;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.link.LinkAnswer;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.Seconds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches one video, attempt by attempt: after a break it asks for the rest, if the server says how to recognise the video,
 * and else for the whole again. Gives up after five attempts in a row that brought hardly anything. Holds no thread while it
 * waits for the server. Ends exactly once, with the whole file or with none. Thread-safe.
 */
public final class Download {

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    private static final int MAX_FRUITLESS = 5;
    private static final Runnable NOTHING = () -> { };

    private final DownloadOrder.Way way;
    private final DownloadOrder.Workers workers;
    private final DownloadOrder order;
    private final DownloadListener listener;
    private final PartFile file;
    private final Transfer transfer;
    private final long deadline;
    private final Object lock = new Object();
    // Changed by one attempt at a time.
    private Link link;
    private SoraVideo video;
    private int fruitless;
    private boolean refreshed;
    /** Whether the whole file is about to be moved. Used on the disk's thread alone. */
    private boolean keeping;
    // Guarded by the lock.
    private boolean over;
    private int waits;
    private Runnable stop = NOTHING;

    public Download(DownloadOrder order, DownloadOrder.Way way, DownloadOrder.Workers workers, DownloadListener listener) {
        this.order = order;
        this.way = way;
        this.workers = workers;
        this.listener = listener;
        this.link = order.link();
        this.video = order.video();
        this.file = new PartFile(order.target(), workers.disk(), this::notStored);
        this.transfer = new Transfer(file, way.maxSize(), listener::progress);
        this.deadline = System.nanoTime() + way.times().timeout().toNanos();
    }

    /** Begins. Returns at once. */
    public void start() {
        attempt();
    }

    /** Ends the download, unless it has ended, and removes its file. From any thread. */
    public void cancel(String why) {
        fail(Reason.CANCELLED, 0, "the download was stopped, because " + why, null);
    }

    private void attempt() {
        Duration left = Duration.ofNanos(deadline - System.nanoTime());
        if (left.isNegative() || left.isZero()) {
            tooSlow();
            return;
        }
        Transfer.Answer answer = transfer.ask();
        waitFor(() -> {
            GatewayCall call = way.fetch(link, left, answer, ended -> ended(answer, ended));
            return call::cancel;
        });
    }

    /** Begins to wait for something that can be stopped, and that perhaps comes before this returns. */
    private void waitFor(Supplier<Runnable> begins) {
        int wait;
        synchronized (lock) {
            if (over) {
                return;
            }
            wait = ++waits;
            stop = NOTHING;
        }
        Runnable stops = begins.get();
        synchronized (lock) {
            if (wait == waits && !over) {
                stop = stops;
                return;
            }
            if (!over) {
                return;
            }
        }
        stops.run();
    }

    private void ended(Transfer.Answer answer, LinkAnswer ended) {
        AnswerCheck.Verdict.Unusable unusable = answer.unusable();
        if (ended instanceof LinkAnswer.Received) {
            received(answer);
        } else if (ended instanceof LinkAnswer.Declined && unusable != null) {
            fail(unusable.reason(), 0, host() + " " + unusable.message(), null);
        } else if (ended instanceof LinkAnswer.Text text) {
            refused(text.status(), text.retryAfter());
        } else if (ended instanceof LinkAnswer.Untrusted untrusted) {
            fail(Reason.UNTRUSTED, 0, untrusted.why(), null);
        } else if (ended instanceof LinkAnswer.Unreachable unreachable) {
            again(String.valueOf(unreachable.cause().getMessage()), 0, unreachable.cause(), null);
        } else {
            cancel("the component sora is stopping");
        }
    }

    private void received(Transfer.Answer answer) {
        if (!answer.isWhole()) {
            again(host() + " sent no more", 0, null, null);
        } else if (transfer.received() == 0) {
            fail(Reason.BAD_ANSWER, 0, host() + " answered without a video", null);
        } else {
            complete();
        }
    }

    /** What the server says, or does, is no reason to give up yet. */
    private void again(String what, int status, @Nullable IOException cause, @Nullable Duration retryAfter) {
        fruitless = transfer.hasAdvanced() ? 0 : fruitless + 1;
        LOG.debug("Download from {} goes on at {}: {}", host(), transfer.position(), what);
        if (deadline - System.nanoTime() <= 0) {
            tooSlow();
        } else if (fruitless >= MAX_FRUITLESS) {
            fail(Reason.BROKEN, status, "it got no further than " + transfer.position() + " in " + MAX_FRUITLESS
                    + " attempts in a row; the last time, " + what, cause);
        } else {
            long pause = fruitless == 0 ? 0 : way.pause().toMillis();
            pause = retryAfter == null ? pause : Math.max(pause, retryAfter.toMillis());
            pauseFor(Math.min(pause, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()) + 1));
        }
    }

    private void pauseFor(long millis) {
        waitFor(() -> {
            try {
                Future<?> pause = workers.timer().schedule(this::attempt, millis, TimeUnit.MILLISECONDS);
                return () -> pause.cancel(false);
            } catch (RejectedExecutionException e) {
                cancel("the component sora is stopping");
                return NOTHING;
            }
        });
    }

    private void tooSlow() {
        fail(Reason.BROKEN, 0, "it got no further than " + transfer.position() + " in " + Seconds.of(way.times().timeout())
                + " (requestTimeout)", null);
    }

    private String host() {
        return link.uri().getHost();
    }

    private void refused(int status, @Nullable Duration retryAfter) {
        switch (status) {
            case 401, 403, 404, 410 -> expired(status);
            case 416 -> {
                // The video has become shorter, or never was as long as the server said.
                transfer.forget();
                again(host() + " answered 416 to the rest of the video", status, null, retryAfter);
            }
            default -> {
                if (status / 100 == 5 || status == 408 || status == 425 || status == 429) {
                    again(host() + " answered " + status, status, null, retryAfter);
                } else {
                    fail(Reason.REFUSED, status, host() + " answered " + status, null);
                }
            }
        }
    }

    private void expired(int status) {
        if (refreshed) {
            fail(Reason.EXPIRED, status, host() + " answered " + status + " to a fresh link, too", null);
            return;
        }
        refreshed = true;
        waitFor(() -> order.fresh().ask(found -> {
            if (found instanceof DownloadOrder.FreshLink.Found.None none) {
                gone(status, none.why());
            } else if (found instanceof DownloadOrder.FreshLink.Found.Video fresh) {
                Link other = Link.of(fresh.video().videoUrl());
                if (other == null || other.equals(link)) {
                    gone(status, "its task still names the same one");
                } else {
                    LOG.debug("The link to {} answered {}, and there is a fresh one", host(), status);
                    link = other;
                    video = fresh.video();
                    attempt();
                }
            }
        }));
    }

    private void gone(int status, String why) {
        fail(Reason.EXPIRED, status, host() + " answered " + status + ", so the link has expired, and there is no fresh one: "
                + why, null);
    }

    private void complete() {
        long size = transfer.received();
        String contentType = transfer.contentType();
        file.finish(this::beginsToKeep, contentType, kept -> {
            keeping = false;
            listener.ended(new DownloadEnd.Stored(video, kept, size, contentType));
        });
    }

    private boolean beginsToKeep() {
        keeping = ends();
        return keeping;
    }

    private boolean ends() {
        synchronized (lock) {
            boolean first = !over;
            over = true;
            return first;
        }
    }

    /** On the disk's thread. */
    private void notStored(IOException cause) {
        if (ends() || keeping) {
            keeping = false;
            end(Reason.NOT_STORED, 0, "the file could not be written: " + cause, cause);
        }
    }

    private void fail(Reason reason, int status, String what, @Nullable IOException cause) {
        if (ends()) {
            end(reason, status, what, cause);
        }
    }

    private void end(Reason reason, int status, String what, @Nullable IOException cause) {
        Runnable stops;
        synchronized (lock) {
            stops = stop;
            stop = NOTHING;
        }
        stops.run();
        String taskId = video.taskId();
        DownloadFailedException failure = new DownloadFailedException("The video" + (taskId == null ? "" : " of task " + taskId)
                + " was not fetched: " + what, video, new Failure(reason, status));
        if (cause != null) {
            failure.addSuppressed(cause);
        }
        file.discard(() -> listener.ended(new DownloadEnd.Failed(failure)));
    }
}
