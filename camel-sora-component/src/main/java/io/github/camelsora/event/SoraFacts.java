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
 * What is known of a generation at one moment. Every event carries it; whatever is not known (yet) is {@code null}.
 *
 * @param generationId the id of the generation; {@code null} only where JSON was read that has none, or a link was downloaded
 * @param sequence number of the event within its generation, from 1; 0 in an exception
 * @param time when this was seen, in milliseconds since 1970-01-01T00:00Z; {@code null} only where JSON was read that has none
 * @param gateway name of the gateway
 * @param taskId the gateway's id of the task
 * @param progress percent, 0 to 100
 * @param videoUrl the video, as far as it is known
 * @param thumbnailUrl a picture of it
 * @param previewUrl the page that shows the task in a browser
 * @param sourceUrl the link that answers with the task's state
 * @param videoId the result's {@code sid}, which a remix refers to
 * @param responseId id of the chat completion
 * @param responseModel model that the gateway says it used
 * @param finishReason the chat completion's finish reason
 * @param usage tokens
 */
public record SoraFacts(@Nullable String generationId, int sequence, @Nullable Long time, @Nullable String gateway,
        @Nullable String taskId, @Nullable Integer progress, @Nullable String videoUrl, @Nullable String thumbnailUrl,
        @Nullable String previewUrl, @Nullable String sourceUrl, @Nullable String videoId, @Nullable String responseId,
        @Nullable String responseModel, @Nullable String finishReason, @Nullable SoraUsage usage) implements Serializable {

    /** Facts by name; what is not set is not known. */
    public static Builder builder() {
        return new Builder();
    }

    /** What is known of a generation that has this result. */
    public static SoraFacts of(SoraVideo video) {
        return builder().generationId(video.generationId()).time(video.time()).gateway(video.gateway()).taskId(video.taskId())
                .progress(100).videoUrl(video.videoUrl()).thumbnailUrl(video.thumbnailUrl()).previewUrl(video.previewUrl())
                .sourceUrl(video.sourceUrl()).videoId(video.videoId()).responseModel(video.responseModel())
                .usage(video.usage()).build();
    }

    private Builder toBuilder() {
        return new Builder().generationId(generationId).sequence(sequence).time(time).gateway(gateway).taskId(taskId)
                .progress(progress).videoUrl(videoUrl).thumbnailUrl(thumbnailUrl).previewUrl(previewUrl).sourceUrl(sourceUrl)
                .videoId(videoId).responseId(responseId).responseModel(responseModel).finishReason(finishReason).usage(usage);
    }

    /** A copy with this sequence number. */
    public SoraFacts at(int number) {
        return toBuilder().sequence(number).build();
    }

    /** A copy with this sequence number, time and percentage. */
    public SoraFacts at(int number, @Nullable Long millis, @Nullable Integer percent) {
        return toBuilder().sequence(number).time(millis).progress(percent).build();
    }

    /** Fills missing values from another. */
    public SoraFacts or(SoraFacts other) {
        return new Builder().generationId(first(generationId, other.generationId)).sequence(sequence)
                .time(first(time, other.time)).gateway(first(gateway, other.gateway)).taskId(first(taskId, other.taskId))
                .progress(first(progress, other.progress)).videoUrl(first(videoUrl, other.videoUrl))
                .thumbnailUrl(first(thumbnailUrl, other.thumbnailUrl)).previewUrl(first(previewUrl, other.previewUrl))
                .sourceUrl(first(sourceUrl, other.sourceUrl)).videoId(first(videoId, other.videoId))
                .responseId(first(responseId, other.responseId)).responseModel(first(responseModel, other.responseModel))
                .finishReason(first(finishReason, other.finishReason)).usage(first(usage, other.usage)).build();
    }

    private static <T> @Nullable T first(@Nullable T known, @Nullable T other) {
        return known == null ? other : known;
    }

    @Override
    public String toString() {
        return "SoraFacts[" + sequence + ", " + gateway + ", task " + taskId + ", " + progress + " %]";
    }

    /** Names what is known. Not thread-safe. */
    public static final class Builder {

        private @Nullable String generationId;
        private int sequence;
        private @Nullable Long time;
        private @Nullable String gateway;
        private @Nullable String taskId;
        private @Nullable Integer progress;
        private @Nullable String videoUrl;
        private @Nullable String thumbnailUrl;
        private @Nullable String previewUrl;
        private @Nullable String sourceUrl;
        private @Nullable String videoId;
        private @Nullable String responseId;
        private @Nullable String responseModel;
        private @Nullable String finishReason;
        private @Nullable SoraUsage usage;

        private Builder() {
        }

        /** See {@link SoraFacts#generationId()}. */
        public Builder generationId(@Nullable String value) {
            generationId = value;
            return this;
        }

        /** See {@link SoraFacts#sequence()}. */
        public Builder sequence(int value) {
            sequence = value;
            return this;
        }

        /** See {@link SoraFacts#time()}. */
        public Builder time(@Nullable Long value) {
            time = value;
            return this;
        }

        /** See {@link SoraFacts#gateway()}. */
        public Builder gateway(@Nullable String value) {
            gateway = value;
            return this;
        }

        /** See {@link SoraFacts#taskId()}. */
        public Builder taskId(@Nullable String value) {
            taskId = value;
            return this;
        }

        /** See {@link SoraFacts#progress()}. */
        public Builder progress(@Nullable Integer value) {
            progress = value;
            return this;
        }

        /** See {@link SoraFacts#videoUrl()}. */
        public Builder videoUrl(@Nullable String value) {
            videoUrl = value;
            return this;
        }

        /** See {@link SoraFacts#thumbnailUrl()}. */
        public Builder thumbnailUrl(@Nullable String value) {
            thumbnailUrl = value;
            return this;
        }

        /** See {@link SoraFacts#previewUrl()}. */
        public Builder previewUrl(@Nullable String value) {
            previewUrl = value;
            return this;
        }

        /** See {@link SoraFacts#sourceUrl()}. */
        public Builder sourceUrl(@Nullable String value) {
            sourceUrl = value;
            return this;
        }

        /** See {@link SoraFacts#videoId()}. */
        public Builder videoId(@Nullable String value) {
            videoId = value;
            return this;
        }

        /** See {@link SoraFacts#responseId()}. */
        public Builder responseId(@Nullable String value) {
            responseId = value;
            return this;
        }

        /** See {@link SoraFacts#responseModel()}. */
        public Builder responseModel(@Nullable String value) {
            responseModel = value;
            return this;
        }

        /** See {@link SoraFacts#finishReason()}. */
        public Builder finishReason(@Nullable String value) {
            finishReason = value;
            return this;
        }

        /** See {@link SoraFacts#usage()}. */
        public Builder usage(@Nullable SoraUsage value) {
            usage = value;
            return this;
        }

        /** The facts set so far. */
        public SoraFacts build() {
            return new SoraFacts(generationId, sequence, time, gateway, taskId, progress, videoUrl, thumbnailUrl, previewUrl,
                    sourceUrl, videoId, responseId, responseModel, finishReason, usage);
        }
    }
}
