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
package io.github.camelsora.examples.fleet;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run has come to.
 *
 * @param videos how many orders have their video
 * @param repeatedVideos how many videos came once more
 * @param paid how many requests the gateway counts as paid
 * @param paidTwice how many orders it was paid for more than once
 * @param repeatedOrders how many orders the customer has sent again, as there was no answer
 * @param failures why orders have no video, by their keys
 * @param unanswered the keys of orders that have neither a video nor an error
 */
record FleetReport(Way way, int orders, int kills, int videos, int repeatedVideos, int paid, int paidTwice, int repeatedOrders,
        Map<String, String> failures, List<String> unanswered, long seconds) {

    private static final String ROW = "%-12s %7s %6s %7s %6s %11s %6s %15s %15s %11s %8s%n";

    /** Orders that were sent by a worker that was killed before the gateway named a task. */
    long lost() {
        return failures.values().stream().filter(failure -> failure.startsWith("LOST")).count();
    }

    /** Whether each order has its video, or was lost for a clear reason, and none was paid for twice. */
    boolean holds() {
        return paidTwice == 0 && paid <= orders && unanswered.isEmpty() && videos + lost() == orders;
    }

    static String table(List<FleetReport> reports) {
        StringBuilder table = new StringBuilder("\n").append(String.format(ROW, "", "orders", "kills", "videos", "paid",
                "paid twice", "lost", "without answer", "sent twice", "came twice", "seconds"));
        reports.forEach(report -> table.append(String.format(ROW, report.way, report.orders, report.kills, report.videos,
                report.paid, report.paidTwice, report.lost(), report.unanswered.size(), report.repeatedOrders,
                report.repeatedVideos, report.seconds)));
        String failures = reports.stream().flatMap(report -> report.failures.entrySet().stream())
                .map(failure -> failure.getKey() + ": " + failure.getValue()).collect(Collectors.joining("\n"));
        return table + (failures.isEmpty() ? "" : "\n" + failures + "\n") + (reports.stream().allMatch(FleetReport::holds)
                ? "\nEach order was paid for at most once, and has its video or a clear error.\n" : "\nThat does not hold.\n");
    }
}
