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
package io.github.camelsora.benchmarks;

import java.util.Arrays;
import java.util.List;

import io.github.camelsora.benchmarks.client.ClientKind;

/**
 * What a comparison measures, from the system properties {@code speed.*}.
 *
 * @param burst whether to measure streams as fast as they can
 * @param holds how many streams to hold open
 * @param runs of each, of which the median counts
 * @param prefix a command before that of each client: {@code taskset}, {@code perf stat}, a lock
 * @param jvm options of each client's JVM
 */
record Settings(List<ClientKind> clients, boolean burst, List<Integer> holds, int runs, int atOnce, int chunks, int rounds,
        int roundSeconds, int warmUpSeconds, int streamSeconds, int rampSeconds, List<String> prefix, List<String> jvm,
        String json) {

    static Settings ofSystem() {
        boolean quick = Boolean.getBoolean("speed.quick");
        return new Settings(
                words("speed.clients", String.join(",", Arrays.stream(ClientKind.values()).map(ClientKind::id).toList()), ",")
                        .stream().map(ClientKind::named).toList(),
                !"false".equals(System.getProperty("speed.burst")),
                words("speed.hold", quick ? "1000" : "1000,10000", ",").stream().map(Integer::valueOf).toList(),
                Integer.getInteger("speed.runs", 1),
                Integer.getInteger("speed.atOnce", 64),
                Integer.getInteger("speed.chunks", 55),
                Integer.getInteger("speed.rounds", quick ? 3 : 5),
                Integer.getInteger("speed.roundSeconds", quick ? 2 : 4),
                Integer.getInteger("speed.warmUpSeconds", quick ? 8 : 20),
                Integer.getInteger("speed.streamSeconds", quick ? 10 : 27),
                Integer.getInteger("speed.rampSeconds", quick ? 3 : 10),
                words("speed.prefix", "", " "),
                words("speed.jvm", "-Xmx256m", " "),
                System.getProperty("speed.json", "benchmarks/target/comparison.json"));
    }

    private static List<String> words(String property, String otherwise, String separator) {
        return Arrays.stream(System.getProperty(property, otherwise).split(separator)).map(String::strip)
                .filter(word -> !word.isEmpty()).toList();
    }
}
