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
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.github.camelsora.SoraComponent;
import io.github.camelsora.SoraConfiguration;
import io.github.camelsora.SoraConstants;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.jspecify.annotations.Nullable;

/**
 * The application of a load run, in a process of its own: starts generations over some seconds, until all are open at once,
 * waits for them, and prints its figures and when each event arrived.
 */
final class LoadClient {

    private static final int PER_SECOND_AT_WARM_UP = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final CamelContext context = new DefaultCamelContext();
    private final LoadRoutes routes;
    private final int generations;
    private final int warmUp;
    private final Duration ramp;
    private final Duration whole;
    private final @Nullable LoadRepository repository;
    /** The database may have the keys of earlier runs. */
    private final String keys = UUID.randomUUID() + "-";

    private LoadClient(String[] arguments) {
        generations = Integer.parseInt(arguments[1]);
        ramp = Duration.ofSeconds(Long.parseLong(arguments[2]));
        whole = Duration.ofSeconds(Long.parseLong(arguments[3])).plus(ramp).plus(PATIENCE);
        warmUp = Integer.parseInt(arguments[4]);
        repository = arguments[5].isEmpty() ? null : new LoadRepository(arguments[5]);
        routes = new LoadRoutes(warmUp + generations);
    }

    /**
     * Takes the simulator's address, how many generations, in how many seconds, of how many, how many before to warm up, and
     * the JDBC URL of the task repository, or nothing for generations without keys.
     */
    public static void main(String[] arguments) throws Exception {
        LoadClient client = new LoadClient(arguments);
        try {
            SoraConfiguration options = client.context.getComponent("sora", SoraComponent.class).getConfiguration();
            options.setBaseUrl(arguments[0]);
            options.setApiKey("key");
            if (client.repository != null) {
                options.setTaskRepository(client.repository.repository());
            }
            client.context.addRoutes(client.routes);
            client.context.start();
            client.warmUp();
            client.run();
        } finally {
            client.context.stop();
            if (client.repository != null) {
                client.repository.close();
            }
        }
    }

    private void warmUp() throws Exception {
        start(0, warmUp, Duration.ofMillis(1000L * warmUp / PER_SECOND_AT_WARM_UP));
        await(() -> routes.ended() == warmUp, PATIENCE);
        if (routes.completed() != warmUp) {
            throw new IllegalStateException(routes.completed() + " of " + warmUp
                    + " generations of the warm-up were completed, " + routes.submitted() + " were submitted");
        }
    }

    private void run() throws Exception {
        int warmUpEvents = routes.events();
        long emptyHeap = liveHeap();
        long cpu = SYSTEM.getProcessCpuTime();
        long allocated = allocated();
        long statements = statements();
        print(Figure.BEGAN, EventTime.now());
        start(warmUp, generations, ramp);
        await(() -> routes.submitted() == warmUp + generations, whole);
        measureOpenStreams(routes.ended() - warmUp, generations, emptyHeap);
        await(() -> routes.ended() == warmUp + generations, whole);
        // whatever comes twice comes now
        Thread.sleep(500);
        print(Figure.CPU_MICROS, TimeUnit.NANOSECONDS.toMicros(SYSTEM.getProcessCpuTime() - cpu));
        print(Figure.GARBAGE_BYTES, allocated() - allocated);
        print(Figure.PEAK_THREADS, THREADS.getPeakThreadCount());
        print(Figure.STATEMENTS, (double) (statements() - statements) / generations);
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

    private void start(int first, int count, Duration duration) throws Exception {
        try (ProducerTemplate template = context.createProducerTemplate()) {
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                LockSupport.parkNanos(begin + duration.toNanos() * i / count - System.nanoTime());
                String prompt = "A camel walks over dune number " + i + " at sunrise";
                if (repository == null) {
                    template.sendBody(LoadRoutes.PROMPTS, prompt);
                } else {
                    template.sendBodyAndHeader(LoadRoutes.PROMPTS, prompt, SoraConstants.REQUEST_KEY, keys + (first + i));
                }
            }
        }
    }

    private long statements() {
        return repository == null ? 0 : repository.statements();
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
