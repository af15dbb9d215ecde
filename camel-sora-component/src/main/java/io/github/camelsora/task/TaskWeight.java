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
package io.github.camelsora.task;

import java.util.List;
import java.util.Map;

import io.github.camelsora.event.SoraMessage;
import io.github.camelsora.event.SoraVideo;
import org.jspecify.annotations.Nullable;

/** About how much memory a task takes: the characters of its texts. A text that stands in it twice counts twice. */
final class TaskWeight {

    private TaskWeight() {
    }

    static long characters(SoraTask task) {
        SoraVideo video = task.video();
        long sum = of(video.prompt()) + of(video.report()) + of(video.videoUrl()) + of(video.videoUrls())
                + of(video.thumbnailUrl()) + of(video.previewUrl()) + of(video.sourceUrl());
        for (SoraMessage message : video.messages()) {
            sum += of(message.content());
        }
        return sum;
    }

    private static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return text.length();
        }
        if (value instanceof List<?> list) {
            return list.stream().mapToLong(TaskWeight::of).sum();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream().mapToLong(entry -> of(entry.getKey()) + of(entry.getValue())).sum();
        }
        return 0;
    }
}
