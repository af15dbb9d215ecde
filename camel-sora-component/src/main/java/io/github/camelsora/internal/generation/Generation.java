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
package io.github.camelsora.internal.generation;

import java.time.Duration;
import java.util.function.Supplier;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.internal.delivery.EventDelivery;
import io.github.camelsora.internal.delivery.ReplyFailures;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.ProtocolEnd;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.report.ReportTooLargeException;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from request to outcome: what a protocol sees goes into {@link TaskKnowledge}, what becomes known goes out as
 * events, and what is known at the end decides the outcome. A generation whose stream is lost goes on by polling, if its task
 * can be followed. Knows no wire format and no exchange.
 *
 * <p>Decides under its lock, and calls out after it: neither a listener, nor a route, nor a protocol is called while the lock
 * is held. Ends exactly once, with one {@link GenerationResult}, after its last event has been sent. Thread-safe.
 */
public final class Generation {

    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);
    private static final Runnable NOTHING = () -> { };

    private final Object lock = new Object();
    private final GenerationRequest request;
    private final GenerationListener listener;
    private final @Nullable TaskRecovery recovery;
    private final boolean stopOnException;
    private final EventDelivery delivery;
    private final TaskKnowledge task;
    private final WithoutSecrets foreign;
    private final PendingWrites writes;
    private final EventSequence events;
    private final ReplyFailures replyFailures = new ReplyFailures();
    private boolean paid;
    private boolean accepted;
    /** Why the component stops this; what has not been sent yet is not sent any more. */
    private @Nullable StopReason stopping;
    private boolean cancelled;
    private @Nullable Follower follower;
    private @Nullable GenerationLostException broken;
    private @Nullable GenerationResult result;

    Generation(GenerationBuilder builder) {
        this.request = builder.request;
        this.listener = builder.listener;
        this.recovery = builder.recovery;
        this.stopOnException = builder.stopOnException;
        this.delivery = new EventDelivery(builder.events, builder.workers, this::replyFailed, builder.replyLimit());
        this.task = new TaskKnowledge(request, builder.maxReportSize, builder.known);
        this.foreign = new WithoutSecrets(task, builder.secrets);
        this.writes = new PendingWrites(builder.journal, delivery);
        this.events = new EventSequence(builder, task, delivery, writes);
    }

    /** Tells this generation from all others. */
    public String id() {
        return request.id();
    }

    /** Sends the request, or goes on with its task. Returns at once. */
    public void start(GenerationProtocol protocol) {
        LOG.debug("{} starts", request);
        Follower first = new Follower(protocol);
        boolean starts = true;
        synchronized (lock) {
            if (result != null) {
                return;
            }
            paid = protocol.isPaid();
            if (stopping != null && (paid || cancelled)) {
                starts = false;
                settle(paid ? rule().withdrawn(stopping) : rule().stopped(stopping));
            } else {
                follower = first;
            }
        }
        if (starts) {
            protocol.start(first);
        } else {
            writes.deliver(lock);
        }
    }

    /** What it is at. */
    GenerationStatus status() {
        synchronized (lock) {
            return task.status(broken != null);
        }
    }

    /** How it has ended, or {@code null} as long as that is not decided. */
    @Nullable GenerationResult result() {
        synchronized (lock) {
            return result;
        }
    }

    GenerationRequest request() {
        return request;
    }

    /**
     * What observers are told of its end.
     *
     * @param startedNanos by {@link System#nanoTime}
     */
    GenerationObserver.End end(GenerationResult ended, @Nullable String routeId, long startedNanos) {
        synchronized (lock) {
            long first = events.firstStepNanos();
            return new GenerationObserver.End(request, ended, routeId, Duration.ofNanos(System.nanoTime() - startedNanos),
                    first == 0 ? null : Duration.ofNanos(first - startedNanos), broken != null);
        }
    }

    /** Ends the generation, as lost unless there is a video already. Does nothing after its end. */
    public void cancel(String why) {
        endNow(() -> rule().stopped(StopReason.of(why)));
    }

    private void endNow(Supplier<@Nullable SoraException> outcome) {
        Runnable close;
        synchronized (lock) {
            if (result != null) {
                return;
            }
            settle(outcome.get());
            close = follower == null ? NOTHING : follower.close;
        }
        writes.deliver(lock);
        close.run();
    }

    /**
     * Ends the generation because the component or its route stops, or somebody wants it to: as refused if its paid request
     * has not been sent, which is not sent any more; else, if it may not go on either, as lost unless there is a video
     * already. May come before the start.
     *
     * @param goesOn whether what has been sent may go on
     */
    void stop(StopReason why, boolean goesOn) {
        if (!goesOn) {
            delivery.hurry();
        }
        Follower current;
        synchronized (lock) {
            stopping = why;
            cancelled |= !goesOn;
            current = follower;
            if (result != null || current == null) {
                return;
            }
        }
        boolean unsent = paid && current.protocol.withdraw();
        if (unsent || !goesOn) {
            endNow(() -> unsent ? rule().withdrawn(why) : rule().stopped(why));
        }
    }

    private OutcomeRule rule() {
        return new OutcomeRule(request, task, paid, events.now());
    }

    /** Starts recovery if possible, else ends the generation. Returns what to follow next, or {@code null}. */
    private @Nullable Follower recoverOrEnd(ProtocolEnd end) {
        GenerationResult decided = events.addDecided(end);
        if (decided != null) {
            end(decided);
            return null;
        }
        // After a break the text may end inside a link, so pending text counts only after a clean end.
        if (end instanceof ProtocolEnd.Finished) {
            foreign.end();
            task.end();
            events.addSteps();
        }
        SoraException exception = stopping != null && end instanceof ProtocolEnd.NotSent ? rule().withdrawn(stopping)
                : broken == null ? rule().decide(end) : rule().decideRecovery(broken, end);
        if (exception instanceof GenerationLostException lost && paid && broken == null && recovery != null) {
            TaskReference reference = task.reference();
            GenerationProtocol next = recovery.afterBreak(reference);
            if (next != null) {
                LOG.debug("{} goes on by polling {}: {}", request, reference, lost.getMessage());
                broken = lost;
                events.addRecovering(lost);
                follower = new Follower(next);
                return follower;
            }
            exception = rule().lostFor(lost, recovery.obstacle(reference));
        }
        settle(exception);
        return null;
    }

    private void settle(@Nullable SoraException exception) {
        end(events.addEnd(exception, stopping != null));
    }

    private void end(GenerationResult ended) {
        LOG.debug("{} ended: {}", request, ended.event());
        result = ended;
        delivery.end(() -> listener.ended(ended));
    }

    private void replyFailed(SoraEvent event, Throwable failure) {
        replyFailures.log(event, failure);
        if (!stopOnException || event.last()) {
            return;
        }
        Runnable close;
        synchronized (lock) {
            // Unsent events are dropped. An outcome that was already decided stays, and gets the next sequence number.
            events.rewindTo(event);
            if (result == null) {
                settle(rule().stoppedBy(event, failure));
            } else {
                end(events.addEnd(result));
            }
            close = follower == null ? NOTHING : follower.close;
        }
        writes.run(lock);
        close.run();
    }

    /** Receives what the current protocol sees. Calls from an earlier protocol are ignored. */
    private final class Follower implements GenerationProtocol.Listener {

        private final GenerationProtocol protocol;
        private Runnable close = NOTHING;
        /** Whether anything was seen that is not handed on yet. */
        private boolean isNews;

        Follower(GenerationProtocol protocol) {
            this.protocol = protocol;
        }

        private boolean isCurrent() {
            return result == null && follower == this;
        }

        @Override
        public void started(Runnable closing) {
            synchronized (lock) {
                if (isCurrent()) {
                    close = closing;
                    return;
                }
            }
            closing.run();
        }

        @Override
        public void resumes(TaskReference reference) {
            synchronized (lock) {
                paid = false;
                task.known(reference);
            }
        }

        @Override
        public void accepted() {
            boolean answered;
            synchronized (lock) {
                answered = protocol.isPaid() && isCurrent();
            }
            if (accept() && answered) {
                listener.answered();
            }
        }

        /** @return whether it is the first time */
        private boolean accept() {
            synchronized (lock) {
                if (accepted || !isCurrent()) {
                    return false;
                }
                accepted = true;
            }
            listener.accepted();
            return true;
        }

        @Override
        public boolean seen(GenerationProtocol.Observation observation) {
            boolean settled;
            @Nullable Follower next = this;
            Runnable closing = NOTHING;
            synchronized (lock) {
                if (!isCurrent()) {
                    return true;
                }
                try {
                    observation.tell(foreign);
                    isNews |= events.addSteps();
                    // Only a poller asks, and a stream has thousands of chunks.
                    settled = !protocol.isPaid() && task.settled();
                } catch (ReportTooLargeException e) {
                    settled = true;
                    next = recoverOrEnd(new ProtocolEnd.GivenUp("the report is larger than " + e.getLimit()
                            + " characters (maxPayloadSize)"));
                    closing = close;
                }
            }
            if (next != this) {
                goOn(next);
                closing.run();
            }
            return settled;
        }

        @Override
        public void pause() {
            if (isNews) {
                isNews = false;
                writes.deliver(lock);
            }
        }

        @Override
        public void ended(ProtocolEnd end) {
            if (end instanceof ProtocolEnd.Known known && known.exception() == null) {
                accept();
            }
            @Nullable Follower next;
            synchronized (lock) {
                if (!isCurrent()) {
                    return;
                }
                next = recoverOrEnd(foreign.end(end));
            }
            goOn(next);
        }

        private void goOn(@Nullable Follower next) {
            writes.deliver(lock);
            if (next != null && next != this) {
                next.protocol.start(next);
            }
        }
    }
}
