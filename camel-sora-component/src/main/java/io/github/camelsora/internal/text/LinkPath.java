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

import java.util.List;
import java.util.Locale;


/** What the path of a link says about what is behind it. */
public final class LinkPath {

    private static final List<String> PICTURES = List.of(".webp", ".jpg", ".jpeg", ".png", ".gif", ".avif");

    private LinkPath() {
    }

    /** The path, in lower case, without host, query and fragment. */
    public static String of(String url) {
        int start = url.indexOf('/', url.indexOf("//") + 2);
        int end = start;
        while (start >= 0 && end < url.length() && url.charAt(end) != '?' && url.charAt(end) != '#') {
            end++;
        }
        return start < 0 ? "" : url.substring(start, end).toLowerCase(Locale.ROOT);
    }

    public static boolean isVideo(String url) {
        return SoraLink.isVideoPath(of(url));
    }

    public static boolean isPicture(String url) {
        String path = of(url);
        return PICTURES.stream().anyMatch(path::endsWith);
    }

    /** The twin of a link, that makes a browser save the video instead of playing it. */
    public static boolean isDownload(String url) {
       return of(url).contains("/download/");
    }
}
