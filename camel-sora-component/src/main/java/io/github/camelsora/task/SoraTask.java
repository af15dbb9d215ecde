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

import io.github.camelsora.event.SoraFailure;
import io.github.camelsora.event.SoraVideo;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one generation, so that its video is paid for once and can be found again, by another process too.
 * Immutable. Holds the prompt and the video's links, which are signed: keep it where you would keep these. Never holds an API
 * key.
 *
 * @param key the request key, or the generation id where there is none: one task for each key; at most 255 characters
 * @param requestHash SHA-256 of what was asked for, in hex: the same key with another one is an error
 * @param protocol how the gateway is spoken to, such as {@code chat}
 * @param origin scheme, host and port of the gateway's base URL
 * @param keyFingerprint the first 16 hex digits of the SHA-256 of the API key, or {@code null} where there is none
 * @param state how far it has come
 * @param video what is known of the video: gateway, model, prompt and messages from the beginning, task id and links when
 *     they are told, and the whole result if the state is {@link SoraTaskState#COMPLETED}
 * @param failure why there is no video, if the state is {@link SoraTaskState#FAILED} or {@link SoraTaskState#LOST}; else
 *     {@code null}
 * @param claimedAt when the key was claimed, right before the request was sent; by the clock of the process that did
 * @param updatedAt when this was written, by the clock of the process that did
 */
public record SoraTask(String key, String requestHash, String protocol, String origin, @Nullable String keyFingerprint,
        SoraTaskState state, SoraVideo video, @Nullable SoraFailure failure, Instant claimedAt, Instant updatedAt) {

    private static final int MAX_KEY_LENGTH = 255;

    /**
     * @throws IllegalArgumentException if the key is empty, longer than 255 characters, or no plain text: databases shorten or
     *     change such keys, so that two of them could become one
     */
    public SoraTask {
        if (key.isBlank() || key.length() > MAX_KEY_LENGTH) {
            throw new IllegalArgumentException("A request key has 1 to " + MAX_KEY_LENGTH + " characters, not only spaces; "
                    + "this one has " + key.length() + ". For a longer one, use its SHA-256 in hex");
        }
        if (key.codePoints().anyMatch(SoraTask::isNoPlainText)) {
            throw new IllegalArgumentException("A request key holds no control characters and no unpaired surrogates. Use "
                    + "another one, or its SHA-256 in hex");
        }
    }

    /** The gateway's id of the task, or {@code null} where none is known yet. */
    public @Nullable String taskId() {
        return video.taskId();
    }

    /** The link that answers with the task's state, or {@code null} where none is known. */
    public @Nullable String sourceUrl() {
        return video.sourceUrl();
    }

    static boolean isNoPlainText(int character) {
        return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE;
    }

    /** A copy that has come further. */
    public SoraTask with(SoraTaskState newState, SoraVideo known, @Nullable SoraFailure why, Instant now) {
        return new SoraTask(key, requestHash, protocol, origin, keyFingerprint, newState, known, why, claimedAt, now);
    }

    /** Shows no prompt and no link. */
    @Override
    public String toString() {
        return "SoraTask[" + key + ", " + state + ", task " + taskId() + "]";
    }
}
