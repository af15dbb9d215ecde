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
package io.github.camelsora.internal.text;

import org.jspecify.annotations.Nullable;

/**
 * What a task can be found again by: its id, its source link, or both. Checked once, here. {@code toString} shows no link.
 *
 * @param taskId 1 to 128 of letters, digits, and {@code . _ : -}, not {@code .} or {@code ..} alone; or {@code null}
 * @param source the link that answers with the task's state, or {@code null}
 */
public record TaskReference(@Nullable String taskId, @Nullable Link source) {

    /** Nothing to find a task by. */
    public static final TaskReference NONE = new TaskReference(null, null);

    private static final int MAX_ID = 128;

    /** @throws IllegalArgumentException if the id is none; it is not quoted, as it may be anything */
    public TaskReference {
        if (taskId != null && !isTaskId(taskId)) {
            throw new IllegalArgumentException("A task id has 1 to 128 of the letters, digits and . _ : -");
        }
    }

    /** The reference that these texts make. One that is no task id, or no link, is left out. */
    public static TaskReference of(@Nullable String taskId, @Nullable String sourceUrl) {
        return new TaskReference(isTaskId(taskId) ? taskId : null, Link.of(sourceUrl));
    }

    /** Whether the text is a task id. Not . and .. alone: in the path of a link they are other directories. */
    public static boolean isTaskId(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > MAX_ID || text.equals(".") || text.equals("..")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && !(c >= '0' && c <= '9') && "._:-".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is nothing to find the task by. */
    public boolean isEmpty() {
        return taskId == null && source == null;
    }

    @Override
    public String toString() {
        return "TaskReference[" + taskId + (source == null ? "]" : ", " + source + "]");
    }
}
