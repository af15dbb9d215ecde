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
package io.github.camelsora.test;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.vertx.core.Context;

/**
 * A generation at the gateway. Passes its script step by step, by itself, whether or not a stream still shows it. Runs on one
 * event loop; {@link #snapshot} and {@link #cancel} may be called from any thread.
 */
final class Task {

    private final ChatRequest request;
    private final TaskLinks links;
    private final boolean fails;
    private final Pace pace;
    private final List<SourceAnswer> sourceAnswers;
    private final List<SourceAnswer> shareAnswers;
    private final List<VideoAnswer> videoAnswers;
    private final AtomicInteger sourceReads = new AtomicInteger();
    private final AtomicInteger shareReads = new AtomicInteger();
    private final AtomicInteger videoReads = new AtomicInteger();
    private volatile Context context;
    private Runnable listener;
    private boolean held;
    private volatile boolean cancelled;
    private volatile long timer = -1;
    private volatile int position;
    private volatile SimulatedTask finished;
    private volatile List<Step> steps;

    Task(ChatRequest request, TaskLinks links, Script script, Pace pace, AnswerSpec spec) {
        this.request = request;
        this.links = links;
        this.fails = script.fails();
        this.steps = script.steps();
        this.pace = pace;
        this.sourceAnswers = spec.sourceAnswers;
        this.videoAnswers = spec.videoAnswers;
        this.shareAnswers = spec.shareAnswers == null ? spec.sourceAnswers : spec.shareAnswers;
    }

    TaskLinks links() {
        return links;
    }

    String prompt() {
        return request.prompt();
    }

    /** The listener runs on this context after each step, and when a gate that held the task opens. */
    void start(Context on, Runnable onProgress) {
        context = on;
        listener = onProgress;
        goOn();
    }

    void cancel() {
        cancelled = true;
        if (context != null) {
            context.owner().cancelTimer(timer);
        }
    }

    boolean isFinished() {
        return steps == null;
    }

    /** Whether this step is done. On the task's event loop. */
    boolean hasDone(int step) {
        return position > step;
    }

    /** Whether this step is done, and nothing holds the task at it. On the task's event loop. */
    boolean hasLeft(int step) {
        return position > step + 1 || position == step + 1 && !held;
    }

    SourceAnswer nextSourceAnswer() {
        return next(sourceAnswers, sourceReads);
    }

    SourceAnswer nextShareAnswer() {
        return next(shareAnswers, shareReads);
    }

    VideoAnswer nextVideoAnswer() {
        return next(videoAnswers, videoReads);
    }

    SimulatedTask snapshot() {
        List<Step> now = steps;
        return now == null ? finished : describe(now, position);
    }

    private static <T> T next(List<T> answers, AtomicInteger reads) {
        return answers.get(reads.getAndUpdate(read -> Math.min(read + 1, answers.size() - 1)));
    }

    private void goOn() {
        while (!cancelled) {
            if (position == steps.size()) {
                finished = describe(steps, position);
                steps = null;
                return;
            }
            long pause = pace.before(steps.get(position));
            if (pause > 0) {
                timer = context.owner().setTimer(pause, id -> {
                    if (!cancelled && takeStep()) {
                        goOn();
                    }
                });
                return;
            }
            if (!takeStep()) {
                return;
            }
        }
    }

    private boolean takeStep() {
        Gate gate = steps.get(position).gate();
        held = gate != null && !gate.isOpen();
        position++;
        listener.run();
        if (held) {
            gate.pass(() -> context.runOnContext(v -> {
                held = false;
                listener.run();
                goOn();
            }));
        }
        return !held;
    }

    private SimulatedTask describe(List<Step> all, int done) {
        StringBuilder report = new StringBuilder();
        int progress = 0;
        SimulatedTask.State state = SimulatedTask.State.QUEUED;
        for (Step step : all.subList(0, done)) {
            report.append(step.report());
            progress = Math.max(progress, step.percent());
            if (step.point() == Point.GENERATING || step.percent() >= 0) {
                state = SimulatedTask.State.GENERATING;
            } else if (step.point() == Point.FAILED) {
                state = SimulatedTask.State.FAILED;
            } else if (step.point() == Point.LINK) {
                state = SimulatedTask.State.COMPLETED;
            }
        }
        if (done == all.size()) {
            state = fails ? SimulatedTask.State.FAILED : SimulatedTask.State.COMPLETED;
        }
        return new SimulatedTask(links.taskId(), request.model(), request.prompt(),
                state == SimulatedTask.State.COMPLETED ? 100 : progress, state, report.toString(), links.videoId(),
                links.source(), links.web(), links.thumbnail(), links.video());
    }
}
