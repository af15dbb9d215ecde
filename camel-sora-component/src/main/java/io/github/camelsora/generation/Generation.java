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
package io.github.camelsora.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

import io.github.camelsora.chat.ChatChunk;
import io.github.camelsora.chat.ChatError;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.gateway.GatewayEnd;
import io.github.camelsora.report.ReportReader;
import io.github.camelsora.report.ReportTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run from request to outcome: what the protocol reads goes into the report, what the report makes known goes out as
 * events, and what was read by the end decides the outcome. Knows no wire format and no exchange.
 *
 * <p>Its state changes under its own lock, which is never held while a route runs; events leave on worker threads. Ends
 * exactly once, with one {@link GenerationResult}, after its last event has been sent.
 */
public final class Generation {

    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

    private final GenerationRequest request;
    private final GenerationObserver observer;
    private final boolean stopOnException;
    private final EventDelivery delivery;
    private final boolean listening;
    private final ReportReader report;
    private final List<Step> news = new ArrayList<>(4);

    private Runnable cancel = () -> { };
    private String responseId;
    private String responseModel;
    private String finishReason;
    private SoraUsage usage;
    private ChatError error;
    private int sequence;
    private GenerationResult result;

    /**
     * @param sink where the events go, or {@code null} if nobody listens: then none is built but the last
     * @param workers on which events and the end go out
     * @param stopOnException whether an event that its sink fails on ends the generation
     */
    public Generation(GenerationRequest request, EventSink sink, Executor workers, boolean stopOnException,
            GenerationObserver observer) {
        this.request = request;
        this.observer = observer;
        this.stopOnException = stopOnException;
        this.listening = sink != null;
        this.delivery = new EventDelivery(listening ? sink : (event, done) -> done.accept(null), workers, this::sinkFailed);
        this.report = new ReportReader(request.limits().maxPayloadSize(), new News());
    }

    /** Sends the request. Returns at once. */
    public void start(GenerationProtocol protocol) {
        LOG.debug("{} starts", request);
        protocol.start(request, new Reading());
    }

    /** Ends the generation, as lost unless there is a video already. Does nothing after its end. */
    public void cancel(String why) {
        Runnable close;
        synchronized (this) {
            if (result != null) {
                return;
            }
            end(new GatewayEnd.Cancelled(), why);
            close = cancel;
        }
        close.run();
    }

    /** What is known now. */
    public synchronized SoraFacts facts() {
        return new SoraFacts(sequence, request.gateway(), report.taskId(), report.progress(), report.videoUrl(), report.thumbnailUrl(),
                report.previewUrl(), report.sourceUrl(), report.videoId(), responseId, responseModel, finishReason, usage);
    }

    private void read(ChatChunk chunk) {
        responseId = first(responseId, chunk.id());
        responseModel = first(responseModel, chunk.model());
        finishReason = first(finishReason, chunk.finishReason());
        usage = chunk.usage() == null ? usage : chunk.usage();
        error = error == null ? chunk.error() : error;
        if (chunk.reasoningText() != null) {
            report.reasoning(chunk.reasoningText());
        }
        if (chunk.text() != null) {
            report.text(chunk.text());
        }
        chunk.outputUrls().forEach(report::link);
        sendNews();
    }

    private static String first(String known, String read) {
        return known != null || read == null || read.isEmpty() ? known : read;
    }

    // Events carry what is known when their chunk has been read whole: the id's event has the links beside the id.
    private void sendNews() {
        if (news.isEmpty()) {
            return;
        }
        SoraFacts facts = listening ? facts() : null;
        for (Step step : news) {
            sequence++;
            if (listening) {
                delivery.offer(step.kind().apply(facts.at(sequence, step.percent())));
            }
        }
        news.clear();
    }

    private void end(GatewayEnd end, String why) {
        report.end();
        sendNews();
        SoraException exception = new OutcomeRule(request, facts(), report.failure(), error, why).decide(end);
        settle(exception, ++sequence);
    }

    private void settle(SoraException exception, int last) {
        if (exception == null) {
            result = new GenerationResult.Completed(new SoraEvent.Completed(facts().at(last, 100), video()));
            LOG.debug("{} completed, task {}", request, report.taskId());
        } else {
            result = new GenerationResult.Failed(
                    new SoraEvent.Failed(facts().at(last, report.progress()), SoraFailure.of(exception)), exception);
            LOG.debug("{} {}, task {}", request, exception.getOutcome(), report.taskId());
        }
        GenerationResult ended = result;
        delivery.offer(ended.event());
        delivery.end(() -> observer.ended(ended));
    }

    private SoraVideo video() {
        List<SoraMessage> messages = new ArrayList<>(request.messages());
        messages.add(SoraMessage.assistant(report.report()));
        return new SoraVideo(report.videoUrl(), report.videoUrls(), report.thumbnailUrl(), report.previewUrl(),
                report.sourceUrl(), report.taskId(), report.videoId(), request.gateway(), request.model(), responseModel,
                request.prompt(), usage, report.report(), messages);
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
            SoraException exception = new OutcomeRule(request, facts(), report.failure(), error,
                    "its reply for event " + event.getSequence() + " (" + event.getType() + ") failed with "
                            + failure.getClass().getSimpleName() + " and stopOnException is true").stopped();
            exception.addSuppressed(failure);
            settle(exception, event.getSequence() + 1);
            close = cancel;
        }
        close.run();
    }

    /** What the protocol tells. */
    private final class Reading implements GenerationProtocol.Listener {

        @Override
        public void started(Runnable close) {
            synchronized (Generation.this) {
                cancel = close;
                if (result == null) {
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
            synchronized (Generation.this) {
                if (result != null) {
                    return;
                }
                try {
                    Generation.this.read(chunk);
                    return;
                } catch (ReportTooLargeException e) {
                    end(new GatewayEnd.TooLarge(e.getLimit()), null);
                }
            }
            cancel.run();
        }

        @Override
        public void ended(GatewayEnd end) {
            synchronized (Generation.this) {
                if (result == null) {
                    end(end, null);
                }
            }
        }
    }

    /** An event that the chunk in hand makes known, and the percentage at that point of it. */
    private record Step(Function<SoraFacts, SoraEvent> kind, Integer percent) {
    }

    /** What the report makes known. */
    private final class News implements ReportReader.Listener {

        private Integer percent;

        @Override
        public void submitted(String taskId) {
            news.add(new Step(SoraEvent.Submitted::new, percent));
        }

        @Override
        public void queued() {
            news.add(new Step(SoraEvent.Queued::new, percent));
        }

        @Override
        public void generating() {
            news.add(new Step(SoraEvent.Generating::new, percent));
        }

        @Override
        public void progress(int higher) {
            percent = higher;
            news.add(new Step(SoraEvent.Progress::new, percent));
        }
    }
}
