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
import io.github.camelsora.event.GenerationLostException;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraException;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.TaskReference;
import io.github.camelsora.task.SoraTask;
import io.github.camelsora.task.SoraTaskRepository;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The task that a message asks to resume. It is named by a {@link SoraVideo} or {@link SoraEvent} as body; else, in an error
 * handler, by the exception; else by the JSON of a video or event of another process, by the headers, or by a task id or a
 * source link as body. The exception comes before a body that may be anything, because after a lost generation the body still
 * is the prompt.
 *
 * @param reference what the task can be found by, as far as the message says
 * @param generationId the id of the generation that goes on, or {@code null} if it is not known
 * @param earlier the earlier result, or {@code null}
 * @param gateway the name of the gateway that has the task, or {@code null} if nothing says it
 * @param text a body that may be a task id, a generation id, or neither; or {@code null}
 */
public record TaskToResume(TaskReference reference, @Nullable String generationId, @Nullable SoraVideo earlier,
        @Nullable String gateway, @Nullable String text) {

    /** Checks nothing yet: the repository may know more. */
    public TaskToResume {
        // It comes from a header or from JSON, and goes into headers and logs.
        generationId = ForeignText.cleanOrNull(generationId);
    }

    private TaskToResume(TaskReference reference, @Nullable String generationId, @Nullable SoraVideo earlier,
            @Nullable String gateway) {
        this(reference, generationId, earlier, gateway, null);
    }

    /** Looks the task up: by its generation, else by its own id. */
    public Optional<SoraTaskRepository.Stored> find(SoraTaskRepository repository) {
        return find(repository, generationId == null ? text : generationId, reference.taskId());
    }

    /** Looks a task up by the id of its generation, else by its own. */
    static Optional<SoraTaskRepository.Stored> find(SoraTaskRepository repository, @Nullable String generationId,
            @Nullable String taskId) {
        Optional<SoraTaskRepository.Stored> stored = generationId == null ? Optional.empty() : repository.find(generationId);
        return stored.isPresent() || taskId == null ? stored : repository.findByTaskId(taskId);
    }

    /**
     * The same, with what is stored of it.
     *
     * @param ownOrigin of the step's own gateway: a task of the same origin is its own, whatever the gateway was called
     */
    public TaskToResume stored(SoraTaskRepository.Stored found, String ownOrigin) {
        SoraTask task = found.task();
        TaskReference known = TaskReference.of(task.taskId(), task.sourceUrl());
        // The generation's own id tells no gateway anything.
        TaskReference told = task.key().equals(text) ? TaskReference.NONE : reference;
        String ofRecord = task.origin().equals(ownOrigin) ? null : task.video().gateway();
        return new TaskToResume(known.isEmpty() ? told : known, task.key(), task.video(),
                gateway == null ? ofRecord : gateway);
    }

    /**
     * The same, where nothing is stored of it.
     *
     * @throws IllegalArgumentException if there is nothing to find the task by
     */
    public TaskToResume unknown() {
        if (text != null && (reference.isEmpty() || text.chars().noneMatch(Character::isDigit))) {
            throw new IllegalArgumentException("Not a task id: " + ForeignText.clean(text) + "; nor is it the id of a "
                    + "generation in the task repository. A task id as body has a digit, so that no prompt is taken for one, "
                    + "and 1 to 128 of the letters, digits and . _ : -. Give any other id as header " + SoraConstants.TASK_ID);
        }
        if (reference.isEmpty()) {
            throw new IllegalArgumentException("There is neither a task id nor a source link to resume by"
                    + (generationId == null ? "" : ", and generation " + generationId + " is not in the task repository"));
        }
        return this;
    }

    /**
     * @throws IllegalArgumentException if the message names no task
     * @throws SoraException the one that an error handler has caught, if it names no task: there is nothing to resume
     */
    public static TaskToResume in(Message message) {
        TaskToResume task = find(message);
        return new TaskToResume(task.reference, task.generationId, task.earlier, VideoGateway.name(task.gateway, message),
                task.text);
    }

    private static TaskToResume find(Message message) {
        Object body = message.getBody();
        if (body instanceof SoraVideo video) {
            return of(video);
        }
        if (body instanceof SoraEvent event) {
            return of(event);
        }
        Exception caught = message.getExchange().getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (body instanceof SoraTask task) {
            return new TaskToResume(TaskReference.of(task.taskId(), task.sourceUrl()), task.key(), task.video(),
                    task.video().gateway());
        }
        if (caught instanceof SoraException failure) {
            return of(failure);
        }
        if (body instanceof Map<?, ?> map) {
            return ofJson(SoraJson.write(map));
        }
        String taskId = message.getHeader(SoraConstants.TASK_ID, String.class);
        String sourceUrl = message.getHeader(SoraConstants.SOURCE_URL, String.class);
        if (taskId != null || sourceUrl != null) {
            return new TaskToResume(new TaskReference(taskId(taskId), link(sourceUrl)), generationId(message), null, null);
        }
        return ofText(body == null ? null : message.getBody(String.class), generationId(message));
    }

    private static @Nullable String generationId(Message message) {
        return message.getHeader(SoraConstants.GENERATION_ID, String.class);
    }

    private static TaskToResume of(SoraVideo video) {
        return new TaskToResume(TaskReference.of(video.taskId(), video.sourceUrl()), video.generationId(), video,
                video.gateway());
    }

    private static TaskToResume of(SoraEvent event) {
        return new TaskToResume(TaskReference.of(event.getTaskId(), event.getSourceUrl()), event.getGenerationId(),
                event.getVideo(), event.getGateway());
    }

    private static TaskToResume of(SoraException failure) {
        TaskReference reference = failure instanceof GenerationLostException lost
                ? TaskReference.of(lost.getTaskId(), lost.getSourceUrl()) : TaskReference.NONE;
        if (reference.isEmpty()) {
            throw failure;
        }
        return new TaskToResume(reference, failure.getGenerationId(), null, failure.facts().gateway());
    }

    private static TaskToResume ofJson(String json) {
        return SoraJson.isEvent(json) ? of(SoraJson.readEvent(json)) : of(SoraJson.readVideo(json));
    }

    private static TaskToResume ofText(@Nullable String body, @Nullable String generationId) {
        String text = body == null ? "" : body.strip();
        if (text.isEmpty()) {
            throw new IllegalArgumentException("There is no task to resume: give a SoraVideo, a SoraEvent, a task id or a "
                    + "source link as body, or the header " + SoraConstants.TASK_ID + " or " + SoraConstants.SOURCE_URL);
        }
        if (text.startsWith("{")) {
            return ofJson(text);
        }
        Link link = Link.of(text);
        return link == null ? new TaskToResume(TaskReference.of(text, null), generationId, null, null, text)
                : new TaskToResume(new TaskReference(null, link), generationId, null, null);
    }

    private static @Nullable String taskId(@Nullable String text) {
        if (text != null && !TaskReference.isTaskId(text)) {
            throw new IllegalArgumentException("Not a task id: " + ForeignText.clean(text)
                    + "; a task id has 1 to 128 of the letters, digits and . _ : -");
        }
        return text;
    }

    private static @Nullable Link link(@Nullable String text) {
        Link link = Link.of(text);
        if (text != null && link == null) {
            throw new IllegalArgumentException("Not a source link: an absolute http or https URI without user info is one");
        }
        return link;
    }
}
