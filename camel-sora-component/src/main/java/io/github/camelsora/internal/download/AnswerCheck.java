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
package io.github.camelsora.internal.download;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelsora.event.DownloadFailedException.Reason;
import io.github.camelsora.internal.http.ResponseHead;
import io.github.camelsora.internal.link.VideoPart;
import io.github.camelsora.internal.text.ForeignText;
import org.jspecify.annotations.Nullable;

/** Decides by the head of an answer whether its body is the video, or the part of it that was asked for. */
final class AnswerCheck {

    private static final Pattern RANGE = Pattern.compile("bytes +([0-9]{1,18})-([0-9]{1,18})/([0-9]{1,18}|\\*)");

    private AnswerCheck() {
    }

    /**
     * What is known of the video.
     *
     * @param size in bytes; -1 if it is unknown
     * @param validator identifies this state of it; null if a part of it cannot be asked for
     * @param contentType null if the server did not say it
     */
    record Known(long size, @Nullable String validator, @Nullable String contentType) {
    }

    /** What an answer is. */
    sealed interface Verdict {

        /**
         * Bytes of the video.
         *
         * @param from the first one
         * @param end behind the last one; -1 if it is unknown
         */
        record Usable(Known known, long from, long end) implements Verdict {
        }

        /** Nothing that could be used; the message is a clause that follows the name of the host. */
        record Unusable(Reason reason, String message) implements Verdict {
        }
    }

    /**
     * @param asked what was asked for; null for the whole
     * @param known from the answers before; null if this is the first one
     */
    static Verdict of(ResponseHead head, @Nullable VideoPart asked, @Nullable Known known, long maxSize) {
        ResponseHead.Representation is = head.representation();
        if (head.contentEncoding() != null) {
            return bad("answered with content encoding " + head.contentEncoding() + ", which was not asked for");
        }
        if (!isVideo(head.contentType())) {
            return bad("answered " + ForeignText.clean(head.contentType()) + " instead of a video");
        }
        if (head.status() != 200 && head.status() != 206) {
            return bad("answered " + head.status() + " without a video");
        }
        if (!is.isDelimited()) {
            return bad("does not say where the video ends, so that nobody could tell whether it is whole");
        }
        Verdict verdict = head.status() == 200 ? whole(head) : part(head, asked, known);
        boolean tooLarge = verdict instanceof Verdict.Usable usable
                && Math.max(usable.known().size(), usable.end()) > maxSize;
        return tooLarge ? tooLarge(maxSize) : verdict;
    }

    private static Verdict whole(ResponseHead head) {
        if (head.bodySize() == 0) {
            return bad("answered without a video");
        }
        ResponseHead.Representation is = head.representation();
        String validator = isStrong(is.etag()) ? is.etag() : isSettled(is) ? is.lastModified() : null;
        return new Verdict.Usable(new Known(head.bodySize(), validator, head.contentType()), 0, head.bodySize());
    }

    private static Verdict part(ResponseHead head, @Nullable VideoPart asked, @Nullable Known known) {
        ResponseHead.Representation is = head.representation();
        Matcher range = RANGE.matcher(is.contentRange() == null ? "" : is.contentRange().strip());
        if (asked == null || known == null || !range.matches()) {
            return bad("answered with another part of the video than was asked for");
        }
        long from = Long.parseLong(range.group(1));
        long end = Long.parseLong(range.group(2)) + 1;
        long size = range.group(3).equals("*") ? known.size() : Long.parseLong(range.group(3));
        if (from != asked.from() || end <= from) {
            return bad("answered with bytes " + from + " to " + (end - 1) + " of the video, and those from " + asked.from()
                    + " were asked for");
        }
        if (known.size() >= 0 && size != known.size() || size >= 0 && end > size) {
            return bad("contradicts itself: a video of " + known.size() + " bytes, then bytes " + from + " to " + (end - 1)
                    + " of " + size);
        }
        if (head.bodySize() >= 0 && head.bodySize() != end - from) {
            return bad("contradicts itself: " + head.bodySize() + " bytes, and bytes " + from + " to " + (end - 1));
        }
        if (isStrong(known.validator()) && is.etag() != null && !Objects.equals(is.etag(), known.validator())) {
            return bad("answered with a part of another video than the one that was begun");
        }
        return new Verdict.Usable(new Known(size, known.validator(), known.contentType()), from, end);
    }

    /** RFC 9110, section 8.8.3: a weak one is the same for what only looks the same. */
    private static boolean isStrong(@Nullable String etag) {
        return etag != null && etag.length() > 2 && etag.startsWith("\"") && etag.endsWith("\"");
    }

    /** RFC 9110, section 8.8.2.2: within the second in which it was changed, it could be changed again. */
    private static boolean isSettled(ResponseHead.Representation is) {
        try {
            return is.lastModified() != null && is.date() != null
                    && date(is.lastModified()).plusSeconds(1).isBefore(date(is.date()));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static Instant date(String text) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip(), Instant::from);
    }

    private static boolean isVideo(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return type.isEmpty() || type.startsWith("video/")
                || type.matches("application/(octet-stream|mp4)|binary/octet-stream");
    }

    static Verdict.Unusable tooLarge(long maxSize) {
        return new Verdict.Unusable(Reason.TOO_LARGE, "has a video of more than " + maxSize + " bytes (maxDownloadSize)");
    }

    static Verdict.Unusable bad(String message) {
        return new Verdict.Unusable(Reason.BAD_ANSWER, message);
    }

    /** Whether bytes are the beginning of a text, such as a page or JSON: no video begins like that, whatever its type says. */
    static boolean isText(byte first) {
        return first == '<' || first == '{';
    }
}
