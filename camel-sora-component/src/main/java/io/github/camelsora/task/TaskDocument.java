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

import java.time.Instant;
import java.time.format.DateTimeParseException;

import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.json.SoraJson;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a task, as a database stores it: all but the key and the state, which are columns. Later versions add fields and
 * take none away, so that processes of two versions can share a database: what one does not know it ignores.
 */
record TaskDocument(@Nullable String requestHash, @Nullable String protocol, @Nullable String origin,
        @Nullable String keyFingerprint, @Nullable SoraVideo video, @Nullable SoraFailure failure, @Nullable String claimedAt,
        @Nullable String updatedAt) {

    /** In ASCII: PostgreSQL stores no U+0000, and no database an unpaired surrogate, but each of them can be escaped. */
    static String write(SoraTask task) {
        return SoraJson.writeAscii(new TaskDocument(task.requestHash(), task.protocol(), task.origin(), task.keyFingerprint(),
                task.video(), task.failure(), task.claimedAt().toString(), task.updatedAt().toString()));
    }

    /** @throws IllegalArgumentException if it is not the JSON of a task; the message does not quote it */
    static SoraTask read(String key, String state, String json) {
        TaskDocument document = SoraJson.read(json, TaskDocument.class);
        return new SoraTask(key, known(document.requestHash, "requestHash"), known(document.protocol, "protocol"),
                known(document.origin, "origin"), document.keyFingerprint, state(state), known(document.video, "video"),
                document.failure, time(document.claimedAt, "claimedAt"), time(document.updatedAt, "updatedAt"));
    }

    private static <T> T known(@Nullable T value, String field) {
        if (value == null) {
            throw new IllegalArgumentException("The JSON has no " + field);
        }
        return value;
    }

    private static Instant time(@Nullable String value, String field) {
        try {
            return Instant.parse(known(value, field));
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("The " + field + " of the JSON is no time");
        }
    }

    private static SoraTaskState state(String name) {
        for (SoraTaskState state : SoraTaskState.values()) {
            if (state.name().equals(name)) {
                return state;
            }
        }
        throw new IllegalArgumentException("This version of camel-sora does not know its state");
    }
}
