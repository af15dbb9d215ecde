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

import java.util.concurrent.Executor;

import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.delivery.EventDelivery;
import io.github.camelsora.internal.delivery.EventSink;
import io.github.camelsora.internal.http.GatewayEnd;
import io.github.camelsora.internal.protocol.GenerationProtocol;
import io.github.camelsora.internal.protocol.TaskRecovery;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.report.ReportTooLargeException;
import io.github.camelsora.internal.text.TaskReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from request to outcome: what a protocol reads goes into {@link TaskKnowledge}, what becomes known goes out as
 * events, and what is known at the end decides the outcome. A generation whose stream is lost goes on by polling, if its task
 * can be followed. Knows no wire format and no exchange.
 *
 * <p>Its state changes under its own lock, which is never held while a route runs; events leave on worker threads. Ends
 * exactly once, with one {@link GenerationResult}, after its last event has been sent.
 */
public final class Generation {

    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

    private final GenerationRequest request;
    private final GenerationObserver observer;
    private final boolean stopOnException;
    private final TaskRecovery recovery;
    private final EventDelivery delivery;
    private final boolean listening;
    private final TaskKnowledge task;

    private Runnable cancel = () -> { };
    private Following following;
    private GenerationLostException broken;
    private int sequence;
    private GenerationResult result;

    /**
     * @param known what is known of the task from elsewhere, or {@code null} for a new one
     * @param recovery how to go on when the stream is lost, or {@code null} for not at all
     * @param sink where the events go, or {@code null} if nobody listens: then none is built but the last
     * @param workers on which events and the end go out
     * @param stopOnException whether an event that its sink fails on ends the generation
     */
    public Generation(GenerationRequest request, SoraFacts known, TaskRecovery recovery, EventSink sink, Executor workers,
            boolean stopOnException, GenerationObserver observer) {
        this.request = request;
        this.observer = observer;
        this.stopOnException = stopOnException;
        this.recovery = recovery;
        this.listening = sink != null;
        this.delivery = new EventDelivery(listening ? sink : (event, done) -> done.accept(null), workers, this::sinkFailed);
        this.task = new TaskKnowledge(request, known);
    }

    /** Sends the request, or goes on with its task. Returns at once. */
    public void start(GenerationProtocol protocol) {
        LOG.debug("{} starts", request);
        follow(protocol);
    }

    private void follow(GenerationProtocol protocol) {
        Following next = new Following();
        synchronized (this) {
            following = next;
        }
        protocol.start(next);
    }

    /** Ends the generation, as lost unless there is a video already. Does nothing after its end. */
    public void cancel(String why) {
        Runnable close;
        synchronized (this) {
            if (result != null) {
                return;
            }
            settle(rule().decide(new GatewayEnd.Cancelled(), why));
            close = cancel;
        }
        close.run();
    }

    private OutcomeRule rule() {
        return new OutcomeRule(request, task);
    }

    // Events carry what is known when their chunk has been read whole: the id's event has the links beside the id.
    private void sendSteps() {
        SoraFacts facts = null;
        for (TaskKnowledge.Step step : task.takeSteps()) {
            sequence++;
            if (listening) {
                facts = facts == null ? task.facts() : facts;
                delivery.offer(step.kind().apply(facts.at(sequence, step.percent())));
            }
        }
    }

    /** Returns how the generation goes on, or {@code null} if this was its end. */
    private GenerationProtocol conclude(GatewayEnd end, String gaveUp) {
        // After a break the text may end inside a link: only a clean end makes what is pending whole.
        if (end instanceof GatewayEnd.Closed) {
            task.end();
            sendSteps();
        }
        SoraException exception = broken == null ? rule().decide(end, gaveUp) : rule().decideRecovery(broken, end, gaveUp);
        if (exception instanceof GenerationLostException lost && broken == null && recovery != null) {
            SoraFacts facts = task.facts();
            TaskReference reference = TaskReference.of(facts.taskId(), facts.sourceUrl());
            GenerationProtocol next = recovery.afterBreak(reference);
            if (next != null) {
                LOG.debug("{} goes on by polling task {}: {}", request, facts.taskId(), lost.getMessage());
                broken = lost;
                delivery.offer(new SoraEvent.Recovering(facts.at(++sequence, facts.progress())));
                return next;
            }
            exception = rule().lostFor(lost, recovery.obstacle(reference));
        }
        settle(exception);
        return null;
    }

    private void settle(SoraException exception) {
        SoraFacts facts = task.facts();
        int last = ++sequence;
        if (exception == null) {
            result = new GenerationResult.Completed(new SoraEvent.Completed(facts.at(last, 100), task.video()));
            LOG.debug("{} completed, task {}", request, facts.taskId());
        } else {
            result = new GenerationResult.Failed(
                    new SoraEvent.Failed(facts.at(last, facts.progress()), SoraFailure.of(exception)), exception);
            LOG.debug("{} {}, task {}", request, exception.getOutcome(), facts.taskId());
        }
        GenerationResult ended = result;
        delivery.offer(ended.event());
        delivery.end(() -> observer.ended(ended));
    }

    private void sinkFailed(SoraEvent event, Exception failure) {
        LOG.warn("The reply for event {} ({}) of task {} failed: {}", event.getSequence(), event.getType(), event.getTaskId(),
                failure.toString(), failure);
        if (!stopOnException || event.last()) {
            return;
        }
        Runnable close;
        synchronized (this) {
            delivery.clear();
            sequence = event.getSequence();
            settle(rule().stoppedBy(event, failure));
            close = cancel;
        }
        close.run();
    }

    /** What the protocol of the moment tells; one that is no longer followed is not heard. */
    private final class Following implements GenerationProtocol.Listener {

        private boolean heard() {
            return result == null && following == this;
        }

        @Override
        public void started(Runnable close) {
            synchronized (Generation.this) {
                if (heard()) {
                    cancel = close;
                    return;
                }
            }
            close.run();
        }

        @Override
        public void accepted() {
            observer.accepted();
        }

        @Override
        public void read(ChatChunk chunk) {
            learn(() -> task.read(chunk));
        }

        @Override
        public boolean read(TaskRecord record) {
            learn(() -> task.read(record));
            synchronized (Generation.this) {
                return task.settled();
            }
        }

        private void learn(Runnable reading) {
            Runnable close;
            synchronized (Generation.this) {
                if (!heard()) {
                    return;
                }
                try {
                    reading.run();
                    sendSteps();
                    return;
                } catch (ReportTooLargeException e) {
                    close = cancel;
                    goOn(conclude(new GatewayEnd.TooLarge(e.getLimit()), null));
                }
            }
            close.run();
        }

        @Override
        public void ended(GatewayEnd end) {
            over(end, null);
        }

        @Override
        public void gaveUp(String why) {
            over(new GatewayEnd.Closed(), why);
        }

        private void over(GatewayEnd end, String gaveUp) {
            synchronized (Generation.this) {
                if (heard()) {
                    goOn(conclude(end, gaveUp));
                }
            }
        }

        // A protocol only schedules what it begins with, so it may be started under the lock.
        private void goOn(GenerationProtocol next) {
            if (next != null) {
                follow(next);
            }
        }
    }
}
