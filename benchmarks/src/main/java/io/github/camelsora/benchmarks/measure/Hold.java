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
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.camelsora.benchmarks.client.ClientKind;
import io.github.camelsora.benchmarks.client.ClientSettings;
import io.github.camelsora.benchmarks.client.StreamClient;
import io.github.camelsora.benchmarks.load.LoadStream;
import io.github.camelsora.benchmarks.load.Micros;
import io.github.camelsora.benchmarks.load.StreamShape;

/**
 * Many streams at once, mostly quiet.
 *
 * @param count of streams
 * @param millis that each takes
 * @param rampMillis in which they are started
 * @param timesFile where the client notes when each event arrived
 */
record Hold(int count, int millis, int rampMillis, int chunks, int warmUpSeconds, String timesFile) {

    /** About the chunks per second of ten thousand streams: 1,000 streams of 2 s. */
    private static final int WARM_UP_AT_ONCE = 1000;
    private static final int WARM_UP_MILLIS = 2000;
    private static final int WARM_UP_CHUNKS = 55;
    private static final long PATIENCE_SECONDS = 60;
    /** The heap is measured when so much of the first stream is over: late, but all are still open. */
    private static final double MEASURED_AT = 0.85;

    /** Prints the figures as a line. */
    void run(ClientKind kind, ClientSettings settings, Turns turns) throws Exception {
        Streams streams = new Streams(kind, Math.max(count, WARM_UP_AT_ONCE), count);
        try (StreamClient client = kind.create(settings, streams)) {
            new WarmUp(client, streams).run();
            if (turns.await()) {
                measure(client, streams);
            }
        }
    }

    private void measure(StreamClient client, Streams streams) throws Exception {
        Figures figures = new Figures();
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int completed = streams.completed();
        int ended = streams.ended();
        threads.resetPeakThreadCount();
        long statements = client.statements();
        CpuTime before = CpuTime.now();
        long begin = System.nanoTime();
        start(client, streams, begin);
        sleepUntil(begin + (long) (TimeUnit.MILLISECONDS.toNanos(millis) * MEASURED_AT));
        figures.put("threads", threads.getThreadCount());
        CpuTime beforeCollection = CpuTime.now();
        figures.put("collectionBegan", Micros.now());
        long heap = Heap.live();
        figures.put("collectionEnded", Micros.now());
        CpuTime collection = CpuTime.now().minus(beforeCollection);
        boolean allWereOpen = streams.ended() == ended;
        streams.awaitAll(TimeUnit.MILLISECONDS.toSeconds(rampMillis + millis) + PATIENCE_SECONDS);
        // the forced collection is not the client's
        CpuTime cpu = CpuTime.now().minus(before).minus(collection);
        double read = (double) count * chunks;
        figures.put("streams", count)
                .put("completed", streams.completed() - completed)
                .put("disordered", streams.disordered())
                .put("peakThreads", threads.getPeakThreadCount())
                .put("cpuMicrosPerChunk", cpu.allNanos() / 1e3 / read)
                .put("cpuMicrosPerChunkWithoutCompiler", cpu.withoutCompilerNanos() / 1e3 / read)
                .put("cpuMicrosPerChunkApplication", cpu.applicationNanos() / 1e3 / read)
                .put("cpuMicrosPerEvent", cpu.withoutCompilerNanos() / 1e3 / count / StreamShape.EVENTS)
                .put("statementsPerStream", (double) (client.statements() - statements) / count);
        if (allWereOpen) {
            // What is left without them is measured behind them: a forced collection before would shrink the JVM's heap.
            figures.put("heapKBPerStream", (heap - Heap.live()) / 1024.0 / count);
        }
        streams.arrived().save(timesFile);
        System.out.println(figures.line());
    }

    private void start(StreamClient client, Streams streams, long begin) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            sleepUntil(begin + TimeUnit.MILLISECONDS.toNanos(rampMillis) * i / count);
            streams.starting(i);
            client.start(new LoadStream(i, millis, chunks, true));
        }
    }

    private static void sleepUntil(long nanos) {
        for (long rest = nanos - System.nanoTime(); rest > 0; rest = nanos - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    /** Short streams whose chunks come one by one, for some seconds. */
    private final class WarmUp {

        private final StreamClient client;
        private final Streams streams;

        WarmUp(StreamClient client, Streams streams) {
            this.client = client;
            this.streams = streams;
        }

        void run() throws InterruptedException {
            long begin = System.nanoTime();
            int starts = warmUpSeconds * 1000 / WARM_UP_MILLIS * WARM_UP_AT_ONCE;
            long apart = TimeUnit.MILLISECONDS.toNanos(WARM_UP_MILLIS) / WARM_UP_AT_ONCE;
            for (int i = 0; i < starts; i++) {
                sleepUntil(begin + i * apart);
                // the numbers below are those that are measured
                int number = count + i;
                streams.starting(number);
                client.start(new LoadStream(number, WARM_UP_MILLIS, WARM_UP_CHUNKS, false));
            }
            if (!streams.awaitAll(PATIENCE_SECONDS)) {
                throw new IllegalStateException("Streams of the warm-up do not end");
            }
        }
    }
}
