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
package io.github.camelsora.task;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A {@link WorkerProcess} as the test sees it, which is its broker. */
final class TestWorker implements AutoCloseable {

    /** What SIGKILL leaves: 128 and its number. */
    static final int KILLED = 128 + 9;

    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private TestWorker(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "lines of worker " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts, and returns before it is ready. What the workers log is in {@code target/workers.log}. */
    static TestWorker start(String database, String gateway, Duration lease) throws IOException {
        return new TestWorker(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto", "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), WorkerProcess.class.getName(), database, gateway,
                String.valueOf(lease.toMillis())).redirectError(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "workers.log").toFile())).start());
    }

    private void read() {
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            // It was killed.
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    /** Waits until it takes orders. */
    TestWorker ready() throws InterruptedException {
        await("ready"::equals);
        return this;
    }

    void order(String key) {
        order(key, WorkerProcess.NEVER);
    }

    /** An order at whose moment the worker stands still. */
    void order(String key, Moment moment) {
        order(key, moment.isReported() ? moment.name() : WorkerProcess.NEVER);
    }

    private void order(String key, String moment) {
        try {
            process.outputWriter().write("order " + key + " " + moment + "\n");
            process.outputWriter().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the worker says that an order is at this moment. */
    void awaitMoment(String key, Moment moment) throws InterruptedException {
        await(("at " + key + " " + moment)::equals);
    }

    /** How it acknowledges the order: {@code VIDEO} and the link, or an exception. */
    String acknowledged(String key) throws InterruptedException {
        String start = "ack " + key + " ";
        return await(line -> line.startsWith(start)).substring(start.length());
    }

    /** Takes the first line of these, when it is there. */
    private synchronized String await(Predicate<String> wanted) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            for (String line : lines) {
                if (wanted.test(line)) {
                    lines.remove(line);
                    return line;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("The worker " + (ended ? "has ended" : "says nothing more") + ". It said " + lines);
            }
            wait(left);
        }
    }

    /** Whether it has acknowledged an order: then nobody delivers that again. */
    synchronized boolean hasAcknowledged(String key) {
        return lines.stream().anyMatch(line -> line.startsWith("ack " + key + " "));
    }

    /** With SIGKILL: nothing of it runs any more. Returns its exit code when its last line has been read. */
    int kill() throws InterruptedException {
        process.destroyForcibly();
        int code = process.waitFor();
        synchronized (this) {
            while (!ended) {
                wait();
            }
        }
        return code;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
