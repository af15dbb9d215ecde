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
import io.github.camelsora.internal.report.LineReader.FoundLink;
import io.github.camelsora.internal.report.Phase.Turn;
import io.github.camelsora.internal.report.ReportWords.Sense;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * What is known from a report so far: its {@link Phase}, and what it has told. Whatever the rules recognise comes here once,
 * in the order of the text; the phase decides whether it counts.
 */
final class ReportState {

    private static final int ALL = 100;
    private static final int NONE = -1;

    private final ReportWords words;
    private final TaskProgress progress;
    private final TaskRule task = new TaskRule();
    private final ResultRule result = new ResultRule();
    private Phase phase = Phase.OPENING;
    private @Nullable FailureText failure;
    private @Nullable String taskId;
    private @Nullable String videoId;
    private @Nullable String firstStage;
    private int highest = NONE;
    private boolean stageBehindHighest;

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

    /** The text ends here: a link that waits for the next line has none. */
    void end() {
        count(result.settle(phase));
    }

    /** Text that tells of nothing in particular; without a line for a tag that holds no result. */
    void otherText(@Nullable Line line) {
        // a link that nothing announced was the result only if no report follows it
        settleOrDrop(phase.expectsResult() || phase == Phase.OPENING && (line == null || !line.quoted()));
        if (!result.isOn(line)) {
            phase = phase.after(Turn.TEXT);
        }
        result.endOfPictures();
    }

    /**
     * A percentage.
     *
     * @param introduced whether the line says first of all that progress is told
     * @param named whether the line has a word for progress
     */
    void percentage(int percent, boolean introduced, boolean named) {
        if ((failure == null || introduced) && (!result.isFound() || named)) {
            goesOn();
            reached(percent);
        }
    }

    private void reached(int percent) {
        if (percent <= ALL && percent > highest) {
            highest = percent;
            stageBehindHighest = false;
        }
        progress.reached(percent);
    }

    /**
     * A word for a stage.
     *
     * @param text what it stands in
     * @param alone whether it is all that its line has said so far
     */
    void stage(Line line, String text, boolean queued, boolean alone) {
        boolean aside = !line.quoted() && !line.thinking() && result.isFound();
        if (!aside && (alone || failure == null)) {
            goesOn();
            reached(text, queued);
        }
    }

    /**
     * What has the shape of a stage, in words that are not known.
     *
     * @param wholeLine whether it is a whole line, not a text that ends in dots
     */
    void unknownStage(String text, boolean wholeLine) {
        if (failure != null || phase.expectsResult() || result.isFound()) {
            return;
        }
        if (wholeLine) {
            // behind the last percentage it is most likely the completion
            stageBehindHighest = highest != NONE;
        }
        // the first stage is the queue, however often it comes
        reached(text, firstStage == null || firstStage.equals(StageRule.lettersOf(text)));
    }

    private void reached(String stage, boolean queued) {
        firstStage = firstStage == null ? StageRule.lettersOf(stage) : firstStage;
        if (queued) {
            progress.queued();
        } else {
            progress.generating();
        }
    }

    /**
     * A word or an icon for completion.
     *
     * @param inWords whether it is more than an icon in plain text, which may stand anywhere
     * @param hasLetters whether text stands with it
     */
    void completion(Line line, boolean inWords, boolean hasLetters) {
        if (!result.isFound() || line.quoted() || inWords) {
            count(result.settle(phase));
            complete();
        } else if (hasLetters) {
            otherText(line);
        }
    }

    private void complete() {
        if (phase != Phase.COMPLETE && phase != Phase.DOUBTFUL) {
            result.beginBlock();
        }
        phase = phase.after(Turn.COMPLETION);
    }

    void taskId(String id) {
        if (failure == null && taskId == null) {
            firstStage = null;
        }
        known(id, failure == null);
    }

    /** The id of the video: the report tells its result now. */
    void videoId(String id) {
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

    void link(FoundLink found) {
        result.linkOn(found.line());
        if (phase != Phase.FAILED && !task.take(found, taskId != null, phase.expectsResult())) {
            count(result.link(found, phase, highest == ALL || stageBehindHighest));
        }
    }

    /** A link that can be nothing but the video: the source of a video tag, or one that was given outside the text. */
    void video(@Nullable Line line, Link link) {
        count(result.video(line, link, phase));
    }

    /** A picture that can be of nothing but the video. */
    void picture(Link link) {
        result.poster(link);
    }

    /** A link counts as the result. */
    private void count(boolean found) {
        if (found) {
            phase = phase.after(Turn.RESULT);
            failure = null;
        }
    }

    private void settleOrDrop(boolean settle) {
        if (settle) {
            count(result.settle(phase));
        } else {
            result.drop();
        }
    }

    /** The gateway says that it tries again. */
    void retry() {
        goesOn();
    }

    private void goesOn() {
        phase = phase.after(Turn.GOES_ON);
        failure = null;
    }

    /** A line that tells of a failure. */
    void failure(Line line, String text) {
        fail(failure != null && line.isKeyed(Sense.REASON) ? failure.withLabelled(text) : FailureText.of(text, words));
    }

    private void fail(FailureText told) {
        settleOrDrop(phase.expectsResult());
        phase = phase.after(Turn.FAILURE);
        failure = told;
    }

    /** Any other line: behind a failure it may give the reason. */
    void otherLine(Line line, CharSequence text) {
        if (failure == null) {
            return;
        }
        if (line.isKeyed(Sense.REASON)) {
            failure = failure.withLabelled(text.toString());
        } else if ((line.quoted() || failure.nextLine()) && line.has(Mark.LETTERS) && !line.has(Sense.COMPLETE)) {
            failure = failure.withSentence(text.toString(), words);
        }
    }

    /** Behind it, only a quoted line gives the reason of a failure. */
    void blankLine() {
        if (failure != null) {
            failure = failure.withBlankLine();
        }
    }

    /** The echo of the request, in which nothing counts; the details of the failure before it; or the task itself. */
    void json(JsonNode tree, boolean fenced) {
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
