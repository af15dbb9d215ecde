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

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The identifiers of one task, and the links to it. The result's links are known from the start and stand in the report at its
 * end.
 */
record TaskLinks(String base, String taskId, String videoId, String thumbnail, String video) {

    static TaskLinks fresh(String base) {
        String folder = base + "/cdn/" + LocalDate.now(ZoneOffset.UTC).format(DateTimeFormatter.BASIC_ISO_DATE) + "/";
        return new TaskLinks(base, Ids.task(), Ids.video(), folder + Ids.file() + ".webp", folder + Ids.file() + ".mp4");
    }

    /** The path of the link to the video. */
    String videoPath() {
        return video.substring(base.length());
    }

    /** The path of the link to the picture. */
    String thumbnailPath() {
        return thumbnail.substring(base.length());
    }

    String web() {
        return base + "/web/" + taskId;
    }

    String source() {
        return base + "/source/" + taskId;
    }
}
