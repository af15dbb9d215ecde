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
package io.github.camelsora.internal.http;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** Hosts that are reached without the proxy, as camel-http has them: names, with {@code *} for any characters. Immutable. */
record NonProxyHosts(Set<String> patterns) {

    static final NonProxyHosts NONE = new NonProxyHosts(Set.of());

    /** @param list separated by commas; null for none */
    static NonProxyHosts of(@Nullable String list) {
        return list == null ? NONE : new NonProxyHosts(Arrays.stream(list.split(",")).map(String::strip)
                .filter(host -> !host.isEmpty()).map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet()));
    }

    /** Whether a host, without its port, is one of them. */
    boolean contains(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** No regular expression: text with many asterisks could take exponential time (catastrophic backtracking). */
    private static boolean matches(String pattern, String name) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return name.equals(pattern);
        }
        String last = parts[parts.length - 1];
        int from = parts[0].length();
        if (!name.startsWith(parts[0])) {
            return false;
        }
        for (int i = 1; i < parts.length - 1; i++) {
            int found = name.indexOf(parts[i], from);
            if (found < 0) {
                return false;
            }
            from = found + parts[i].length();
        }
        return name.length() - from >= last.length() && name.endsWith(last);
    }
}
