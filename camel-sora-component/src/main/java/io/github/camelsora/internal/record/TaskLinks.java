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
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/**
 * Finds the links in a task's record by the names they stand under, compared as lower-case letters only ({@code videoUrl} is
 * {@code video_url}). What was asked for, and pictures, are never the video.
 */
final class TaskLinks {

    private static final int MAX_DEPTH = 8;
    /** Names for the video, the more telling the earlier. */
    private static final List<String> VIDEO = List.of("videourl", "videourls", "video", "videos", "url", "downloadableurl",
            "downloadurl", "resulturl", "outputurl", "playurl", "src", "urls", "output", "outputs", "result", "results");
    private static final Set<String> THUMBNAIL = Set.of("thumbnailurl", "thumbnail", "thumb", "coverurl", "cover",
            "posterurl", "poster");
    /** How the names of other things begin. */
    private static final List<String> OTHER = List.of("request", "input", "params", "parameters", "prompt", "image", "gif",
            "thumb", "cover", "poster", "user", "webhook", "callback", "first", "last", "reference");

    private static final Comparator<Candidate> BEST_FIRST = Comparator
            .comparing((Candidate candidate) -> !candidate.link.isVideo() && !candidate.name.startsWith("video"))
            .thenComparing(candidate -> candidate.link.isDownload())
            .thenComparing(candidate -> VIDEO.indexOf(candidate.name));

    private final List<Candidate> candidates = new ArrayList<>(0);
    private @Nullable Link thumbnail;

    private record Candidate(Link link, String name) {
    }

    private TaskLinks() {
    }

    static TaskLinks of(JsonNode tree) {
        TaskLinks links = new TaskLinks();
        links.collect(tree, "", 0);
        return links;
    }

    /** The video, or {@code null}. */
    @Nullable Link video() {
        return candidates.isEmpty() ? null : Collections.min(candidates, BEST_FIRST).link();
    }

    /** A picture of the video, or {@code null}. */
    @Nullable Link thumbnail() {
        return thumbnail;
    }

    private void collect(JsonNode node, String name, int depth) {
        if (node.isTextual()) {
            Link link = Link.of(node.textValue());
            if (link != null) {
                found(link, name);
            }
        } else if (node.isArray() && depth < MAX_DEPTH) {
            for (JsonNode element : node) {
                collect(element, name, depth + 1);
            }
        } else if (node.isObject() && depth < MAX_DEPTH) {
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                field(letters(field.getKey()), field.getValue(), depth + 1);
            }
        }
    }

    private void field(String name, JsonNode value, int depth) {
        if (THUMBNAIL.contains(name)) {
            collect(value.isObject() ? value.path("url") : value, name, depth);
        } else if (!isOther(name)) {
            collect(value, name, depth);
        }
    }

    private static boolean isOther(String name) {
        for (String begin : OTHER) {
            if (name.startsWith(begin)) {
                return true;
            }
        }
        return false;
    }

    private void found(Link link, String name) {
        if (THUMBNAIL.contains(name)) {
            thumbnail = thumbnail == null ? link : thumbnail;
        } else if (VIDEO.contains(name) && !link.isPicture()) {
            candidates.add(new Candidate(link, name));
        }
    }

    /** The letters of a name in lower case; most names are that already. */
    private static String letters(String name) {
        int same = 0;
        while (same < name.length() && isLetter(name.charAt(same))) {
            same++;
        }
        if (same == name.length()) {
            return name;
        }
        StringBuilder letters = new StringBuilder(name.length()).append(name, 0, same);
        for (int i = same; i < name.length(); i++) {
            char lower = Character.toLowerCase(name.charAt(i));
            if (isLetter(lower)) {
                letters.append(lower);
            }
        }
        return letters.toString();
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }
}
