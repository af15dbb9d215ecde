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

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.link.LinkAnswer;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.Seconds;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the links of a task that exists until it is settled: asks each in turn, then waits, with exponential backoff and with
 * jitter, so that many tasks do not poll at the same moment (thundering herd), and at least as long as Retry-After says. HTML,
 * 404, 5xx and no connection mean "not yet". Gives up early if none of the links may be followed. Buys nothing, sends no key,
 * and holds no thread while it waits. Knows no report.
 */
final class TaskPoller implements GenerationProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPoller.class);
    private static final double GROWTH = 1.5;
    private static final double JITTER = 0.2;

    /** Asks a link once; the listener is told exactly once, perhaps before this returns. */
    interface LinkFetcher {
        GatewayCall ask(Link link, Consumer<LinkAnswer> listener);
    }

    /**
     * How often and how long to ask.
     *
     * @param delay before the second poll
     * @param maxDelay the longest pause between two polls
     * @param timeout when polling gives up
     */
    record Pace(Duration delay, Duration maxDelay, Duration timeout) {
    }

    private final LinkFetcher client;
    private final @Nullable String taskId;
    private final List<Link> links;
    private final Pace pace;
    private final Duration firstDelay;
    private final ScheduledExecutorService timer;

    @SuppressWarnings("NullAway.Init") // set by start(), before anything else happens
    private Listener listener;
    private double delayMillis;
    private volatile String lastAnswer = "nothing";
    private volatile @Nullable String refusal;
    private int refused;
    private @Nullable Duration retryAfter;
    private boolean over;
    private int polls;
    private @Nullable ScheduledFuture<?> next;
    private @Nullable ScheduledFuture<?> deadline;
    private @Nullable GatewayCall call;
    private final PollTimes times;

    /**
     * @param taskId the task that is followed, if its id is known: the record of another one is no answer
     * @param links asked in this order in every round
     * @param firstDelay before the first poll
     * @param observer told of polling
     */
    TaskPoller(LinkFetcher client, @Nullable String taskId, List<Link> links, Pace pace, Duration firstDelay,
            ScheduledExecutorService timer, PolledTask.Observer observer) {
        this.times = new PollTimes(taskId, observer);
        this.client = client;
        this.taskId = taskId;
        this.links = links;
        this.pace = pace;
        this.firstDelay = firstDelay;
        this.timer = timer;
        this.delayMillis = pace.delay().toMillis();
    }

    @Override
    public boolean isPaid() {
        return false;
    }

    @Override
    public void start(Listener told) {
        listener = told;
        told.started(this::cancel);
        told.accepted();
        times.begin(firstDelay.toMillis());
        synchronized (this) {
            if (over) {
                return;
            }
            deadline = timer.schedule(this::expired, pace.timeout().toMillis(), TimeUnit.MILLISECONDS);
            next = timer.schedule(this::askAll, firstDelay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void askAll() {
        refused = 0;
        retryAfter = null;
        times.asks(times.rounds() + 1);
        ask(0);
    }

    private void ask(int index) {
        int poll;
        synchronized (this) {
            if (over) {
                return;
            }
            poll = ++polls;
        }
        GatewayCall asked = client.ask(links.get(index), answer -> answered(index, answer));
        synchronized (this) {
            // The answer may have come already, and the next poll have been asked.
            if (poll == polls) {
                call = asked;
            }
            if (!over) {
                return;
            }
        }
        asked.cancel();
    }

    private void answered(int index, LinkAnswer answer) {
        try {
            read(index, answer);
        } catch (Throwable e) {
            // Nobody would ask again: without this, the generation would never end.
            if (finish()) {
                listener.ended(new ProtocolEnd.Broken(new IOException("The answer of a link could not be read: " + e, e)));
            }
        }
    }

    private void read(int index, LinkAnswer answer) {
        if (answer instanceof LinkAnswer.Untrusted untrusted) {
            refused(index, untrusted.why());
        } else if (answer instanceof LinkAnswer.TooLarge large) {
            refused(index, "the answer of its link is larger than " + large.limit() + " bytes (maxPayloadSize)");
        } else if (answer instanceof LinkAnswer.Media media) {
            recordRead(TaskRecord.ofVideo(media.link()));
        } else if (answer instanceof LinkAnswer.Text text) {
            TaskRecord task = text.status() / 100 == 2 ? TaskRecord.parse(text.body()) : null;
            waitAtLeast(text.retryAfter());
            lastAnswer = text.status() + (task == null && text.status() / 100 == 2 ? " without a task" : "");
            if (task != null && isOfAnother(task, text.body())) {
                lastAnswer = "the record of another task";
                notYet(index);
            } else if (task != null) {
                recordRead(task);
            } else {
                notYet(index);
            }
        } else if (answer instanceof LinkAnswer.Unreachable unreachable) {
            lastAnswer = unreachable.cause().getClass().getSimpleName();
            notYet(index);
        }
    }

    /**
     * Whether a record names a task and ours nowhere. The id can be that of another thing, such as the video: then it has
     * another prefix ({@code task_1}, {@code s_1}). A paid video must not be missed for that.
     */
    private boolean isOfAnother(TaskRecord task, byte[] body) {
        String named = task.taskId();
        return taskId != null && named != null && !taskId.equals(named) && !taskId.endsWith(":" + named)
                && prefix(taskId).equals(prefix(named)) && !new String(body, StandardCharsets.UTF_8).contains(taskId);
    }

    private static String prefix(String id) {
        return id.replaceFirst("^([A-Za-z]*)_.*|.*", "$1");
    }

    private void recordRead(TaskRecord task) {
        if (listener.seen(observed -> observed.record(task))) {
            if (finish()) {
                listener.ended(new ProtocolEnd.Finished());
            }
        } else {
            listener.pause();
            lastAnswer = "a task that is " + task.status();
            waitForNext();
        }
    }

    private void refused(int index, String why) {
        refused++;
        refusal = refusal == null ? why : refusal;
        notYet(index);
    }

    private void notYet(int index) {
        LOG.debug("Link {} of a task answered {}", index + 1, lastAnswer);
        if (index + 1 < links.size()) {
            ask(index + 1);
        } else if (refused == links.size() && refusal != null) {
            giveUp(refusal);
        } else {
            waitForNext();
        }
    }

    // All links are on one host, so its Retry-After applies to the whole round.
    private void waitAtLeast(@Nullable Duration asked) {
        if (asked != null && (retryAfter == null || asked.compareTo(retryAfter) > 0)) {
            retryAfter = asked;
        }
    }

    private synchronized void waitForNext() {
        if (over) {
            return;
        }
        double jitter = 1 + JITTER * (2 * ThreadLocalRandom.current().nextDouble() - 1);
        long wait = Math.max((long) (delayMillis * jitter), retryAfter == null ? 0 : retryAfter.toMillis());
        delayMillis = Math.min(delayMillis * GROWTH, pace.maxDelay().toMillis());
        times.waits(wait);
        next = timer.schedule(this::askAll, wait, TimeUnit.MILLISECONDS);
    }

    private void expired() {
        giveUp("its link gave no result for " + Seconds.of(pace.timeout()) + " (recoveryTimeout), the last answer was "
                + lastAnswer + (refusal == null ? "" : "; " + refusal));
    }

    private void giveUp(String why) {
        if (finish()) {
            listener.ended(new ProtocolEnd.GivenUp(why));
        }
    }

    private void cancel() {
        if (finish()) {
            listener.ended(new ProtocolEnd.Cancelled());
        }
    }

    private boolean finish() {
        GatewayCall pending;
        synchronized (this) {
            if (over) {
                return false;
            }
            over = true;
            if (next != null) {
                next.cancel(false);
            }
            if (deadline != null) {
                deadline.cancel(false);
            }
            pending = call;
        }
        times.end();
        if (pending != null) {
            pending.cancel();
        }
        return true;
    }
}
