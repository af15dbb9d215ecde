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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;

/**
 * What this process has used of the processors, and how much of it the JIT compiler's threads and the garbage collector's.
 * Only Linux tells threads apart; elsewhere both are 0.
 */
record CpuTime(long allNanos, long compilerNanos, long collectorNanos) {

    private static final Path TASKS = Path.of("/proc/self/task");

    static CpuTime now() {
        long compiler = 0;
        long collector = 0;
        if (Files.isDirectory(TASKS)) {
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
                for (Path task : tasks) {
                    String name = read(task.resolve("comm")).strip();
                    if (isCompiler(name)) {
                        compiler += nanos(task);
                    } else if (isCollector(name)) {
                        collector += nanos(task);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new CpuTime(system.getProcessCpuTime(), compiler, collector);
    }

    private static boolean isCompiler(String name) {
        return name.startsWith("C1 Compiler") || name.startsWith("C2 Compiler");
    }

    /** The VM thread does the part of a collection that is not parallel, and little else. */
    private static boolean isCollector(String name) {
        return name.startsWith("GC Thread") || name.startsWith("G1 ") || name.equals("VM Thread");
    }

    private static long nanos(Path task) throws IOException {
        String times = read(task.resolve("schedstat"));
        return times.isEmpty() ? 0 : Long.parseLong(times.substring(0, times.indexOf(' ')));
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            // the thread has ended
            return "";
        }
    }

    CpuTime minus(CpuTime other) {
        return new CpuTime(allNanos - other.allNanos, compilerNanos - other.compilerNanos,
                collectorNanos - other.collectorNanos);
    }

    /** Of the threads that are neither compiler nor collector. */
    long applicationNanos() {
        return allNanos - compilerNanos - collectorNanos;
    }

    long withoutCompilerNanos() {
        return allNanos - compilerNanos;
    }
}
