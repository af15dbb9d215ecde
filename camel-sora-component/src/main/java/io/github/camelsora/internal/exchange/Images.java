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

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.camelsora.SoraConstants;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/** Images as parts of a message: a link, a data URL, or bytes that become one. */
public final class Images {

    /** What gateways take at most, in bytes. */
    public static final int MAX_SIZE = 20 * 1024 * 1024;

    private Images() {
    }

    /** The media type that the first bytes show, or {@code null} if they are no image that gateways take. */
    static @Nullable String mediaType(byte[] bytes) {
        if (startsWith(bytes, 0, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        if (startsWith(bytes, 0, 0xFF, 0xD8, 0xFF)) {
            return "image/jpeg";
        }
        if (startsWith(bytes, 0, 'G', 'I', 'F', '8')) {
            return "image/gif";
        }
        return startsWith(bytes, 0, 'R', 'I', 'F', 'F') && startsWith(bytes, 8, 'W', 'E', 'B', 'P') ? "image/webp" : null;
    }

    private static boolean startsWith(byte[] bytes, int offset, int... expected) {
        for (int i = 0; i < expected.length; i++) {
            if (bytes.length <= offset + i || (bytes[offset + i] & 0xFF) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException if it is larger than {@link #MAX_SIZE} */
    static Map<String, Object> part(byte[] image) {
        checkSize(image.length);
        return part("data:" + mediaType(image) + ";base64," + Base64.getEncoder().encodeToString(image));
    }

    static void checkSize(long bytes) {
        if (bytes > MAX_SIZE) {
            throw new IllegalArgumentException("An image may have at most 20 MiB (" + MAX_SIZE + " bytes); this one has "
                    + (bytes == MAX_SIZE + 1L ? "more" : bytes) + ": scale it down, or give its https link as header "
                    + SoraConstants.IMAGE_URL);
        }
    }

    /**
     * The images that the header {@link SoraConstants#IMAGE_URL} names: one, or two as first and last frame.
     *
     * @throws IllegalArgumentException if one is neither an https link nor a data URL of an image, or there are more than two
     */
    static List<Map<String, Object>> parts(@Nullable Object header) {
        Collection<?> urls = header == null ? List.of() : header instanceof Collection<?> many ? many
                : header instanceof Object[] array ? Arrays.asList(array) : List.of(header);
        if (urls.size() > 2) {
            throw new IllegalArgumentException("The header " + SoraConstants.IMAGE_URL + " holds " + urls.size()
                    + " images; gateways take one, or two as first and last frame");
        }
        List<Map<String, Object>> parts = new ArrayList<>();
        for (Object url : urls) {
            String text = String.valueOf(url).strip();
            if (text.startsWith("data:image/")) {
                checkSize((text.length() - text.indexOf(',') - 1L) / 4 * 3);
            } else if (!isHttps(Link.of(text))) {
                throw new IllegalArgumentException("Not an image: " + ForeignText.clean(text) + "; the header "
                        + SoraConstants.IMAGE_URL + " takes https links and data URLs (data:image/png;base64,…)");
            }
            parts.add(part(text));
        }
        return parts;
    }

    private static boolean isHttps(@Nullable Link link) {
        return link != null && "https".equalsIgnoreCase(link.uri().getScheme());
    }

    private static Map<String, Object> part(String url) {
        return Map.of("type", "image_url", "image_url", Map.of("url", url));
    }
}
