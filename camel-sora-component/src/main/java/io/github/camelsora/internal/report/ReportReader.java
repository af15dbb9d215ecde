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
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * Reads a gateway's report as it grows: text in, what is now known out. Reads the shape first, and takes words and icons
 * only as hints, so that it reads any language. What it says does not depend on how the text was cut. Knows nothing of
 * HTTP, threads or time. One instance per generation; not thread-safe.
 */
public final class ReportReader {

    private final int maxReportSize;
    private final ReportText report = new ReportText();
    private final ReportWords words;
    private final ReportState state;
    private final ReportScanner content;
    /** Most models do not think aloud. */
    private @Nullable ReportScanner thinking;

    /**
     * @param maxReportSize limit for the report, in characters
     * @param taskProgress takes what the report says of its progress, perhaps after other reports of the same task
     */
    public ReportReader(int maxReportSize, TaskProgress taskProgress) {
        this(maxReportSize, taskProgress, ReportWords.KNOWN);
    }

    ReportReader(int maxReportSize, TaskProgress taskProgress, ReportWords words) {
        this.maxReportSize = maxReportSize;
        this.words = words;
        state = new ReportState(words, taskProgress);
        content = new ReportScanner(new LineReader(words, state, false), true);
    }

    /**
     * Takes the next piece of the report.
     *
     * @throws ReportTooLargeException if the report is larger than the limit; it has been read up to the limit
     */
    public void text(CharSequence delta) {
        int room = maxReportSize - report.length();
        CharSequence read = delta.length() <= room ? delta : delta.subSequence(0, room);
        report.append(read);
        content.read(read);
        if (delta.length() > room) {
            throw new ReportTooLargeException(maxReportSize);
        }
    }

    /** Takes the next piece of what the model thinks. Only percentages, stages and failures count there. */
    public void thinking(CharSequence delta) {
        if (thinking == null) {
            thinking = new ReportScanner(new LineReader(words, state, true), false);
        }
        thinking.read(delta);
    }

    /** Takes a link to the video that was given outside the text. */
    public void link(Link video) {
        state.video(null, video);
    }

    /**
     * The text ends here, as it was meant to: what was pending (a bare link, a last line) is whole. Not for a text that was
     * cut: a link that was cut would be taken for a whole one. May be called again.
     */
    public void end() {
        if (thinking != null) {
            thinking.end();
        }
        content.end();
        state.end();
    }

    /** The task's id. One that only a failure told is here, and was not submitted. */
    public @Nullable String taskId() {
        return state.task().id();
    }

    /** The link that answers with the task's record. */
    public @Nullable Link source() {
        return state.task().record();
    }

    /** The link to the task's page. */
    public @Nullable Link preview() {
        return state.task().page();
    }

    /** The link to a picture of the video. */
    public @Nullable Link thumbnail() {
        return state.result().thumbnail();
    }

    /** The link to the video, as far as is known: a better version may follow. */
    public @Nullable Link video() {
        return state.result().video();
    }

    /** All links to videos, in the order of the report. */
    public List<Link> videos() {
        return state.result().videos();
    }

    /** The video's own id. */
    public @Nullable String videoId() {
        return state.result().videoId();
    }

    /** Why there is no video. Known at the end of the line that tells it. */
    public @Nullable ReportFailure failure() {
        return state.failure();
    }

    /** The report, unchanged, without what the model thought. */
    public String report() {
        return report.toString();
    }

    /** How often a character was looked at. */
    long steps() {
        return content.steps() + (thinking == null ? 0 : thinking.steps());
    }
}
