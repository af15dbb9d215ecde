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

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The result of a generation: the links of the video, and all that a remix needs. Immutable, and plain JSON to any mapper
 * that knows records. {@code toString} shows no prompt and no link. Links are signed by most gateways and expire in hours to
 * days.
 *
 * <p>Not {@link java.io.Serializable}: camel-jms and camel-sjms make a message with a Java object of a body that is, which no
 * other program can read and which newer releases of Camel refuse to send. Of other bodies they send the bytes, and these are
 * JSON.
 *
 * @param generationId the id of the generation; {@code null} only where JSON was read that has none
 * @param time when it was completed, in milliseconds since 1970-01-01T00:00Z; {@code null} only where JSON was read that has
 *     none
 * @param videoUrl the video; every result has one, and only what names a task for {@code sora:resume} may be without:
 *     {@code null}
 * @param videoUrls every video link of the report (a preview, download twins), in the order of the report
 * @param thumbnailUrl a picture of it, or {@code null}
 * @param previewUrl the page that shows the task in a browser, or {@code null}
 * @param sourceUrl the link that answers with the task's state, or {@code null}
 * @param taskId the gateway's id of the task, or {@code null}
 * @param videoId the result's {@code sid}, or {@code null}
 * @param gateway name of the gateway, or {@code null}
 * @param model the model as requested, or {@code null} where a task was resumed by its id or link
 * @param responseModel the model that the gateway says it used, or {@code null}
 * @param prompt the prompt, or the change that a remix asked for; {@code null} where it is not known
 * @param usage tokens, or {@code null}
 * @param report the whole report, unchanged; {@code null} where there is no result yet
 * @param messages the conversation, with the report as the last assistant message
 */
public record SoraVideo(@Nullable String generationId, @Nullable Long time, @Nullable String videoUrl,
        List<String> videoUrls, @Nullable String thumbnailUrl, @Nullable String previewUrl, @Nullable String sourceUrl,
        @Nullable String taskId, @Nullable String videoId, @Nullable String gateway, @Nullable String model,
        @Nullable String responseModel, @Nullable String prompt, @Nullable SoraUsage usage, @Nullable String report,
        List<SoraMessage> messages) {

    /** Copies the lists. A missing list is an empty one. */
    public SoraVideo {
        videoUrls = copy(videoUrls);
        messages = copy(messages);
    }

    /** A result by name; what is not set is not known. */
    public static Builder builder() {
        return new Builder();
    }

    private static <T> List<T> copy(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    @Override
    public String toString() {
        return "SoraVideo[" + gateway + ", task " + taskId + ", model " + model + "]";
    }

    /** Names what is known of a result. Not thread-safe. */
    public static final class Builder {

        private @Nullable String generationId;
        private @Nullable Long time;
        private @Nullable String videoUrl;
        private List<String> videoUrls = List.of();
        private @Nullable String thumbnailUrl;
        private @Nullable String previewUrl;
        private @Nullable String sourceUrl;
        private @Nullable String taskId;
        private @Nullable String videoId;
        private @Nullable String gateway;
        private @Nullable String model;
        private @Nullable String responseModel;
        private @Nullable String prompt;
        private @Nullable SoraUsage usage;
        private @Nullable String report;
        private List<SoraMessage> messages = List.of();

        private Builder() {
        }

        /** See {@link SoraVideo#generationId()}. */
        public Builder generationId(@Nullable String value) {
            generationId = value;
            return this;
        }

        /** See {@link SoraVideo#time()}. */
        public Builder time(@Nullable Long value) {
            time = value;
            return this;
        }

        /** See {@link SoraVideo#videoUrl()}. */
        public Builder videoUrl(@Nullable String value) {
            videoUrl = value;
            return this;
        }

        /** See {@link SoraVideo#videoUrls()}. */
        public Builder videoUrls(List<String> value) {
            videoUrls = value;
            return this;
        }

        /** See {@link SoraVideo#thumbnailUrl()}. */
        public Builder thumbnailUrl(@Nullable String value) {
            thumbnailUrl = value;
            return this;
        }

        /** See {@link SoraVideo#previewUrl()}. */
        public Builder previewUrl(@Nullable String value) {
            previewUrl = value;
            return this;
        }

        /** See {@link SoraVideo#sourceUrl()}. */
        public Builder sourceUrl(@Nullable String value) {
            sourceUrl = value;
            return this;
        }

        /** See {@link SoraVideo#taskId()}. */
        public Builder taskId(@Nullable String value) {
            taskId = value;
            return this;
        }

        /** See {@link SoraVideo#videoId()}. */
        public Builder videoId(@Nullable String value) {
            videoId = value;
            return this;
        }

        /** See {@link SoraVideo#gateway()}. */
        public Builder gateway(@Nullable String value) {
            gateway = value;
            return this;
        }

        /** See {@link SoraVideo#model()}. */
        public Builder model(@Nullable String value) {
            model = value;
            return this;
        }

        /** See {@link SoraVideo#responseModel()}. */
        public Builder responseModel(@Nullable String value) {
            responseModel = value;
            return this;
        }

        /** See {@link SoraVideo#prompt()}. */
        public Builder prompt(@Nullable String value) {
            prompt = value;
            return this;
        }

        /** See {@link SoraVideo#usage()}. */
        public Builder usage(@Nullable SoraUsage value) {
            usage = value;
            return this;
        }

        /** See {@link SoraVideo#report()}. */
        public Builder report(@Nullable String value) {
            report = value;
            return this;
        }

        /** See {@link SoraVideo#messages()}. */
        public Builder messages(List<SoraMessage> value) {
            messages = value;
            return this;
        }

        /** The result. Copies the lists. */
        public SoraVideo build() {
            return new SoraVideo(generationId, time, videoUrl, videoUrls, thumbnailUrl, previewUrl, sourceUrl, taskId,
                    videoId, gateway, model, responseModel, prompt, usage, report, messages);
        }
    }
}
