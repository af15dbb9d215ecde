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


import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.record.ReportFailure;
import io.github.camelsora.internal.record.TaskRecord;
import io.github.camelsora.internal.report.Line.Mark;
import io.github.camelsora.internal.report.Phase.Turn;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * What is known from a report so far: its {@link Phase}, and what it has told. Each sighting comes here once, in the order of
 * the text; the phase decides whether it counts.
 */
final class ReportState {

    private static final int ALL = 100;

    private final ReportWords words;
    private final TaskProgress progress;
    private final TaskRule task = new TaskRule();
    private final ResultRule result = new ResultRule();
    private Phase phase = Phase.OPENING;
    private @Nullable FailureText failure;
    private @Nullable String taskId;
    private @Nullable String videoId;
    private @Nullable String firstStatus;
    private @Nullable Integer highest;
    private @Nullable Integer highestAtUnknownStatus;

    ReportState(ReportWords words, TaskProgress progress) {
        this.words = words;
        this.progress = progress;
    }

    Phase phase() {
        return phase;
    }

    @Nullable String taskId() {
        return taskId;
    }

    @Nullable String videoId() {
        return videoId;
    }

    TaskRule task() {
        return task;
    }

    ResultRule result() {
        return result;
    }

    @Nullable ReportFailure failure() {
        return failure == null ? null : failure.failure();
    }

    void see(Sighting sighting) {
        if (sighting instanceof Sighting.OtherText text) {
            otherText(text.line());
        } else if (sighting instanceof Sighting.Percentage percentage) {
            percentage(percentage);
        } else if (sighting instanceof Sighting.KnownStatus status) {
            knownStatus(status);
        } else if (sighting instanceof Sighting.UnknownStatus status) {
            unknownStatus(status);
        } else if (sighting instanceof Sighting.Completion completion) {
            completion(completion);
        } else if (sighting instanceof Sighting.TaskId id) {
            taskId(id.id());
        } else if (sighting instanceof Sighting.VideoId id) {
            videoId(id.id());
        } else if (sighting instanceof Sighting.AnyLink link) {
            link(link);
        } else if (sighting instanceof Sighting.VideoLink video) {
            count(result.video(video.line(), video.link(), phase));
        } else if (sighting instanceof Sighting.Poster poster) {
            result.poster(poster.link());
        } else if (sighting instanceof Sighting.Json json) {
            json(json.tree(), json.fenced());
        } else if (sighting instanceof Sighting.Failure told) {
            failure(told);
        } else if (sighting instanceof Sighting.BehindFailure behind) {
            behindFailure(behind);
        } else if (sighting instanceof Sighting.Retry) {
            goesOn();
        } else if (sighting instanceof Sighting.BlankLine && failure != null) {
            failure = failure.withBlankLine();
        }
    }

    /** The text ends here: a link that waits for the next line has none. */
    void end() {
        count(result.settle(phase));
    }

    private void otherText(@Nullable Line line) {
        // a link that nothing announced was the result only if no report follows it
        boolean drop = !phase.expectsResult() && !(phase == Phase.OPENING && (line == null || !line.quoted()));
        count(drop ? result.drop() : result.settle(phase));
        if (!result.isOn(line)) {
            phase = phase.after(Turn.TEXT);
        }
        result.endOfPictures();
    }

    private void percentage(Sighting.Percentage seen) {
        if (phase.hasFailed() && !seen.introduced() || result.isFound() && !seen.named()) {
            return;
        }
        goesOn();
        reached(seen.value());
    }

    private void reached(int percent) {
        if (percent <= ALL && (highest == null || percent > highest)) {
            highest = percent;
        }
        progress.reached(percent);
    }

    private void knownStatus(Sighting.KnownStatus seen) {
        boolean aside = !seen.line().quoted() && !seen.line().thinking() && result.isFound();
        if (!aside && (seen.alone() || !phase.hasFailed())) {
            goesOn();
            status(seen.text(), seen.stage() == Sense.QUEUED);
        }
    }

    private void unknownStatus(Sighting.UnknownStatus seen) {
        if (phase.hasFailed() || phase.expectsResult() || result.isFound()) {
            return;
        }
        if (seen.wholeLine()) {
            // behind the last percentage it is most likely the completion
            highestAtUnknownStatus = highest;
        }
        status(seen.text(), firstStatus == null || firstStatus.equals(StageRule.lettersOf(seen.text())));
    }

