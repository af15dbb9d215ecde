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
package io.github.camelsora.internal.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.text.LinkPath;
import io.github.camelsora.internal.text.SoraLink;

/**
 * The links in a task's record, by the names they stand under. What was asked for, and pictures, are never the video.
 *
 * @param videoUrl the video, or {@code null}
 * @param thumbnailUrl a picture of it, or {@code null}
 */
record TaskLinks(String videoUrl, String thumbnailUrl) {

    private static final int MAX_DEPTH = 8;
    /** Names for the video, the more telling the earlier; without punctuation. */
    private static final List<String> VIDEO = List.of("videourl", "videourls", "video", "videos", "url", "downloadableurl",
            "downloadurl", "resulturl", "outputurl", "playurl", "src", "urls", "output", "outputs", "result", "results");
    private static final List<String> THUMBNAIL = List.of("thumbnailurl", "thumbnail", "thumb", "coverurl", "cover",
            "posterurl", "poster");
    private static final List<String> OTHER = List.of("request", "input", "params", "parameters", "prompt", "image", "gif",
            "thumb", "cover", "poster", "user", "webhook", "callback", "first", "last", "reference");

    private record Found(String url, String name) {
        boolean isNamed() {
            return name.startsWith("video");
        }

        int rank() {
            return VIDEO.indexOf(name);
        }
    }

    static TaskLinks of(JsonNode tree) {
        List<Found> videos = new ArrayList<>();
        List<Found> pictures = new ArrayList<>();
        collect(tree, "", 0, videos, pictures);
        String video = videos.stream()
                .filter(found -> found.rank() >= 0 && !LinkPath.isPicture(found.url()))
                .min(Comparator.comparing((Found found) -> !LinkPath.isVideo(found.url()) && !found.isNamed())
                        .thenComparing(found -> LinkPath.isDownload(found.url())).thenComparing(Found::rank))
                .map(Found::url).orElse(null);
        return new TaskLinks(video, pictures.stream().map(Found::url).findFirst().orElse(null));
    }

    private static void collect(JsonNode node, String name, int depth, List<Found> videos, List<Found> pictures) {
        if (node.isTextual() && SoraLink.isLink(node.textValue())) {
            (THUMBNAIL.contains(name) ? pictures : videos).add(new Found(node.textValue(), name));
        } else if (node.isArray() && depth < MAX_DEPTH) {
            node.forEach(element -> collect(element, name, depth + 1, videos, pictures));
        } else if (node.isObject() && depth < MAX_DEPTH) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                String key = field.getKey().toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
                if (THUMBNAIL.contains(key) && field.getValue().isObject()) {
                    collect(field.getValue().path("url"), key, depth + 1, videos, pictures);
                } else if (THUMBNAIL.contains(key) || OTHER.stream().noneMatch(key::startsWith)) {
                    collect(field.getValue(), key, depth + 1, videos, pictures);
                }
            }
        }
    }
}
