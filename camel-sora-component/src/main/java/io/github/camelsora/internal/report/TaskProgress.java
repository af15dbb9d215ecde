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

import org.jspecify.annotations.Nullable;

/**
 * How far a task is, whoever tells it: the report, read once or again, or a record. The one place that tells each stage once,
 * no stage backwards, and only percentages that grow. Not thread-safe.
 */
public final class TaskProgress {

    /** Hears of each step once, in order. */
    public interface Listener {

        /** The task has an id. At most once. */
        void submitted(String taskId);

        /** The task waits. At most once, and not after {@link #generating}. */
        void queued();

        /** The video is being made. At most once, and before the first {@link #progress}. */
        void generating();

        /** A new, higher percentage, rounded down: 0 to 100. */
        void progress(int percent);
    }

    private static final int MAX = 100;
    private static final int NONE = -1;

    private final Listener listener;
    private boolean submitted;
    private boolean queued;
    private boolean generating;
    private int highest = NONE;

    public TaskProgress(Listener listener) {
        this.listener = listener;
    }

    public void submitted(String taskId) {
        if (!submitted) {
            submitted = true;
            listener.submitted(taskId);
        }
    }

    public void queued() {
        if (!queued && !generating) {
            queued = true;
            listener.queued();
        }
    }

    public void generating() {
        if (!generating) {
            generating = true;
            listener.generating();
        }
    }

    /** A percentage that is not higher than the one before, or above 100, is ignored. */
    public void reached(int percent) {
        if (percent <= MAX && percent > highest) {
            generating();
            highest = percent;
            listener.progress(percent);
        }
    }

    /** Whether the task has an id. */
    public boolean isSubmitted() {
        return submitted;
    }

    /** Whether the task waits, or has waited. */
    public boolean isQueued() {
        return queued;
    }

    /** Whether the video is being made. */
    public boolean isGenerating() {
        return generating;
    }

    /** The highest percentage, or {@code null} before the first. */
    public @Nullable Integer percent() {
        return highest == NONE ? null : Integer.valueOf(highest);
    }
}
