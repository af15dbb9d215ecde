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
package io.github.camelsora.internal.observe;

import java.time.Duration;

import io.github.camelsora.internal.protocol.PolledTask;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.task.Task;
import org.apache.camel.support.task.TaskManagerRegistry;
import org.jspecify.annotations.Nullable;

/** Shows the tasks that are polled among Camel's internal tasks, as long as they are. No thread waits for them. */
public final class RecoveryTasks implements PolledTask.Observer {

    private final CamelContext camel;

    public RecoveryTasks(CamelContext camel) {
        this.camel = camel;
    }

    @Override
    public Runnable began(PolledTask task) {
        TaskManagerRegistry registry = PluginHelper.getTaskManagerRegistry(camel.getCamelContextExtension());
        if (registry == null) {
            return () -> { };
        }
        Task row = new Row(task);
        registry.addTask(row);
        return () -> registry.removeTask(row);
    }

    /** @param task as it is now */
    private record Row(PolledTask task) implements Task {

        @Override
        public String getName() {
            String id = task.taskId();
            return "SoraRecovery-" + (id == null ? "unknown" : id);
        }

        @Override
        public Status getStatus() {
            return Status.Active;
        }

        @Override
        public Duration elapsed() {
            return Duration.ofMillis(getCurrentElapsedTime());
        }

        @Override
        public int iteration() {
            return task.rounds();
        }

        @Override
        public long getCurrentDelay() {
            return Math.max(0, task.nextAt() - System.currentTimeMillis());
        }

        @Override
        public long getCurrentElapsedTime() {
            return System.currentTimeMillis() - task.beganAt();
        }

        @Override
        public long getFirstAttemptTime() {
            return task.beganAt();
        }

        @Override
        public long getLastAttemptTime() {
            return task.lastAt();
        }

        @Override
        public long getNextAttemptTime() {
            return task.nextAt();
        }

        /** Camel shows its message; what the links have answered is nothing that was thrown. */
        @Override
        public @Nullable Throwable getException() {
            return null;
        }
    }
}
