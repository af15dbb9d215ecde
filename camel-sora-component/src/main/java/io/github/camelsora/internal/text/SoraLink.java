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
package io.github.camelsora.internal.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What counts as a link and as a task id. Both come from text that a prompt can influence, so the rule is strict and there
 * is one of it. A link is an absolute http or https URI that {@link URI} accepts (so none with <code>{{…}}</code>, which
 * Camel would resolve), with a host, without user info, with a port that exists, of at most {@value #MAX_LENGTH} characters.
 */
public final class SoraLink {

    /** Longer text is not a link. */
    public static final int MAX_LENGTH = 8192;

    private static final int MAX_PORT = 65_535;

    private static final List<String> VIDEOS = List.of(".mp4", ".mov", ".webm", ".m4v");

    private SoraLink() {
    }

    /** Whether the text is a link. */
    public static boolean isLink(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH
                || !(text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8))) {
            return false;
        }
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && uri.getRawUserInfo() == null && uri.getPort() <= MAX_PORT && isUnicode(text);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Whether a path, without query and fragment, names a video file. */
    public static boolean isVideoPath(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return VIDEOS.stream().anyMatch(lower::endsWith);
    }

    /** {@link URI} takes half a surrogate pair, of which no address can be made. */
    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /** Whether the text is a task id. */
    public static boolean isTaskId(@Nullable String text) {
        return TaskReference.isTaskId(text);
    }
}
