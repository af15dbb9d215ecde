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

import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraUsage;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.ErrorDetails;
import io.github.camelsora.internal.protocol.TaskListener;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.report.ReportReader;
import io.github.camelsora.internal.report.TaskProgress;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of one task, whoever told it: pieces of a stream, a whole report that was polled, a task record. What is
 * new becomes events, each kind of stage once and never backwards, even if a poll repeats the whole report. Not thread-safe.
 */
final class TaskKnowledge implements TaskListener {

    private final GenerationRequest request;
    private final int maxReportSize;
    private final TaskSteps steps = new TaskSteps();
    /** What was known before the record that was read last. */
    private @Nullable SoraFacts before;
    private ReportReader report;
    private @Nullable TaskRecord task;
    private @Nullable String responseId;
    private @Nullable String responseModel;
    private @Nullable String finishReason;
    private @Nullable SoraUsage usage;
    private @Nullable ErrorDetails error;
    private int malformed;

    /**
     * @param maxReportSize characters of a report
     * @param known what the task can be found by, if it exists already
     */
    TaskKnowledge(GenerationRequest request, int maxReportSize, TaskReference known) {
        this.request = request;
        this.maxReportSize = maxReportSize;
        this.report = newReport();
        known(known);
    }

    /** What the task can be found by was known before anything was seen of it. */
    final void known(TaskReference reference) {
        if (reference.isEmpty()) {
            return;
        }
        Link source = reference.source();
        before = SoraFacts.builder().taskId(reference.taskId()).sourceUrl(source == null ? null : source.url()).build();
        if (reference.taskId() != null) {
            steps.progress().submitted(reference.taskId());
        }
    }

    private ReportReader newReport() {
        return new ReportReader(maxReportSize, steps.progress());
    }

    /** @throws io.github.camelsora.internal.report.ReportTooLargeException if the report has outgrown its limit */
    @Override
    public void report(String text) {
        report.text(text);
    }

    @Override
    public void thinking(String text) {
        report.thinking(text);
    }

    @Override
    public void video(Link link) {
        report.link(link);
    }

    @Override
    public void completion(@Nullable String id, @Nullable String model, @Nullable String reason, @Nullable SoraUsage tokens) {
        // Called for each chunk. Writing a field again, even with what it holds, is work for the garbage collector.
        if (responseId == null) {
            responseId = id;
        }
        if (responseModel == null) {
            // Mostly the model that was asked for: one text for thousands of streams.
            responseModel = model != null && model.equals(request.model()) ? request.model() : model;
        }
        if (finishReason == null && reason != null) {
            finishReason = reason;
        }
        if (tokens != null) {
            usage = tokens;
        }
    }

    @Override
    public void failed(ErrorDetails told) {
        error = first(error, told);
    }

    @Override
    public void malformed() {
        malformed++;
    }

    /** @throws io.github.camelsora.internal.report.ReportTooLargeException if the report has outgrown its limit */
    @Override
    public void record(TaskRecord read) {
        before = facts();
        task = read;
        if (read.content() != null) {
            report = newReport();
            report.text(read.content());
            report.end();
            return;
        }
        TaskProgress progress = steps.progress();
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

    /** The text is complete, so a pending bare link or last line counts. */
    void end() {
        report.end();
    }

    /** Whether polling can stop: the task has a result or has failed. */
    boolean settled() {
        boolean running = task != null && task.status().isGoingOn();
        return !running && (videoUrl() != null || failure() != null);
    }

    private static @Nullable String url(@Nullable Link link) {
        return link == null ? null : link.url();
    }

    private @Nullable String videoUrl() {
        Link recorded = task == null ? null : task.video();
        return recorded == null ? url(report.video()) : recorded.url();
    }

    /** Why there is no video, or {@code null} if nobody has said so. */
    @Nullable ReportFailure failure() {
        if (error != null) {
            return ReportFailure.of(error);
        }
        ReportFailure recorded = task == null ? null : task.failure();
        // A record that wraps a report may say no more than "failed": the report says why.
        return recorded == null || recorded.reason() == null && report.failure() != null ? report.failure() : recorded;
    }

    /** The reason, formatted for an exception message. */
    @Nullable String failureText() {
        if (error != null) {
            return error.describe();
        }
        ReportFailure failure = failure();
        return failure == null ? null : failure.reason();
    }

    /** The number of malformed payloads that were skipped. */
    int malformedPayloads() {
        return malformed;
    }

    /** What operators see of it. */
    GenerationStatus status(boolean recovering) {
        TaskProgress progress = steps.progress();
        GenerationStatus.Stage stage = recovering ? GenerationStatus.Stage.RECOVERING
                : progress.isGenerating() ? GenerationStatus.Stage.GENERATING
                : progress.isQueued() ? GenerationStatus.Stage.QUEUED
                : progress.isSubmitted() ? GenerationStatus.Stage.SUBMITTED : GenerationStatus.Stage.STARTED;
        return new GenerationStatus(request.id(), request.gateway(), request.model(), facts().taskId(), stage,
                progress.percent());
    }

    /** What the task can be found by. */
    TaskReference reference() {
        SoraFacts facts = facts();
        return new TaskReference(facts.taskId(), Link.of(facts.sourceUrl()));
    }

    /** What is known now, without a time. */
    SoraFacts facts() {
        TaskRecord recorded = task;
        Link thumbnail = recorded == null ? null : recorded.thumbnail();
        SoraFacts facts = SoraFacts.builder()
                .generationId(request.id())
                .gateway(request.gateway())
                .taskId(first(report.taskId(), recorded == null ? null : recorded.taskId()))
                .progress(steps.progress().percent())
                .videoUrl(videoUrl())
                .thumbnailUrl(first(url(report.thumbnail()), thumbnail == null ? null : thumbnail.url()))
                .previewUrl(url(report.preview()))
                .sourceUrl(url(report.source()))
                .videoId(report.videoId())
                .responseId(responseId)
                .responseModel(responseModel)
                .finishReason(finishReason)
                .usage(usage)
                .build();
        return before == null ? facts : facts.or(before);
    }

    /** What is known of a task that has no result yet: enough to find it again, and to ask for a change of it. */
    SoraVideo known(SoraFacts facts) {
        return builder(facts).build();
    }

    /**
     * The result; there is a video link.
     *
     * @param facts what is known, with the time of the result
     */
    SoraVideo video(SoraFacts facts) {
        List<String> links = new ArrayList<>(report.videos().stream().map(Link::url).toList());
        if (!links.contains(facts.videoUrl())) {
            links.add(facts.videoUrl());
        }
        List<SoraMessage> messages = new ArrayList<>(request.messages());
        String text = report.report();
        messages.add(SoraMessage.assistant(text));
        return builder(facts).videoUrls(links).report(text).messages(messages).build();
    }

    private SoraVideo.Builder builder(SoraFacts facts) {
        return SoraVideo.builder()
                .generationId(facts.generationId())
                .time(facts.time())
                .videoUrl(facts.videoUrl())
                .thumbnailUrl(facts.thumbnailUrl())
                .previewUrl(facts.previewUrl())
                .sourceUrl(facts.sourceUrl())
                .taskId(facts.taskId())
                .videoId(facts.videoId())
                .gateway(request.gateway())
                .model(request.model())
                .responseModel(facts.responseModel())
                .prompt(request.prompt())
                .usage(facts.usage())
                .messages(request.messages());
    }

    /** The steps made known since the last call. */
    List<TaskSteps.Step> takeSteps() {
        return steps.take();
    }

    private static <T> @Nullable T first(@Nullable T known, @Nullable T other) {
        return known == null ? other : known;
    }
}
