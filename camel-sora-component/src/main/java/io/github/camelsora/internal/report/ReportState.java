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
import io.github.camelsora.internal.report.LineReader.FoundLink;
import io.github.camelsora.internal.report.Phase.Turn;
import io.github.camelsora.internal.report.ReportWords.Phrase;
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

    private final TaskProgress progress;
    private final TaskRule task = new TaskRule();
    private final ResultRule result = new ResultRule();
    private final FailureRule failure;
    private Phase phase = Phase.OPENING;
    private @Nullable String firstStage;
    private int highest = NONE;
    private boolean stageBehindHighest;

    ReportState(ReportWords words, TaskProgress progress) {
        this.progress = progress;
        this.failure = new FailureRule(words);
    }

    Phase phase() {
        return phase;
    }

    TaskRule task() {
        return task;
    }

    ResultRule result() {
        return result;
    }

    @Nullable ReportFailure failure() {
        return phase.hasFailed() ? failure.failure() : null;
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

    /** A percentage; {@code introduced} if its line says first of all that progress is told. */
    void percentage(Line line, int percent, boolean introduced) {
        if ((!phase.hasFailed() || introduced) && (!result.isFound() || line.has(Sense.PROGRESS))) {
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

    /** A word for a stage, and the text around it; {@code alone} if its line has said nothing else so far. */
    void stage(Line line, String text, boolean queued, boolean alone) {
        boolean aside = !line.quoted() && !line.thinking() && result.isFound();
        if (!aside && (alone || !phase.hasFailed())) {
            goesOn();
            reached(text, queued);
        }
    }

    /** Unknown words in the shape of a stage: a {@code wholeLine}, or a text that ends in dots. */
    void unknownStage(String text, boolean wholeLine) {
        if (phase.hasFailed() || phase.expectsResult() || result.isFound()) {
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

    /** A word or an icon for completion, and the text around it. An icon in plain text may stand anywhere. */
    void completion(Line line, Phrase text, boolean icon) {
        if (!result.isFound() || line.quoted() || !icon) {
            count(result.settle(phase));
            complete();
        } else if (text.hasLetters()) {
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
        if (!phase.hasFailed() && task.id() == null) {
            firstStage = null;
        }
        taskId(id, !phase.hasFailed());
    }

    /** The id of the video: the report tells its result now. */
    void videoId(String id) {
        result.videoId(id);
        if (!result.isFound()) {
            complete();
        }
    }

    /** An id that only a failure tells is known, but the task was not submitted. */
    private void taskId(String id, boolean submitted) {
        if (task.identify(id) && submitted) {
            progress.submitted(id);
        }
    }

    void link(FoundLink found) {
        result.linkOn(found.line());
        if (phase != Phase.FAILED && !task.take(found, phase.expectsResult())) {
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

    private void count(boolean found) {
        if (found) {
            phase = phase.after(Turn.RESULT);
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
    }

    /** A line that tells of a failure. */
    void failure(Line line, String text) {
        if (phase.hasFailed() && line.isKeyed(Sense.REASON)) {
            failure.line(line, text);
        } else {
            failure.begin(text);
        }
        fail();
    }

    private void fail() {
        settleOrDrop(phase.expectsResult());
        phase = phase.after(Turn.FAILURE);
    }

    /** Any other line: behind a failure it may give the reason. */
    void otherLine(Line line, CharSequence text) {
        if (phase.hasFailed()) {
            failure.line(line, text.toString());
        }
    }

    /** Behind it, only a quoted line gives the reason of a failure. */
    void blankLine() {
        failure.blankLine();
    }

    /** The echo of the request, in which nothing counts; the details of the failure before it; or the task itself. */
    void json(JsonNode tree, boolean fenced) {
        TaskRecord record = TaskRecord.of(tree);
        Link video = record.video();
        // without a status, a link in JSON may be one that the user gave
        boolean echo = fenced || tree.has("prompt");
        if (record.failure() != null && !phase.hasFailed()) {
            boolean expected = phase.expectsResult();
            failure.begin(tree);
            fail();
            if (expected) {
                // the links that were announced before it still count
                phase = phase.after(Turn.COMPLETION);
            }
        } else if (phase.hasFailed() && video == null) {
            failure.json(tree);
        } else if (record.status() != TaskRecord.Status.UNKNOWN || !echo && video != null) {
            task(record, video);
            return;
        }
        if (phase.hasFailed() && record.taskId() != null) {
            taskId(record.taskId(), false);
        }
    }

    private void task(TaskRecord record, @Nullable Link video) {
        if (record.taskId() != null) {
            taskId(record.taskId(), true);
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
