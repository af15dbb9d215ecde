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

import io.github.camelsora.internal.report.ReportWords.Hit;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.LinkPath;
import io.github.camelsora.internal.text.SoraLink;

/**
 * Recognises the task: its id, in a quoted line behind a label that ends with "ID", and the two links that follow it before
 * the task is complete: its page and its record. Which is which is told by the path, the label, or the place: the first is
 * the page.
 */
final class TaskRule {

    private final ReportWords words;
    private final ReportProgress progress;
    private final FailureRule failure;
    private final StageRule stage;
    private final ResultRule result;
    private Sense awaited;
    private String previewUrl;
    private String sourceUrl;

    TaskRule(ReportWords words, ReportProgress progress, FailureRule failure, StageRule stage, ResultRule result) {
        this.words = words;
        this.progress = progress;
        this.failure = failure;
        this.stage = stage;
        this.result = result;
    }

    String previewUrl() {
        return previewUrl;
    }

    String sourceUrl() {
        return sourceUrl;
    }

    /** Whether the word before the colon announces an id. */
    boolean colon(ReportLine line) {
        List<Hit> hits = line.thinking ? List.of() : words.in(line.key());
        Hit last = hits.isEmpty() ? null : hits.get(hits.size() - 1);
        boolean label = last != null && !ReportLine.lettersIn(line.key(), last.end(), line.key().length());
        boolean task = label && last.is(Sense.TASK_ID) && line.quoted;
        boolean video = label && last.is(Sense.VIDEO_ID) && !ReportLine.lettersIn(line.key(), 0, last.start());
        awaited = task ? Sense.TASK_ID : Sense.VIDEO_ID;
        return task || video;
    }

    void value(String token) {
        if (!SoraLink.isTaskId(token)) {
            return;
        }
        if (awaited == Sense.VIDEO_ID) {
            result.videoId(token);
        } else if (failure.isPending()) {
            progress.failed(token);
        } else if (progress.taskId() == null) {
            progress.submitted(token);
            stage.taskBegins();
        }
    }

    /** Whether the link's address is one of the task's. */
    boolean isAddressOfTask(ReportLine line, String url) {
        boolean known = url.equals(previewUrl) || url.equals(sourceUrl);
        return known || (line.quoted || !result.isExpected()) && (isPage(url) || isRecord(url));
    }

    /** Takes a link that may be one of the task's. Answers whether it was. */
    boolean link(ReportLine line, String label, String url) {
        boolean byAddress = isAddressOfTask(line, url);
        if (!byAddress && (!line.quoted || result.isExpected() || progress.taskId() == null)) {
            return false;
        }
        if (tellsRecord(line, label, url)) {
            sourceUrl = sourceUrl == null ? url : sourceUrl;
        } else {
            previewUrl = previewUrl == null ? url : previewUrl;
        }
        return true;
    }

    private boolean tellsRecord(ReportLine line, String label, String url) {
        if (isPage(url) || isRecord(url)) {
            return isRecord(url);
        }
        boolean source = words.in(label, Sense.SOURCE);
        return source || line.links() > 1 && !words.in(label, Sense.PREVIEW);
    }

    private static boolean isPage(String url) {
        return LinkPath.of(url).contains("/web/");
    }

    private static boolean isRecord(String url) {
        return LinkPath.of(url).contains("/source/");
    }
}
