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

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.camelsora.internal.generation.GenerationStatus;
import io.github.camelsora.internal.generation.RunningGeneration;
import org.jspecify.annotations.Nullable;

/** A snapshot as named values: what the dev console and JMX show of it is the same. Values are texts, numbers and booleans. */
public final class SnapshotRows {

    private SnapshotRows() {
    }

    /** The figures by name. */
    public static Map<String, Object> totals(Snapshot snapshot) {
        Totals totals = snapshot.totals();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("inFlight", snapshot.running().size());
        row.put("recovering", snapshot.recovering());
        row.put("started", totals.started());
        row.put("completed", totals.completed());
        row.put("refused", totals.refused());
        row.put("failed", totals.failed());
        row.put("lost", totals.lost());
        row.put("replayed", totals.replayed());
        row.put("recovered", totals.recovered());
        row.put("possiblyCharged", totals.possiblyCharged());
        return row;
    }

    /**
     * What is in flight, the oldest first.
     *
     * @param max rows
     */
    public static List<Map<String, @Nullable Object>> running(Snapshot snapshot, int max) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RunningGeneration each : snapshot.running().subList(0, Math.min(max, snapshot.running().size()))) {
            GenerationStatus status = each.status();
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("generationId", status.id());
            row.put("stage", status.stage().name());
            row.put("progress", status.progress());
            row.put("ageSeconds", each.age().toSeconds());
            row.put("gateway", status.gateway());
            row.put("model", status.model());
            row.put("routeId", each.routeId());
            row.put("taskId", status.taskId());
            rows.add(row);
        }
        return rows;
    }

    /** The last failures, the newest first. */
    public static List<Map<String, @Nullable Object>> failures(Snapshot snapshot) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (RecentFailure each : snapshot.failures()) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            row.put("time", each.time().toString());
            row.put("generationId", each.generationId());
            row.put("outcome", each.outcome().name());
            row.put("category", each.category().name());
            row.put("possiblyCharged", each.possiblyCharged());
            row.put("gateway", each.gateway());
            row.put("model", each.model());
            row.put("routeId", each.routeId());
            row.put("taskId", each.taskId());
            row.put("reason", each.reason());
            rows.add(row);
        }
        return rows;
    }
}
