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

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * The application of a load run, in a process of its own: starts generations over some seconds, until all are open at once,
 * waits for them, and prints its figures and when each event arrived.
 */
final class LoadClient {

    private static final int PER_SECOND_AT_WARM_UP = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private LoadClient() {
    }

    /**
     * Takes the simulator's address, how many generations, in how many seconds, of how many, and how many before to warm up.
     */
    public static void main(String[] arguments) throws Exception {
        int generations = Integer.parseInt(arguments[1]);
        Duration ramp = Duration.ofSeconds(Long.parseLong(arguments[2]));
        Duration whole = Duration.ofSeconds(Long.parseLong(arguments[3])).plus(ramp).plus(PATIENCE);
        int warmUp = Integer.parseInt(arguments[4]);
        LoadRoutes routes = new LoadRoutes(warmUp + generations);
        CamelContext context = new DefaultCamelContext();
        try {
            SoraConfiguration options = context.getComponent("sora", SoraComponent.class).getConfiguration();
            options.setBaseUrl(arguments[0]);
            options.setApiKey("key");
            context.addRoutes(routes);
            context.start();
            warmUp(context, routes, warmUp);
            run(context, routes, warmUp, generations, ramp, whole);
        } finally {
            context.stop();
        }
    }

    private static void warmUp(CamelContext context, LoadRoutes routes, int generations) throws Exception {
        start(context, generations, Duration.ofMillis(1000L * generations / PER_SECOND_AT_WARM_UP));
        await(() -> routes.ended() == generations, PATIENCE);
        if (routes.completed() != generations) {
            throw new IllegalStateException(routes.completed() + " of " + generations
                    + " generations of the warm-up were completed, " + routes.submitted() + " were submitted");
        }
    }

    private static void run(CamelContext context, LoadRoutes routes, int warmUp, int generations, Duration ramp, Duration whole)
            throws Exception {
        int warmUpEvents = routes.events();
        long emptyHeap = liveHeap();
        long cpu = SYSTEM.getProcessCpuTime();
        long allocated = allocated();
        print(Figure.BEGAN, EventTime.now());
        start(context, generations, ramp);
        await(() -> routes.submitted() == warmUp + generations, whole);
        measureOpenStreams(routes.ended() - warmUp, generations, emptyHeap);
        await(() -> routes.ended() == warmUp + generations, whole);
        // whatever comes twice comes now
        Thread.sleep(500);
        print(Figure.CPU_MICROS, TimeUnit.NANOSECONDS.toMicros(SYSTEM.getProcessCpuTime() - cpu));
        print(Figure.GARBAGE_BYTES, allocated() - allocated);
        print(Figure.PEAK_THREADS, THREADS.getPeakThreadCount());
        print(Figure.COMPLETED, routes.completed() - warmUp);
        print(Figure.EVENTS, routes.events() - warmUpEvents);
        print(Figure.DISORDERED, routes.tallies().stream().filter(tally -> !tally.isInOrder()).count());
        int unseen = warmUp + generations - routes.tallies().size();
        print(Figure.WITHOUT_ONE_LAST_EVENT,
                unseen + routes.tallies().stream().filter(tally -> !tally.hasOneLastEvent()).count());
        print(Figure.WITHOUT_ONE_COMPLETION,
                unseen + routes.tallies().stream().filter(tally -> !tally.hasOneCompletion()).count());
        routes.forEachArrival(time -> System.out.println(time.line()));
    }

    private static void start(CamelContext context, int generations, Duration ramp) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            long begin = System.nanoTime();
            for (int i = 0; i < generations; i++) {
                LockSupport.parkNanos(begin + ramp.toNanos() * i / generations - System.nanoTime());
                template.sendBody(LoadRoutes.PROMPTS, "A camel walks over dune number " + i + " at sunrise");
            }
        }
    }

    private static void measureOpenStreams(int ended, int generations, long emptyHeap) {
        print(Figure.THREADS, THREADS.getThreadCount());
        print(Figure.COLLECTION_BEGAN, EventTime.now());
        long heap = liveHeap();
        print(Figure.COLLECTION_ENDED, EventTime.now());
        if (ended > 0) {
            System.err.println(ended + " generations had ended before all were open: let them start faster or take longer");
        } else {
            print(Figure.HEAP, (heap - emptyHeap) / 1024.0 / generations);
        }
    }

    private static long liveHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long allocated() {
        long bytes = 0;
        for (long thread : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            bytes += Math.max(0, thread);
        }
        return bytes;
    }

    private static void await(BooleanSupplier condition, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
    }

    private static void print(Figure figure, double value) {
        System.out.println(figure.line(value));
    }
}