    private void status(String text, boolean queued) {
        firstStatus = firstStatus == null ? StageRule.lettersOf(text) : firstStatus;
        if (queued) {
            progress.queued();
        } else {
            progress.generating();
        }
    }

    private void completion(Sighting.Completion seen) {
        if (!result.isFound() || seen.line().quoted() || seen.inWords()) {
            count(result.settle(phase));
            complete();
        } else if (seen.hasLetters()) {
            otherText(seen.line());
        }
    }

    private void complete() {
        if (phase != Phase.COMPLETE && phase != Phase.DOUBTFUL) {
            result.beginBlock();
        }
        phase = phase.after(Turn.COMPLETION);
    }

    private void taskId(String id) {
        if (!phase.hasFailed() && taskId == null) {
            firstStatus = null;
        }
        known(id, !phase.hasFailed());
    }

    private void videoId(String id) {
        videoId = id;
        if (!result.isFound()) {
            complete();
        }
    }

    /** An id that only a failure tells is known, but the task was not submitted. */
    private void known(String id, boolean submitted) {
        if (taskId == null) {
            taskId = id;
            if (submitted) {
                progress.submitted(id);
            }
        }
    }

    private void link(Sighting.AnyLink seen) {
        result.linkOn(seen.line());
        if (phase == Phase.FAILED || task.take(seen, taskId != null, phase.expectsResult())) {
            return;
        }
        boolean perhapsComplete = highest != null && (highest == ALL || highest.equals(highestAtUnknownStatus));
        count(result.link(seen, phase, perhapsComplete));
    }

    /** A link counts as the result. */
    private void count(boolean found) {
        if (found) {
            phase = phase.after(Turn.RESULT);
            failure = null;
        }
    }

    private void goesOn() {
        phase = phase.after(Turn.GOES_ON);
        failure = null;
    }

    private void failure(Sighting.Failure seen) {
        fail(failure != null && seen.line().isKeyed(Sense.REASON)
                ? failure.withLabelled(seen.text()) : FailureText.of(seen.text(), words));
    }

    private void fail(FailureText told) {
        count(phase.expectsResult() ? result.settle(phase) : result.drop());
        phase = phase.after(Turn.FAILURE);
        failure = told;
    }

    private void behindFailure(Sighting.BehindFailure seen) {
        Line line = seen.line();
        if (failure == null) {
            return;
        }
        if (line.isKeyed(Sense.REASON)) {
            failure = failure.withLabelled(seen.text());
        } else if ((line.quoted() || failure.nextLine()) && line.has(Mark.LETTERS) && !line.has(Sense.COMPLETE)) {
            failure = failure.withSentence(seen.text(), words);
        }
    }

    /** The echo of the request, in which nothing counts; the details of the failure before it; or the task itself. */
    private void json(JsonNode tree, boolean fenced) {
        TaskRecord record = TaskRecord.of(tree);
        Link video = record.video();
        // without a status, a link in JSON may be one that the user gave
        boolean echo = fenced || tree.has("prompt");
        if (record.failure() != null && failure == null) {
            boolean expected = phase.expectsResult();
            fail(FailureText.of(tree));
            if (expected) {
                // the links that were announced before it still count
                phase = phase.after(Turn.COMPLETION);
            }
        } else if (failure != null && video == null) {
            failure = failure.withDetails(tree);
        } else if (record.status() != TaskRecord.Status.UNKNOWN || !echo && video != null) {
            task(record, video);
            return;
        }
        if (failure != null && record.taskId() != null) {
            known(record.taskId(), false);
        }
    }

    private void task(TaskRecord record, @Nullable Link video) {
        if (record.taskId() != null) {
            known(record.taskId(), true);
        }
        switch (record.status()) {
            case PENDING -> progress.queued();
            case RUNNING -> {
                progress.generating();
                if (record.progress() != null) {
                    reached(record.progress());
                }
            }
            case SUCCEEDED, FAILED, UNKNOWN -> {
                if (video != null) {
                    count(result.video(null, video, phase));
                }
            }
        }
        Link thumbnail = record.thumbnail();
        if (thumbnail != null) {
            result.poster(thumbnail);
        }
    }
}
