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
package io.github.camelsora.event;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * A video could not be fetched. It exists all the same, and nothing is bought by fetching it again; so this is no
 * {@link SoraException}. As there, there is never a cause: an I/O error is named in the message and added as suppressed.
 */
public final class DownloadFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final SoraVideo video;
    private final Failure failure;

    /**
     * A failure.
     *
     * @param message one sentence with the values and the remedy
     * @param video what was to be fetched
     * @param failure why it was not
     */
    public DownloadFailedException(String message, SoraVideo video, Failure failure) {
        super(message);
        this.video = video;
        this.failure = failure;
    }

    /** Why a video could not be fetched, for routes that decide by it. */
    public enum Reason {
        /** The link answers 401, 403, 404 or 410, and there is no fresh one. */
        EXPIRED,
        /** The link answers another status that says no. */
        REFUSED,
        /** The link, or one of its redirects, leads to a host or an address that is not trusted. */
        UNTRUSTED,
        /** The video is larger than {@code maxDownloadSize}. */
        TOO_LARGE,
        /** The answer is no whole video: a page, another encoding, another part than was asked for, no length. */
        BAD_ANSWER,
        /** No connection, breaks or silence, again and again. */
        BROKEN,
        /** The video could not be written. */
        NOT_STORED,
        /** The component stopped it, or {@code stopOnException} did. */
        CANCELLED
    }

    /**
     * Why a video could not be fetched.
     *
     * @param reason in a form to decide by
     * @param statusCode the HTTP status that says so, or 0 where there was none
     */
    public record Failure(Reason reason, int statusCode) implements Serializable {
    }

    /** What was to be fetched: a video with no more than a link where only that was given. */
    public SoraVideo getVideo() {
        return video;
    }

    /** See {@link SoraVideo#videoUrl()}. */
    public @Nullable String getVideoUrl() {
        return video.videoUrl();
    }

    /** See {@link SoraVideo#taskId()}. */
    public @Nullable String getTaskId() {
        return video.taskId();
    }

    /** See {@link SoraVideo#generationId()}. */
    public @Nullable String getGenerationId() {
        return video.generationId();
    }

    /** Why, in a form to decide by. */
    public Reason getReason() {
        return failure.reason();
    }

    /** The HTTP status that says so, or 0 where there was none. */
    public int getStatusCode() {
        return failure.statusCode();
    }

    /** Whether the same download may succeed later: after breaks, and when it was cancelled. */
    public boolean isRetryable() {
        return failure.reason() == Reason.BROKEN || failure.reason() == Reason.CANCELLED;
    }
}
