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

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tasks by id, and by what their links lead to; of finished ones only the last. Thread-safe. */
final class TaskStore {

    private static final int MAX_TASKS = 20_000;

    private final Map<String, Task> byPath = new HashMap<>();
    private final Map<String, Task> tasks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Task> eldest) {
            boolean full = size() > MAX_TASKS && eldest.getValue().isFinished();
            if (full) {
                byPath.remove(eldest.getValue().links().videoPath());
                byPath.remove(eldest.getValue().links().thumbnailPath());
            }
            return full;
        }
    };

    synchronized void add(Task task) {
        tasks.put(task.links().taskId(), task);
        byPath.put(task.links().videoPath(), task);
        byPath.put(task.links().thumbnailPath(), task);
    }

    synchronized Task find(String id) {
        return tasks.get(id);
    }

    /** The task whose video or picture has this path; {@code null} if none is known any more. */
    synchronized Task ofMedia(String path) {
        return byPath.get(path);
    }

    synchronized List<Task> all() {
        return List.copyOf(tasks.values());
    }

    synchronized void clear() {
        tasks.values().forEach(Task::cancel);
        tasks.clear();
        byPath.clear();
    }
}
