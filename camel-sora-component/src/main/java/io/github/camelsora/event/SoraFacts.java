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
 * @param sequence number of the event within its generation, from 1
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
public record SoraFacts(int sequence, @Nullable String gateway, @Nullable String taskId, @Nullable Integer progress,
        @Nullable String videoUrl, @Nullable String thumbnailUrl, @Nullable String previewUrl, @Nullable String sourceUrl,
        @Nullable String videoId, @Nullable String responseId, @Nullable String responseModel, @Nullable String finishReason,
        @Nullable SoraUsage usage) implements Serializable {

    /** The same facts for the event of this number, at this percentage. */
    public SoraFacts at(int number, @Nullable Integer percent) {
        return new SoraFacts(number, gateway, taskId, percent, videoUrl, thumbnailUrl, previewUrl, sourceUrl, videoId,
                responseId, responseModel, finishReason, usage);
    }

    /** These facts, and from others what these do not know. */
    public SoraFacts or(SoraFacts other) {
        return new SoraFacts(sequence, first(gateway, other.gateway), first(taskId, other.taskId),
                first(progress, other.progress), first(videoUrl, other.videoUrl), first(thumbnailUrl, other.thumbnailUrl),
                first(previewUrl, other.previewUrl), first(sourceUrl, other.sourceUrl), first(videoId, other.videoId),
                first(responseId, other.responseId), first(responseModel, other.responseModel),
                first(finishReason, other.finishReason), first(usage, other.usage));
    }

    private static <T> @Nullable T first(@Nullable T known, @Nullable T other) {
        return known == null ? other : known;
    }

    @Override
    public String toString() {
        return "SoraFacts[" + sequence + ", " + gateway + ", task " + taskId + ", " + progress + " %]";
    }
}
