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
package io.github.camelsora.internal.exchange;

import java.net.URI;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.event.SoraEvent;
import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.task.SoraTask;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * The video that a message asks to fetch: a {@link SoraVideo}, {@link SoraEvent} or link as body; else the header
 * {@link SoraConstants#VIDEO_URL}; else the JSON of a video or event as body. A link alone has the task that the headers name
 * only if they name that link too.
 *
 * @param video what is known of it, at least its link
 * @param link the link
 * @param gateway the name of the gateway that made it, or {@code null} if nothing says it
 * @param isOfHeaders whether the headers of the message tell of it already
 */
public record VideoToDownload(SoraVideo video, Link link, @Nullable String gateway, boolean isOfHeaders) {

    /** @throws IllegalArgumentException if the message names no link */
    public static VideoToDownload in(Message message) {
        Object body = message.getBody();
        if (body instanceof SoraVideo video) {
            return of(video, message);
        }
        if (body instanceof SoraEvent event) {
            return of(video(event), message);
        }
        if (body instanceof SoraTask task) {
            return of(task.video(), message);
        }
        String header = message.getHeader(SoraConstants.VIDEO_URL, String.class);
        Link link = body instanceof URI || body instanceof CharSequence ? Link.of(body.toString().strip()) : null;
        if (link != null && !link.url().equals(header)) {
            return checked(SoraVideo.builder().videoUrl(link.url()).build(), null, false);
        }
        return header != null ? checked(ofHeaders(header, message), text(message, SoraConstants.GATEWAY), true)
                : of(json(message, body), message);
    }

    private static VideoToDownload of(SoraVideo video, Message message) {
        return checked(video, VideoGateway.name(video.gateway(), message), false);
    }

    private static VideoToDownload checked(SoraVideo video, @Nullable String gateway, boolean isOfHeaders) {
        Link link = Link.of(video.videoUrl());
        if (link == null) {
            throw new IllegalArgumentException("There is no link to fetch"
                    + (video.taskId() == null ? "" : " for task " + video.taskId() + "; sora:resume asks for one")
                    + ": an absolute http or https URI without user info is one");
        }
        return new VideoToDownload(video, link, gateway, isOfHeaders);
    }

    private static SoraVideo video(SoraEvent event) {
        SoraVideo result = event.getVideo();
        return result != null ? result : SoraVideo.builder().generationId(event.getGenerationId()).time(event.getTime())
                .videoUrl(event.getVideoUrl()).thumbnailUrl(event.getThumbnailUrl()).previewUrl(event.getPreviewUrl())
                .sourceUrl(event.getSourceUrl()).taskId(event.getTaskId()).videoId(event.getVideoId())
                .gateway(event.getGateway()).build();
    }

    private static SoraVideo ofHeaders(String url, Message message) {
        return SoraVideo.builder().videoUrl(url).generationId(text(message, SoraConstants.GENERATION_ID))
                .thumbnailUrl(text(message, SoraConstants.THUMBNAIL_URL)).previewUrl(text(message, SoraConstants.PREVIEW_URL))
                .sourceUrl(text(message, SoraConstants.SOURCE_URL)).taskId(text(message, SoraConstants.TASK_ID))
                .videoId(text(message, SoraConstants.VIDEO_ID)).gateway(text(message, SoraConstants.GATEWAY)).build();
    }

    private static @Nullable String text(Message message, String header) {
        return message.getHeader(header, String.class);
    }

    private static SoraVideo json(Message message, @Nullable Object body) {
        Exchange exchange = message.getExchange();
        SoraVideo video = body == null ? null
                : exchange.getContext().getTypeConverter().tryConvertTo(SoraVideo.class, exchange, body);
        if (video == null) {
            throw new IllegalArgumentException("There is no video to fetch: give a SoraVideo, a SoraEvent, a link, or the JSON "
                    + "of a video as body, or the header " + SoraConstants.VIDEO_URL);
        }
        return video;
    }
}
