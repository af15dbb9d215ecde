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
 * A link out of foreign text, checked once, here. An absolute http or https URI that {@link URI} accepts (so none with
 * <code>{{…}}</code>, which Camel would resolve), with a host, without user info, with a port that exists, of at most
 * {@value #MAX_LENGTH} characters. Links are signed, so {@code toString} shows only the host; {@link #url()} is the text.
 * Immutable; equal where the texts are equal.
 */
public final class Link {

    /** Longer text is not a link. */
    public static final int MAX_LENGTH = 8192;

    private static final int MAX_PORT = 65_535;
    private static final List<String> VIDEOS = List.of(".mp4", ".mov", ".webm", ".m4v");
    private static final List<String> PICTURES = List.of(".webp", ".jpg", ".jpeg", ".png", ".gif", ".avif");

    // Not the URI as well: it has a copy of each of its parts, which together are several times the size of the link.
    private final String url;
    private final int pathBegin;
    private final int pathEnd;

    private Link(URI uri, String url) {
        this.url = url;
        this.pathBegin = uri.getScheme().length() + "://".length() + uri.getRawAuthority().length();
        this.pathEnd = pathBegin + uri.getRawPath().length();
    }

    /** The link that a text is, or {@code null} if it is none. */
    public static @Nullable Link of(@Nullable String text) {
        if (text == null || text.length() > MAX_LENGTH
                || !(text.regionMatches(true, 0, "http://", 0, 7) || text.regionMatches(true, 0, "https://", 0, 8))) {
            return null;
        }
        try {
            URI uri = new URI(text);
            boolean whole = uri.getHost() != null && uri.getRawUserInfo() == null && uri.getPort() <= MAX_PORT;
            return whole && isUnicode(text) ? new Link(uri, text) : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /** {@link URI} takes half a surrogate pair, of which no address can be made. */
    private static boolean isUnicode(String text) {
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                return false;
            }
        }
        return true;
    }

    /** Parses the text anew. */
    public URI uri() {
        return URI.create(url);
    }

    /** The text, unchanged: a signed link is used byte for byte. */
    public String url() {
        return url;
    }

    /** The path in lower case. */
    public String path() {
        return url.substring(pathBegin, pathEnd).toLowerCase(Locale.ROOT);
    }

    /** Whether the path names a video file. */
    public boolean isVideo() {
        return endsWithOneOf(VIDEOS);
    }

    /** Whether the path names a picture. */
    public boolean isPicture() {
        return endsWithOneOf(PICTURES);
    }

    private boolean endsWithOneOf(List<String> endings) {
        for (String ending : endings) {
            int begin = pathEnd - ending.length();
            if (begin >= pathBegin && url.regionMatches(true, begin, ending, 0, ending.length())) {
                return true;
            }
        }
        return false;
    }

    /** Whether this is the twin of a link that makes a browser save the video instead of playing it. */
    public boolean isDownload() {
        return path().contains("/download/");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Link link && link.url.equals(url);
    }

    @Override
    public int hashCode() {
        return url.hashCode();
    }

    @Override
    public String toString() {
        return "Link[" + uri().getHost() + "]";
    }
}
