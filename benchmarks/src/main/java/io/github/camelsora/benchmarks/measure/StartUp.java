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
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.camelsora.SoraComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with one route, in a process that has done nothing before. */
public final class StartUp {

    private static final int IDLE_SECONDS = Integer.getInteger("startup.idleSeconds", 75);

    private StartUp() {
    }

    /**
     * Takes {@code start}, or {@code idle} for one generation and a while without any; the endpoint's component, or
     * {@code none}; and for {@code idle} the server's port. Prints a line of figures, and the names of threads that were left.
     */
    public static void main(String[] arguments) throws Exception {
        long begin = System.nanoTime();
        CamelContext context = new DefaultCamelContext();
        try {
            if (arguments[1].equals("sora")) {
                SoraComponent sora = context.getComponent("sora", SoraComponent.class);
                sora.getConfiguration().setApiKey("key");
                sora.getConfiguration().setBaseUrl("http://127.0.0.1:" + (arguments[2].isEmpty() ? "1" : arguments[2]));
            }
            context.addRoutes(route(arguments[1]));
            context.start();
            double contextMillis = (System.nanoTime() - begin) / 1e6;
            if (arguments[0].equals("start")) {
                started(contextMillis);
            } else {
                idle(context);
            }
        } finally {
            context.stop();
        }
    }

    private static RouteBuilder route(String component) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                switch (component) {
                    case "sora" -> from("direct:start").to("sora:generate");
                    case "http" -> from("direct:start").to("http://127.0.0.1:1/");
                    default -> from("direct:start").process(exchange -> { });
                }
            }
        };
    }

    private static void started(double contextMillis) {
        double jvmMillis = System.currentTimeMillis() - (double) ManagementFactory.getRuntimeMXBean().getStartTime();
        Figures figures = new Figures()
                .put("contextMillis", contextMillis)
                .put("jvmMillis", jvmMillis)
                .put("classes", ManagementFactory.getClassLoadingMXBean().getLoadedClassCount())
                .put("threads", ManagementFactory.getThreadMXBean().getThreadCount());
        System.out.println(figures.put("heapKB", Heap.live() / 1024.0).line());
    }

    private static void idle(CamelContext context) throws InterruptedException {
        context.createProducerTemplate().requestBody("direct:start", "A camel walks over dune #1/0/55/0; at sunrise");
        Figures figures = new Figures().put("threadsAtEnd", threads().size()).put("seconds", IDLE_SECONDS);
        // pools have given up their idle threads by then
        TimeUnit.SECONDS.sleep(IDLE_SECONDS - IDLE_SECONDS / 3);
        CpuTime before = CpuTime.now();
        TimeUnit.SECONDS.sleep(IDLE_SECONDS / 3);
        double cpu = CpuTime.now().minus(before).withoutCompilerNanos() / 1e6 / (IDLE_SECONDS / 3);
        List<String> left = threads();
        left.forEach(name -> System.out.println("Left while idle: " + name));
        System.out.println(figures.put("threadsLater", left.size()).put("cpuMillisPerSecond", cpu).line());
    }

    /** The component's threads: all of their names have its own in them. */
    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.contains("sora") || name.contains("Sora")).sorted().toList();
    }
}
