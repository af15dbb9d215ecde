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
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.sun.management.ThreadMXBean;

/**
 * What this process has allocated. The JVM tells it of threads that are alive only, so they are asked in between as well: a
 * pool's thread that ends has been idle for longer than that.
 */
final class Allocation implements AutoCloseable {

    private static final int APART_MILLIS = 250;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Map<Long, Long> bytesOfThread = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "allocation");
        thread.setDaemon(true);
        return thread;
    });

    Allocation() {
        timer.scheduleAtFixedRate(this::bytes, APART_MILLIS, APART_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** By all threads that were ever seen, until now. */
    synchronized long bytes() {
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        for (int i = 0; i < ids.length; i++) {
            // -1 for a thread that has just ended
            bytesOfThread.merge(ids[i], bytes[i], Math::max);
        }
        return bytesOfThread.values().stream().mapToLong(Long::longValue).filter(each -> each > 0).sum();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
