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

import java.beans.Transient;

import org.jspecify.annotations.Nullable;

/**
 * A step of a generation. Events of one generation are numbered from 1 without gaps; the last one is {@link Completed} or
 * {@link Failed}. Immutable. A bean to expression languages and JSON mappers: every getter answers for every kind, with
 * {@code null} where something is not known, and the JSON is flat, with the kind as {@code type}. {@code toString} shows no
 * link. Not {@link java.io.Serializable}, for the reason that {@link SoraVideo} has.
 */
// Getters only: beside an accessor of the same name Camel's ${body.progress} is ambiguous, by the order of reflection.
public sealed interface SoraEvent {

    /** What is known when the event is sent. Not part of its JSON, which is flat. */
    @Transient
    SoraFacts facts();

    /** The kind of the event. */
    SoraEventType getType();

    /** Whether this is the last event of its generation. */
    default boolean last() {
        return getType() == SoraEventType.COMPLETED || getType() == SoraEventType.FAILED;
    }

    /** See {@link SoraFacts#generationId()}. */
    default @Nullable String getGenerationId() {
        return facts().generationId();
    }

    /** Number of the event within its generation, from 1. */
    default int getSequence() {
        return facts().sequence();
    }

    /** See {@link SoraFacts#time()}. When it was seen, which may be long before it is delivered. */
    default @Nullable Long getTime() {
        return facts().time();
    }

    /** See {@link SoraFacts#gateway()}. */
    default @Nullable String getGateway() {
        return facts().gateway();
    }

    /** See {@link SoraFacts#taskId()}. */
    default @Nullable String getTaskId() {
        return facts().taskId();
    }

    /** See {@link SoraFacts#progress()}. */
    default @Nullable Integer getProgress() {
        return facts().progress();
    }

    /** See {@link SoraFacts#videoUrl()}. */
    default @Nullable String getVideoUrl() {
        return facts().videoUrl();
    }

    /** See {@link SoraFacts#thumbnailUrl()}. */
    default @Nullable String getThumbnailUrl() {
        return facts().thumbnailUrl();
    }

    /** See {@link SoraFacts#previewUrl()}. */
    default @Nullable String getPreviewUrl() {
        return facts().previewUrl();
    }

    /** See {@link SoraFacts#sourceUrl()}. */
    default @Nullable String getSourceUrl() {
        return facts().sourceUrl();
    }

    /** See {@link SoraFacts#videoId()}. */
    default @Nullable String getVideoId() {
        return facts().videoId();
    }

    /** See {@link SoraFacts#responseId()}. */
    default @Nullable String getResponseId() {
        return facts().responseId();
    }

    /** See {@link SoraFacts#responseModel()}. */
    default @Nullable String getResponseModel() {
        return facts().responseModel();
    }

    /** See {@link SoraFacts#finishReason()}. */
    default @Nullable String getFinishReason() {
        return facts().finishReason();
    }

    /** See {@link SoraFacts#usage()}. */
    default @Nullable SoraUsage getUsage() {
        return facts().usage();
    }

    /** The result, on {@link Completed}; else {@code null}. */
    default @Nullable SoraVideo getVideo() {
        return null;
    }

    /** How the generation ended, on the last event; else {@code null}. */
    default @Nullable SoraOutcome getOutcome() {
        return null;
    }

    /** Why it failed, on {@link Failed}; else {@code null}. */
    default @Nullable SoraFailureCategory getCategory() {
        return null;
    }

    /** The gateway's reason, else our sentence, on {@link Failed}; else {@code null}. */
    default @Nullable String getReason() {
        return null;
    }

    /** Whether sending the request again is safe and worthwhile, on {@link Failed}; else {@code null}. */
    default @Nullable Boolean getRetryable() {
        return null;
    }

    /** Whether the generation may have been paid for, on {@link Failed}; else {@code null}. */
    default @Nullable Boolean getPossiblyCharged() {
        return null;
    }

    /**
     * The gateway has named the task.
     *
     * @param facts what is known
     */
    record Submitted(SoraFacts facts) implements SoraEvent {
        @Override
        public SoraEventType getType() {
            return SoraEventType.SUBMITTED;
        }
    }

    /**
     * The task waits for its turn.
     *
     * @param facts what is known
     */
    record Queued(SoraFacts facts) implements SoraEvent {
        @Override
        public SoraEventType getType() {
            return SoraEventType.QUEUED;
        }
    }

    /**
     * The video is being made.
     *
     * @param facts what is known
     */
    record Generating(SoraFacts facts) implements SoraEvent {
        @Override
        public SoraEventType getType() {
            return SoraEventType.GENERATING;
        }
    }

    /**
     * A new, higher percentage: {@link #getProgress()}.
     *
     * @param facts what is known
     */
    record Progress(SoraFacts facts) implements SoraEvent {
        @Override
        public SoraEventType getType() {
            return SoraEventType.PROGRESS;
        }
    }

    /**
     * The stream is lost; polling goes on.
     *
     * @param facts what is known
     */
    record Recovering(SoraFacts facts) implements SoraEvent {
        @Override
        public SoraEventType getType() {
            return SoraEventType.RECOVERING;
        }
    }

    /**
     * The end: there is a video. Its progress is 100.
     *
     * @param facts what is known
     * @param result the video; {@link #getVideo()} to beans and in JSON
     */
    record Completed(SoraFacts facts, SoraVideo result) implements SoraEvent {
        @Transient
        public SoraVideo result() {
            return result;
        }

        @Override
        public SoraEventType getType() {
            return SoraEventType.COMPLETED;
        }

        @Override
        public SoraVideo getVideo() {
            return result;
        }

        @Override
        public SoraOutcome getOutcome() {
            return SoraOutcome.COMPLETED;
        }
    }

    /**
     * The end: there is none. Goes out before the exchange fails.
     *
     * @param facts what is known
     * @param failure why; flat in the JSON, as {@code outcome}, {@code category}, {@code reason} and so on
     */
    record Failed(SoraFacts facts, SoraFailure failure) implements SoraEvent {
        @Transient
        public SoraFailure failure() {
            return failure;
        }

        @Override
        public SoraEventType getType() {
            return SoraEventType.FAILED;
        }

        @Override
        public SoraOutcome getOutcome() {
            return failure.outcome();
        }

        @Override
        public SoraFailureCategory getCategory() {
            return failure.category();
        }

        @Override
        public String getReason() {
            return failure.reason();
        }

        @Override
        public Boolean getRetryable() {
            return failure.retryable();
        }

        @Override
        public Boolean getPossiblyCharged() {
            return failure.possiblyCharged();
        }
    }
}
