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
package io.github.camelsora.benchmarks.measure;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.client.ClientSettings;
import io.github.camelsora.benchmarks.client.StreamClient;
import io.github.camelsora.benchmarks.load.LoadStream;

/**
 * Some streams at a time, each as fast as the server can, for some seconds in each turn.
 *
 * @param atOnce how many streams are open
 * @param warmUpSeconds before the first round
 */
record Burst(int atOnce, int chunks, int roundSeconds, int warmUpSeconds) {

    private static final long PATIENCE_SECONDS = 20;

    /** Prints the figures of each round as a line. */
    void run(ClientKind kind, ClientSettings settings, Turns turns) throws Exception {
        Streams streams = new Streams(kind, atOnce, 0);
        try (StreamClient client = kind.create(settings, streams); Allocation allocation = new Allocation()) {
            int number = start(client, streams, 0, warmUpSeconds);
            while (turns.await()) {
                number = round(client, streams, number, allocation);
            }
        }
    }

    private int round(StreamClient client, Streams streams, int number, Allocation allocation) throws InterruptedException {
        int completed = streams.completed();
        int failed = streams.failed();
        long allocated = allocation.bytes();
        CpuTime before = CpuTime.now();
        long begin = System.nanoTime();
        int next = start(client, streams, number, roundSeconds);
        double seconds = (System.nanoTime() - begin) / 1e9;
        CpuTime cpu = CpuTime.now().minus(before);
        double count = streams.completed() - completed;
        System.out.println(new Figures()
                .put("streams", count)
                .put("failed", streams.failed() - failed)
                .put("disordered", streams.disordered())
                .put("streamsPerSecond", count / seconds)
                .put("streamsPerCpuSecond", count * 1e9 / cpu.allNanos())
                .put("streamsPerCpuSecondWithoutCompiler", count * 1e9 / cpu.withoutCompilerNanos())
                .put("cpuMicrosPerChunk", cpu.allNanos() / 1e3 / count / chunks)
                .put("cpuMicrosPerChunkWithoutCompiler", cpu.withoutCompilerNanos() / 1e3 / count / chunks)
                .put("compilerCpuShare", (double) cpu.compilerNanos() / cpu.allNanos())
                .put("collectorCpuShare", (double) cpu.collectorNanos() / cpu.allNanos())
                .put("allocatedKBPerStream", (allocation.bytes() - allocated) / 1024.0 / count)
                .put("threads", ManagementFactory.getThreadMXBean().getThreadCount())
                .line());
        return next;
    }

    private int start(StreamClient client, Streams streams, int first, int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        int number = first;
        while (System.nanoTime() < end) {
            streams.starting(number);
            client.start(new LoadStream(number, 0, chunks, false));
            number = (number + 1) % Streams.NUMBERS;
        }
        if (!streams.awaitAll(PATIENCE_SECONDS)) {
            throw new IllegalStateException("Streams of the burst do not end");
        }
        return number;
    }
}
