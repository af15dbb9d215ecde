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
package io.github.camelsora;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Durations and sizes as options write them. Camel's own converter makes 0 of a text that it does not know, such as
 * {@code 5x}, and reads {@code 1h5x} as an hour.
 */
final class OptionValue {

    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}+");
    private static final Pattern DURATION = Pattern.compile("(?:(\\d{1,9}+) *+d)?+ *+(?:(\\d{1,9}+) *+h)?+ *+"
            + "(?:(\\d{1,9}+) *+m(?:in)?+(?!s))?+ *+(?:(\\d{1,9}+) *+s(?:ec)?+)?+ *+(?:(\\d{1,15}+) *+ms)?+");
    private static final long[] UNITS = { 86_400_000, 3_600_000, 60_000, 1000, 1 };
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12}+) *+(?:([kmg])i?+)?+b?+");

    private OptionValue() {
    }

    /** @throws IllegalArgumentException if the text is no duration longer than nothing; the message says how to write one */
    static Duration duration(String option, @Nullable String text) {
        long millis = text == null ? 0 : millis(text.strip().toLowerCase(Locale.ROOT));
        if (millis <= 0) {
            throw noDuration(option, text);
        }
        return Duration.ofMillis(millis);
    }

    static IllegalArgumentException noDuration(String option, @Nullable Object value) {
        return new IllegalArgumentException(option + "=" + value + " is no length of time: write it like 500ms, 30s, 5m or "
                + "1h30m, or in milliseconds, and longer than nothing");
    }

    private static long millis(String text) {
        if (NUMBER.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            long millis = 0;
            for (int i = 0; i < UNITS.length; i++) {
                millis += matcher.group(i + 1) == null ? 0 : Long.parseLong(matcher.group(i + 1)) * UNITS[i];
            }
            return millis;
        }
        try {
            return Duration.parse(text).toMillis();
        } catch (DateTimeParseException | ArithmeticException e) {
            return 0;
        }
    }

    /** @throws IllegalArgumentException if the text is no size, in bytes or with a unit; the message says how to write one */
    static int size(String option, @Nullable String text) {
        return (int) size(option, text, Integer.MAX_VALUE);
    }

    /** As {@link #size}, for what may be larger than 2 GiB. */
    static long longSize(String option, @Nullable String text) {
        return size(option, text, Long.MAX_VALUE);
    }

    private static long size(String option, @Nullable String text, long max) {
        Matcher matcher = SIZE.matcher(text == null ? "" : text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw noSize(option, text);
        }
        int power = matcher.group(2) == null ? 0 : "kmg".indexOf(matcher.group(2)) + 1;
        long number = Long.parseLong(matcher.group(1));
        long unit = 1L << 10 * power;
        if (number == 0 || number > max / unit) {
            throw noSize(option, text);
        }
        return number * unit;
    }

    static IllegalArgumentException noSize(String option, @Nullable Object value) {
        return new IllegalArgumentException(option + "=" + value + " is no size: write it like 512KB, 1MB or 1 MiB (a KB is "
                + "1,024 bytes), or in bytes, from 1 to " + Integer.MAX_VALUE);
    }
}
