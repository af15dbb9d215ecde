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
import java.io.Serializable;

/**
 * A step of a generation. Events of one generation are numbered from 1 without gaps; the last one is {@link Completed} or
 * {@link Failed}. Immutable. The accessors answer for every kind, with {@code null} where something is not known.
 *
 * <p>The {@code get…} methods say the same to JSON mappers and expression languages: an event's JSON is flat, with its
 * kind as {@code type}. {@code toString} shows no link and no word of the gateway.
 */
public sealed interface SoraEvent extends Serializable {

    /** Number of the event within its generation, from 1. */
    int sequence();

    /** What is known when the event is sent. */
    SoraFacts facts();

    /** The kind of the event. */
    SoraEventType type();

    /** Whether this is the last event of its generation. */
    default boolean last() {
        return type() == SoraEventType.COMPLETED || type() == SoraEventType.FAILED;
    }

    /** See {@link SoraFacts#gateway()}. */
    default String gateway() {
        return facts().gateway();
    }

    /** See {@link SoraFacts#taskId()}. */
    default String taskId() {
        return facts().taskId();
    }

    /** See {@link SoraFacts#progress()}. */
    default Integer progress() {
        return facts().progress();
    }

    /** See {@link SoraFacts#videoUrl()}. */
    default String videoUrl() {
        return facts().videoUrl();
    }

    /** See {@link SoraFacts#thumbnailUrl()}. */
    default String thumbnailUrl() {
        return facts().thumbnailUrl();
    }

    /** See {@link SoraFacts#previewUrl()}. */
    default String previewUrl() {
        return facts().previewUrl();
    }

    /** See {@link SoraFacts#sourceUrl()}. */
    default String sourceUrl() {
        return facts().sourceUrl();
    }

    /** See {@link SoraFacts#videoId()}. */
    default String videoId() {
        return facts().videoId();
    }

    /** See {@link SoraFacts#responseId()}. */
    default String responseId() {
        return facts().responseId();
    }

    /** See {@link SoraFacts#responseModel()}. */
    default String responseModel() {
        return facts().responseModel();
    }

    /** See {@link SoraFacts#finishReason()}. */
    default String finishReason() {
        return facts().finishReason();
    }

    /** See {@link SoraFacts#usage()}. */
    default SoraUsage usage() {
        return facts().usage();
    }

    /** The result, on {@link Completed}; else {@code null}. */
    default SoraVideo video() {
        return null;
    }

    /** How the generation ended, on the last event; else {@code null}. */
    default SoraOutcome outcome() {
        return null;
    }

    /** Why it failed, on {@link Failed}; else {@code null}. */
    default SoraFailureCategory category() {
        return null;
    }

    /** The gateway's reason, else our sentence, on {@link Failed}; else {@code null}. Foreign text: at most 500 characters. */
    default String reason() {
        return null;
    }

    /** Whether sending the request again is safe and worthwhile, on {@link Failed}; else {@code null}. */
    default Boolean retryable() {
        return null;
    }

    /** Whether the generation may have been paid for, on {@link Failed}; else {@code null}. */
    default Boolean possiblyCharged() {
        return null;
    }

    /** See {@link #type()}. */
    default SoraEventType getType() {
        return type();
    }

    /** See {@link #gateway()}. */
    default String getGateway() {
        return gateway();
    }

    /** See {@link #taskId()}. */
    default String getTaskId() {
        return taskId();
    }

    /** See {@link #progress()}. */
    default Integer getProgress() {
        return progress();
    }

    /** See {@link #videoUrl()}. */
    default String getVideoUrl() {
        return videoUrl();
    }

    /** See {@link #thumbnailUrl()}. */
    default String getThumbnailUrl() {
        return thumbnailUrl();
    }

    /** See {@link #previewUrl()}. */
    default String getPreviewUrl() {
        return previewUrl();
    }

    /** See {@link #sourceUrl()}. */
    default String getSourceUrl() {
        return sourceUrl();
    }

    /** See {@link #videoId()}. */
    default String getVideoId() {
        return videoId();
    }

    /** See {@link #responseId()}. */
    default String getResponseId() {
        return responseId();
    }

    /** See {@link #responseModel()}. */
    default String getResponseModel() {
        return responseModel();
    }

    /** See {@link #finishReason()}. */
    default String getFinishReason() {
        return finishReason();
    }

    /** See {@link #usage()}. */
    default SoraUsage getUsage() {
        return usage();
    }

    /** See {@link #outcome()}. */
    default SoraOutcome getOutcome() {
        return outcome();
    }

    /** The gateway has named the task. */
    record Submitted(int sequence, SoraFacts facts) implements SoraEvent {
        @Override
        @Transient
        public SoraFacts facts() {
            return facts;
        }

        @Override
        public SoraEventType type() {
            return SoraEventType.SUBMITTED;
        }
    }

    /** The task waits for its turn. */
    record Queued(int sequence, SoraFacts facts) implements SoraEvent {
        @Override
        @Transient
        public SoraFacts facts() {
            return facts;
        }

        @Override
        public SoraEventType type() {
            return SoraEventType.QUEUED;
        }
    }

    /** The video is being made. */
    record Generating(int sequence, SoraFacts facts) implements SoraEvent {
        @Override
        @Transient
        public SoraFacts facts() {
            return facts;
        }

        @Override
        public SoraEventType type() {
            return SoraEventType.GENERATING;
        }
    }

    /** A new, higher percentage: {@link #progress()}. */
    record Progress(int sequence, SoraFacts facts) implements SoraEvent {
        @Override
        @Transient
        public SoraFacts facts() {
            return facts;
        }

        @Override
        public SoraEventType type() {
            return SoraEventType.PROGRESS;
        }
    }

    /** The stream is lost; polling goes on. */
    record Recovering(int sequence, SoraFacts facts) implements SoraEvent {
        @Override
        @Transient
        public SoraFacts facts() {
            return facts;
        }

        @Override
        public SoraEventType type() {
            return SoraEventType.RECOVERING;
        }
    }

    /** The end: there is a video. Its progress is 100. */
    record Completed(int sequence, SoraFacts facts, SoraVideo video) implements SoraEvent {
        @Override
        @Transient
        public SoraFacts facts() {
            return facts;
        }

        @Override
        public SoraEventType type() {
            return SoraEventType.COMPLETED;
        }

        @Override
        public SoraOutcome outcome() {
            return SoraOutcome.COMPLETED;
        }
    }

    /** The end: there is none. Goes out before the exchange fails. */
    record Failed(int sequence, SoraFacts facts, SoraOutcome outcome, SoraFailureCategory category, String reason,
            Boolean retryable, Boolean possiblyCharged) implements SoraEvent {
        @Override
        @Transient
        public SoraFacts facts() {
            return facts;
        }

        @Override
        public SoraEventType type() {
            return SoraEventType.FAILED;
        }
    }
}
