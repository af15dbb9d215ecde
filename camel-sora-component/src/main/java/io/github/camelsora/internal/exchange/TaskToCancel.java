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
package io.github.camelsora.internal.exchange;

import java.util.Map;
import java.util.Optional;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.generation.GenerationStatus;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The generation that a message asks to cancel: a {@link SoraVideo}, {@link SoraEvent} or {@link SoraTask} as body, or the JSON
 * of one of the first two; else the headers; else the id of a generation or of a task as body.
 *
 * @param generationId the id of the generation, or {@code null}
 * @param taskId the gateway's id of its task, or {@code null}
 * @param text may be either, or {@code null}
 * @param gateway the gateway that it runs at, or {@code null} if the message does not say
 */
public record TaskToCancel(@Nullable String generationId, @Nullable String taskId, @Nullable String text,
        @Nullable String gateway) {

    /** @throws IllegalArgumentException if the message names none */
    public static TaskToCancel in(Message message) {
        Object body = message.getBody();
        if (body instanceof SoraVideo || body instanceof SoraEvent || body instanceof SoraTask || body instanceof Map) {
            return of(TaskToResume.in(message));
        }
        String generationId = message.getHeader(SoraConstants.GENERATION_ID, String.class);
        String taskId = message.getHeader(SoraConstants.TASK_ID, String.class);
        if (generationId != null || taskId != null) {
            return new TaskToCancel(generationId, taskId, null, null);
        }
        String text = body == null ? null : message.getBody(String.class);
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("There is no generation to cancel: give a SoraVideo, a SoraEvent, the id of a "
                    + "generation or of its task as body, or the header " + SoraConstants.GENERATION_ID + " or "
                    + SoraConstants.TASK_ID);
        }
        return text.stripLeading().startsWith("{") ? of(TaskToResume.in(message))
                : new TaskToCancel(null, null, text.strip(), null);
    }

    private static TaskToCancel of(TaskToResume task) {
        return new TaskToCancel(task.generationId(), task.reference().taskId(), null, task.gateway());
    }

    /** Whether it is this one. */
    public boolean is(GenerationStatus running) {
        return (gateway == null || gateway.equals(running.gateway()))
                && (running.id().equals(generationId) || text != null && running.is(text)
                        || taskId != null && taskId.equals(running.taskId()));
    }

    /** Looks for what is stored of it. */
    public Optional<SoraTaskRepository.Stored> find(SoraTaskRepository repository) {
        return TaskToResume.find(repository, generationId == null ? text : generationId, taskId == null ? text : taskId);
    }

    /** Why it cannot be cancelled: it is not in flight in this process. */
    public IllegalArgumentException notHere(Optional<SoraTaskRepository.Stored> found) {
        if (found.isEmpty()) {
            return new IllegalArgumentException("There is no " + this + " to cancel: it is not in flight in this process, and "
                    + "not in the task repository");
        }
        SoraTask task = found.get().task();
        if (task.state().isFinished()) {
            return new IllegalArgumentException("The " + this + " cannot be cancelled: it has ended already, at "
                    + task.updatedAt() + ", as " + task.state());
        }
        return new IllegalArgumentException("The " + this + " cannot be cancelled here: it is " + task.state() + " since "
                + task.claimedAt() + (found.get().owned() ? ", and another process follows it. Cancel it there"
                        : ", and no process follows it. sora:resume fetches its video"));
    }

    /** As part of a sentence. */
    @Override
    public String toString() {
        String id = generationId != null ? generationId : text;
        return id != null ? "generation " + ForeignText.clean(id) : "task " + ForeignText.clean(taskId);
    }
}
