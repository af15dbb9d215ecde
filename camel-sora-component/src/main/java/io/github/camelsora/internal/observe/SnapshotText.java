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

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** A snapshot as lines of text. */
public final class SnapshotText {

    private SnapshotText() {
    }

    /**
     * The figures, what runs, and what has failed.
     *
     * @param max generations that are listed
     */
    public static String of(Snapshot snapshot, int max) {
        StringBuilder text = new StringBuilder();
        SnapshotRows.totals(snapshot).forEach((name, value) -> text.append(String.format("    %s: %s%n", name, value)));
        List<Map<String, @Nullable Object>> running = SnapshotRows.running(snapshot, max);
        list(text, "In flight", running);
        if (running.size() < snapshot.running().size()) {
            text.append(String.format("        and %d more%n", snapshot.running().size() - running.size()));
        }
        list(text, "Recent failures", SnapshotRows.failures(snapshot));
        return text.toString();
    }

    private static void list(StringBuilder text, String title, List<Map<String, @Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            text.append(String.format("    %s:%n", title));
            rows.forEach(row -> text.append(String.format("        %s%n", line(row))));
        }
    }

    private static String line(Map<String, @Nullable Object> row) {
        return row.entrySet().stream().filter(cell -> Objects.nonNull(cell.getValue()))
                .map(cell -> cell.getKey() + "=" + cell.getValue()).collect(Collectors.joining(" "));
    }
}
