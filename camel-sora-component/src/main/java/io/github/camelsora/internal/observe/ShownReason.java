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
package io.github.camelsora.internal.observe;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The reason of a failure as operators may see it. A gateway that refuses a prompt likes to quote it, and names links that are
 * signed: both are replaced. A quotation is {@value #RUN} characters of the prompt in a row, or all of a shorter prompt;
 * upper and lower case, white space and control characters make no difference.
 */
final class ShownReason {

    private static final int MAX = 200;
    private static final int RUN = 12;
    private static final int BASE = 31;
    private static final Pattern LINK = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}+://\\S++");

    private ShownReason() {
    }

    static String of(String reason, @Nullable String prompt) {
        String withoutLinks = LINK.matcher(reason).replaceAll("[link]");
        String shown = prompt == null ? withoutLinks : withoutQuotations(withoutLinks, prompt.strip());
        return shown.length() <= MAX ? shown : shown.substring(0, MAX - 1) + "\u2026";
    }

    private static String withoutQuotations(String reason, String prompt) {
        int run = Math.min(RUN, prompt.length());
        if (run == 0 || reason.length() < run) {
            return reason;
        }
        BitSet quoted = quoted(reason, prompt, run);
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < reason.length(); i++) {
            if (!quoted.get(i)) {
                shown.append(reason.charAt(i));
            } else if (i == 0 || !quoted.get(i - 1)) {
                shown.append("[prompt]");
            }
        }
        return shown.toString();
    }

    /**
     * With rolling hashes (Rabin-Karp), because a prompt may have a million characters. Each text is looked for once, so that
     * repetitions in both, or texts that were made to have the same hash, do not multiply the work.
     */
    private static BitSet quoted(String reason, String prompt, int run) {
        Set<Integer> hashes = new HashSet<>();
        Map<String, BitSet> places = new HashMap<>();
        forEachRun(reason, run, (at, hash) -> {
            hashes.add(hash);
            places.computeIfAbsent(plain(reason, at, run), text -> new BitSet()).set(at, at + run);
        });
        BitSet quoted = new BitSet();
        forEachRun(prompt, run, (at, hash) -> {
            BitSet found = hashes.contains(hash) ? places.remove(plain(prompt, at, run)) : null;
            if (found != null) {
                quoted.or(found);
            }
        });
        return quoted;
    }

    private static String plain(String text, int at, int run) {
        StringBuilder plain = new StringBuilder(run);
        for (int i = at; i < at + run; i++) {
            plain.append(plain(text.charAt(i)));
        }
        return plain.toString();
    }

    /** What is told of a run of characters. */
    private interface Run {
        void at(int index, int hash);
    }

    private static void forEachRun(String text, int run, Run told) {
        int highest = 1;
        for (int i = 1; i < run; i++) {
            highest *= BASE;
        }
        int hash = 0;
        for (int i = 0; i < text.length(); i++) {
            if (i >= run) {
                hash -= plain(text.charAt(i - run)) * highest;
            }
            hash = hash * BASE + plain(text.charAt(i));
            if (i >= run - 1) {
                told.at(i - run + 1, hash);
            }
        }
    }

    private static char plain(char c) {
        return Character.isWhitespace(c) || Character.isISOControl(c) ? ' ' : Character.toLowerCase(c);
    }
}
