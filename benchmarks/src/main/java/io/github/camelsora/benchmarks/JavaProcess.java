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

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A JVM of its own with this class path. What it prints is read here; its errors go where ours go. Ends when closed. */
final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;

    private JavaProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    }

    static JavaProcess start(List<String> options, Class<?> main, String... arguments) throws IOException {
        return start(List.of(), options, main, arguments);
    }

    /** @param prefix the command that runs the JVM's, as {@code taskset -c 0}; or nothing */
    static JavaProcess start(List<String> prefix, List<String> options, Class<?> main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(arguments));
        return new JavaProcess(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** Inside Maven the class path is that of a class loader, not that of the JVM. */
    static String classPath() {
        if (JavaProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            return String.join(File.pathSeparator, Stream.of(loader.getURLs()).map(JavaProcess::path).toList());
        }
        return System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("No file: " + url, e);
        }
    }

    /** The next line, or {@code null} at the end. */
    String line() throws IOException {
        return output.readLine();
    }

    /** Writes a line to its input, unless it has ended. */
    void tell(String line) {
        try {
            OutputStream input = process.getOutputStream();
            input.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            input.flush();
        } catch (IOException e) {
            System.out.println("A process has ended: " + e.getMessage());
        }
    }

    /** Tells the process that there is no more for it to do. */
    void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /** Tells the process that it may finish; the rest of its output. */
    List<String> finish() throws IOException {
        endInput();
        return output.lines().toList();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    boolean endsWithin(long time, TimeUnit unit) throws InterruptedException {
        return process.waitFor(time, unit);
    }

    /** What it has used of the processors until now. */
    long cpuNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
