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
import io.github.camelsora.internal.report.TaskProgress;
import org.jspecify.annotations.Nullable;

/** The steps that a task has made, collected until they are taken as events. Not thread-safe. */
final class TaskSteps implements TaskProgress.Listener {

    private final TaskProgress progress = new TaskProgress(this);
    private List<Step> steps = List.of();

    /**
     * An event that has become known.
     *
     * @param percent the percentage at that point
     */
    record Step(Function<SoraFacts, SoraEvent> kind, @Nullable Integer percent) {
    }

    /** Decides which steps there are. */
    TaskProgress progress() {
        return progress;
    }

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
        if (steps.isEmpty()) {
            steps = new ArrayList<>(4);
        }
        steps.add(new Step(kind, progress.percent()));
    }

    List<Step> take() {
        List<Step> taken = steps;
        if (!taken.isEmpty()) {
            steps = List.of();
        }
        return taken;
    }
}
