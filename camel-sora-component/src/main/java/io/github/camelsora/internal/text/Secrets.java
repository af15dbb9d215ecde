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

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The keys that the component itself sends, to be cut out of what a gateway says: some echo them. {@code toString} shows none.
 * Immutable.
 */
public final class Secrets {

    /** There is nothing to keep. */
    public static final Secrets NONE = new Secrets(List.of());

    /** What stands where a key was. Permitted in a URI, so that a link stays one. */
    private static final String CUT = "***";
    /** Shorter values are no secrets, but stand in ordinary text. */
    private static final int MIN_LENGTH = 8;
    /** Values of headers that are no secrets: a host, a URL, a media type, a word of HTTP. Cut out, they would break links. */
    private static final Pattern PUBLIC = Pattern.compile("(?i)https?://.*"
            + "|[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.[a-z]{2,}(?::\\d+)?|(?:application|text|image|video|audio|multipart)/.*"
            + "|identity|keep-alive");

    /** The longest first: one may hold another. */
    private final List<String> values;

    private Secrets(List<String> values) {
        this.values = values;
    }

    private static Secrets of(Stream<String> values) {
        List<String> sorted = values.filter(value -> value.length() >= MIN_LENGTH)
                // Some write a slash in JSON with a backslash, also where JSON is quoted in text.
                .flatMap(value -> Stream.of(value, value.replace("/", "\\/"))).distinct()
                .sorted(Comparator.comparing(String::length).reversed()).toList();
        return sorted.isEmpty() ? NONE : new Secrets(sorted);
    }

    /**
     * Those that are long enough to be recognized, with what follows the name of a scheme ({@code Bearer KEY}).
     *
     * @param keys values of headers that carry a key
     * @param others values of other headers, which may be secrets unless they are a host, a URL or a media type
     */
    public static Secrets of(Collection<String> keys, Collection<String> others) {
        return of(Stream.concat(keys.stream(), others.stream().filter(value -> !PUBLIC.matcher(value).matches()))
                .map(String::strip).map(Secrets::withoutScheme));
    }

    /** These and others, such as a password: texts as they are, of which short ones are not recognized either. */
    public Secrets and(Collection<String> others) {
        return others.isEmpty() ? this : of(Stream.concat(values.stream(), others.stream()));
    }

    /** These and the others, in this order as long as there are not too many. */
    public Secrets with(Secrets others, int max) {
        List<String> all = Stream.concat(values.stream(), others.values.stream()).distinct().limit(max)
                .sorted(Comparator.comparing(String::length).reversed()).toList();
        return all.equals(others.values) ? others : new Secrets(all);
    }

    private static String withoutScheme(String value) {
        int space = value.indexOf(' ');
        return space > 0 && space == value.lastIndexOf(' ') ? value.substring(space + 1) : value;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return values.isEmpty();
    }

    /** The whole text without them. Text that has none is returned as it is. */
    public @Nullable String cut(@Nullable String text) {
        if (text == null || values.isEmpty()) {
            return text;
        }
        String kept = replace(text);
        // Long texts have been cut, perhaps inside a key.
        int open = open(kept);
        return open < MIN_LENGTH ? kept : kept.substring(0, kept.length() - open) + CUT;
    }

    private String replace(String text) {
        String kept = text;
        for (String value : values) {
            if (kept.contains(value)) {
                kept = kept.replace(value, CUT);
            }
        }
        return kept;
    }

    /** The link without them; {@code null} if what is left is none. */
    public @Nullable Link cut(@Nullable Link link) {
        String kept = link == null ? null : cut(link.url());
        return link == null || link.url().equals(kept) ? link : Link.of(kept);
    }

    /** For text that comes in pieces: a key may be split over two. */
    public Pieces pieces() {
        return new Pieces();
    }

    /** What a text may begin with that could go on as one of them: the length of its end that has to wait, or 0. */
    private int open(String text) {
        int open = 0;
        for (String value : values) {
            int start = text.indexOf(value.charAt(0), Math.max(0, text.length() - value.length() + 1));
            while (start >= 0 && !value.regionMatches(0, text, start, text.length() - start)) {
                start = text.indexOf(value.charAt(0), start + 1);
            }
            open = start < 0 ? open : Math.max(open, text.length() - start);
        }
        return open;
    }

    @Override
    public String toString() {
        return "Secrets[" + values.size() + "]";
    }

    /** One text that comes in pieces. Keeps back the end of a piece that may be the beginning of a key. Not thread-safe. */
    public final class Pieces {

        private String waiting = "";

        private Pieces() {
        }

        /** What can be told of the text so far and was not yet; may be empty. */
        public String next(String piece) {
            String text = waiting.isEmpty() ? piece : waiting + piece;
            String kept = replace(text);
            int open = open(kept);
            if (open == 0) {
                if (!waiting.isEmpty()) {
                    waiting = "";
                }
                return kept;
            }
            waiting = kept.substring(kept.length() - open);
            return kept.substring(0, kept.length() - open);
        }

        /** The length of what cannot be told yet. */
        public int waiting() {
            return waiting.length();
        }

        /** The rest, at the end of the text. Most of a key is as good as the whole. */
        public String end() {
            String rest = waiting.length() < MIN_LENGTH ? waiting : CUT;
            waiting = "";
            return rest;
        }
    }
}
