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

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.chat.ChatChunk;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.report.ReportReader;
import io.github.camelsora.internal.report.TaskProgress;

/**
 * All that is known of one task, whoever told it: chunks of a stream, a whole report that was polled, a task record. What is
 * new becomes events, each kind of stage once and never backwards, whatever is told again. Not thread-safe.
 */
final class TaskKnowledge {

    private final GenerationRequest request;
    private final Steps steps = new Steps();
    private final TaskProgress progress = steps.progress;
    private SoraFacts before;
    private ReportReader report;
    private TaskRecord task;
    private String responseId;
    private String responseModel;
    private String finishReason;
    private SoraUsage usage;
    private ErrorDetails error;

    /** @param before what is known from elsewhere, or {@code null} */
    TaskKnowledge(GenerationRequest request, SoraFacts before) {
        this.request = request;
        this.before = before;
        this.report = new ReportReader(request.maxReportSize(), progress);
        if (before != null && before.taskId() != null) {
            progress.submitted(before.taskId());
        }
    }

    /** @throws io.github.camelsora.internal.report.ReportTooLargeException if the report has outgrown its limit */
    void read(ChatChunk chunk) {
        responseId = first(responseId, chunk.id());
        responseModel = first(responseModel, chunk.model());
        finishReason = first(finishReason, chunk.finishReason());
        usage = first(chunk.usage(), usage);
        error = first(error, chunk.error());
        if (chunk.reasoningText() != null) {
            report.reasoning(chunk.reasoningText());
        }
        if (chunk.text() != null) {
            report.text(chunk.text());
        }
        chunk.outputUrls().forEach(report::link);
    }

    /** @throws io.github.camelsora.internal.report.ReportTooLargeException if the report has outgrown its limit */
    void read(TaskRecord read) {
        before = facts();
        task = read;
        if (read.content() != null) {
            report = new ReportReader(request.maxReportSize(), progress);
            report.text(read.content());
            report.end();
            return;
        }
        if (read.taskId() != null && read.failure() == null) {
            progress.submitted(read.taskId());
        }
        switch (read.status()) {
            case PENDING -> progress.queued();
            case RUNNING -> progress.generating();
            case SUCCEEDED, FAILED, UNKNOWN -> { }
        }
        if (read.progress() != null && read.failure() == null) {
            progress.reached(read.progress());
        }
    }

    /** No more text will come: what was pending at its end is whole now. */
    void end() {
        report.end();
    }

    /** Whether a task that is still there to be asked has said its last word. */
    boolean settled() {
        boolean running = task != null
                && (task.status() == TaskRecord.Status.PENDING || task.status() == TaskRecord.Status.RUNNING);
        return !running && (videoUrl() != null || failure() != null);
    }

    private String videoUrl() {
        return task == null || task.videoUrl() == null ? report.videoUrl() : task.videoUrl();
    }

    /** Why there is no video, or {@code null} if nobody has said so. */
    ReportFailure failure() {
        if (error != null) {
            return new ReportFailure(error.reason(), error.words());
        }
        ReportFailure recorded = task == null ? null : task.failure();
        // A record that wraps a report may say no more than "failed": the report says why.
        return recorded == null || recorded.reason() == null && report.failure() != null ? report.failure() : recorded;
    }

    /** The failure as a sentence would quote it. */
    String failureText() {
        return error != null ? error.describe() : failure().reason();
    }

    SoraFacts facts() {
        SoraFacts now = new SoraFacts(0, request.gateway(), first(report.taskId(), task == null ? null : task.taskId()),
                progress.percent(), videoUrl(), first(report.thumbnailUrl(), task == null ? null : task.thumbnailUrl()),
                report.previewUrl(), report.sourceUrl(), report.videoId(), responseId, responseModel, finishReason, usage);
        return before == null ? now : now.or(before);
    }

    /** The result; there is a video link. */
    SoraVideo video() {
        SoraFacts facts = facts();
        List<String> links = new ArrayList<>(report.videoUrls());
        if (!links.contains(facts.videoUrl())) {
            links.add(facts.videoUrl());
        }
        List<SoraMessage> messages = new ArrayList<>(request.messages());
        messages.add(SoraMessage.assistant(report.report()));
        return new SoraVideo(facts.videoUrl(), links, facts.thumbnailUrl(), facts.previewUrl(), facts.sourceUrl(),
                facts.taskId(), facts.videoId(), request.gateway(), request.model(), facts.responseModel(), request.prompt(),
                facts.usage(), report.report(), messages);
    }

    /** The steps made known since the last call. */
    List<Step> takeSteps() {
        return steps.take();
    }

    private static <T> T first(T known, T other) {
        return known == null ? other : known;
    }

    /**
     * An event that has become known.
     *
     * @param percent the percentage at that point
     */
    record Step(Function<SoraFacts, SoraEvent> kind, Integer percent) {
    }

    /** Collects the steps until they are taken. */
    private static final class Steps implements TaskProgress.Listener {

        private final TaskProgress progress = new TaskProgress(this);
        private List<Step> steps = new ArrayList<>(4);

        @Override
        public void submitted(String taskId) {
            add(SoraEvent.Submitted::new);
        }

        @Override
        public void queued() {
            add(SoraEvent.Queued::new);
        }

        @Override
        public void generating() {
            add(SoraEvent.Generating::new);
        }

        @Override
        public void progress(int percent) {
            add(SoraEvent.Progress::new);
        }

        private void add(Function<SoraFacts, SoraEvent> kind) {
            steps.add(new Step(kind, progress.percent()));
        }

        List<Step> take() {
            if (steps.isEmpty()) {
                return List.of();
            }
            List<Step> taken = steps;
            steps = new ArrayList<>(4);
            return taken;
        }
    }
}
