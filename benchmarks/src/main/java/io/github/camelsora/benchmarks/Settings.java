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
import java.util.stream.Stream;

import io.github.camelsora.benchmarks.client.ClientKind;

/**
 * What a comparison measures, from the system properties {@code speed.*}.
 *
 * @param runs of each client and load, of which the median counts
 * @param rounds of a burst, of which the median counts
 * @param warmUpSeconds before the first round, and before streams are held
 * @param tls whether the server speaks TLS
 * @param repository the JDBC URL of the task repository, for sora-keys
 * @param prefix a command before that of each client: {@code taskset}, {@code perf stat}, a lock
 * @param jvm options of each client's JVM
 * @param json the file for all figures
 */
record Settings(List<ClientKind> clients, List<Load> loads, int runs, int rounds, int roundSeconds, int warmUpSeconds,
        int streamSeconds, int rampSeconds, boolean tls, String repository, List<String> prefix, List<String> jvm,
        String json) {

    private static final List<ClientKind> WITH_TLS = List.of(ClientKind.HTTPCLIENT, ClientKind.SORA_RESULT,
            ClientKind.SORA_REPLIES);

    static Settings ofSystem() {
        boolean quick = Boolean.getBoolean("speed.quick");
        boolean tls = Boolean.getBoolean("speed.tls");
        List<Integer> chunks = numbers("speed.chunks", "55");
        return new Settings(
                clients(tls ? WITH_TLS : ClientKind.compared()),
                Stream.concat(loads(false, numbers("speed.burst", "64"), chunks),
                        loads(true, numbers("speed.hold", quick ? "1000" : "1000,10000"), chunks)).toList(),
                Integer.getInteger("speed.runs", 1),
                Integer.getInteger("speed.rounds", quick ? 3 : 5),
                Integer.getInteger("speed.roundSeconds", quick ? 2 : 4),
                Integer.getInteger("speed.warmUpSeconds", quick ? 8 : 40),
                Integer.getInteger("speed.streamSeconds", quick ? 10 : 27),
                Integer.getInteger("speed.rampSeconds", quick ? 3 : 10),
                tls,
                System.getProperty("speed.repository", ""),
                words("speed.prefix", "", " "),
                words("speed.jvm", "-Xmx256m", " "),
                System.getProperty("speed.json", "benchmarks/target/comparison.json"));
    }

    private static List<ClientKind> clients(List<ClientKind> otherwise) {
        List<String> names = words("speed.clients", "", ",");
        return names.isEmpty() ? otherwise : names.stream().map(ClientKind::named).toList();
    }

    private static Stream<Load> loads(boolean held, List<Integer> streams, List<Integer> chunks) {
        return streams.stream().flatMap(count -> chunks.stream().map(each -> new Load(held, count, each)));
    }

    private static List<Integer> numbers(String property, String otherwise) {
        return words(property, otherwise, ",").stream().filter(word -> !word.equals("none")).map(Integer::valueOf).toList();
    }

    private static List<String> words(String property, String otherwise, String separator) {
        return Arrays.stream(System.getProperty(property, otherwise).split(separator)).map(String::strip)
                .filter(word -> !word.isEmpty()).toList();
    }
}
