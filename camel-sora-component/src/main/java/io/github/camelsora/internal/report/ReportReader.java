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
package io.github.camelsora.internal.report;

import java.util.List;

import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.text.SoraLink;

/**
 * Reads a gateway's report as it grows: text in, what is now known out. Reads the shape first, and takes words and icons
 * only as hints, so that it reads any language. What it says does not depend on how the text was cut. Knows nothing of
 * HTTP, threads or time. One instance per generation; not thread-safe.
 */
public final class ReportReader {

    private final int maxReportSize;
    private final StringBuilder report = new StringBuilder();
    private final ReportProgress progress;
    private final FailureRule failure;
    private final ResultRule result;
    private final TaskRule task;
    private final ReportScanner content;
    private final ReportScanner reasoning;

    /**
     * @param maxReportSize limit for the report, in characters
     * @param taskProgress takes what the report says of its progress, perhaps after other reports of the same task
     */
    public ReportReader(int maxReportSize, TaskProgress taskProgress) {
        this(maxReportSize, taskProgress, ReportWords.KNOWN);
    }

    ReportReader(int maxReportSize, TaskProgress taskProgress, ReportWords words) {
        this.maxReportSize = maxReportSize;
        progress = new ReportProgress(taskProgress);
        failure = new FailureRule(words);
        result = new ResultRule(progress);
        StageRule stage = new StageRule(progress, failure, result);
        task = new TaskRule(words, progress, failure, stage, result);
        RecordRule record = new RecordRule(progress, failure, result);
        content = new ReportScanner(new ReportRules(words, failure, result, stage, task, record,
                new PercentageRule(progress, failure, result), false), true);
        reasoning = new ReportScanner(new ReportRules(words, failure, result, stage, task, record,
                new PercentageRule(progress, failure, result), true), false);
    }

    /**
     * Takes the next piece of the report.
     *
     * @throws ReportTooLargeException if the report is larger than the limit; it has been read up to the limit
     */
    public void text(CharSequence delta) {
        int room = Math.min(delta.length(), maxReportSize - report.length());
        report.append(delta, 0, room);
        for (int i = 0; i < room; i++) {
            content.accept(delta.charAt(i));
        }
        if (room < delta.length()) {
            throw new ReportTooLargeException(maxReportSize);
        }
    }

    /** Takes the next piece of what the model thinks. Only percentages, stages and failures count there. */
    public void reasoning(CharSequence delta) {
        for (int i = 0; i < delta.length(); i++) {
            reasoning.accept(delta.charAt(i));
        }
    }

    /** Takes a link to the video that was given outside the text. What is no link is ignored. */
    public void link(String url) {
        if (SoraLink.isLink(url) && result.video(null, url)) {
            failure.clear();
        }
    }

    /**
     * The text ends here, as it was meant to: what was pending (a bare link, a last line) is whole. Not for a text that was
     * cut: a link that was cut would be taken for a whole one. May be called again.
     */
    public void end() {
        reasoning.end();
        content.end();
        result.end();
    }

    /** The task's id, or {@code null}. One that only a failure told is here, and was not submitted. */
    public String taskId() {
        return progress.taskId();
    }

    /** The link that answers with the task's record, or {@code null}. */
    public String sourceUrl() {
        return task.sourceUrl();
    }

    /** The link to the task's page, or {@code null}. */
    public String previewUrl() {
        return task.previewUrl();
    }

    /** The link to a picture of the video, or {@code null}. */
    public String thumbnailUrl() {
        return result.thumbnailUrl();
    }

    /** The link to the video, as far as is known: a better version may follow. Or {@code null}. */
    public String videoUrl() {
        return result.videoUrl();
    }

    /** All links to videos, in the order of the report. */
    public List<String> videoUrls() {
        return result.videoUrls();
    }

    /** The video's own id, or {@code null}. */
    public String videoId() {
        return result.videoId();
    }

    /** Why there is no video, or {@code null}. Known at the end of the line that tells it. */
    public ReportFailure failure() {
        return failure.failure();
    }

    /** The highest percentage, or {@code null}. */
    public Integer progress() {
        return progress.highest();
    }

    /** The report, unchanged, without what the model thought. */
    public String report() {
        return report.toString();
    }

    /** How often a character was looked at. */
    long steps() {
        return content.steps() + reasoning.steps();
    }
}
