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
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Two real processes, that start with a database without tables. */
@Timeout(120)
class TwoProcessesTest {

    @TempDir
    static Path folder;

    @Test
    void thousandKeysAreEachGrantedOnceOnH2() throws Exception {
        try (TestDatabase database = TestDatabase.h2File(folder)) {
            everyKeyIsGrantedOnce(database.url());
        }
    }

    @Test
    @EnabledIf(value = "io.github.camelsora.task.TestDatabase#isHereOrMustBe", disabledReason = TestDatabase.NO_POSTGRESQL)
    void thousandKeysAreEachGrantedOnceOnPostgresql() throws Exception {
        try (TestDatabase database = TestDatabase.postgresql()) {
            everyKeyIsGrantedOnce(database.url());
        }
    }

    private static void everyKeyIsGrantedOnce(String url) throws Exception {
        List<Process> processes = List.of(start(url), start(url));
        try {
            List<List<String>> granted = List.of(new ArrayList<>(), new ArrayList<>());
            for (int block = 0; block <= ClaimingProcess.BLOCKS; block++) {
                for (int i = 0; i < processes.size(); i++) {
                    granted.get(i).addAll(block(processes.get(i)));
                }
                for (Process process : processes) {
                    process.outputWriter().write("next\n");
                    process.outputWriter().flush();
                }
            }
            assertThat(granted).as("both were at it at the same time").noneMatch(List::isEmpty);
            assertThat(Stream.concat(granted.get(0).stream(), granted.get(1).stream()))
                    .containsExactlyInAnyOrderElementsOf(ClaimingProcess.keys());
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static List<String> block(Process process) throws IOException {
        List<String> granted = new ArrayList<>();
        for (String line = process.inputReader().readLine(); !"done".equals(line); line = process.inputReader().readLine()) {
            assertThat(line).as("the process still runs").isNotNull();
            granted.add(line);
        }
        return granted;
    }

    private static Process start(String url) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), ClaimingProcess.class.getName(), url)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Claims a block of keys each time that it is told so, with some threads, and prints those that were granted. */
    static final class ClaimingProcess {

        static final int BLOCKS = 20;
        private static final int BLOCK = 50;
        private static final int THREADS = 5;

        private ClaimingProcess() {
        }

        static List<String> keys() {
            return IntStream.range(0, BLOCKS * BLOCK).mapToObj(i -> "k" + i).toList();
        }

        public static void main(String[] url) throws Exception {
            JdbcTaskRepository repository = new JdbcTaskRepository(new WatchedDataSource(TestDatabase.of(url[0]), true));
            repository.setCreateSchema(true);
            repository.renewLease();
            System.out.println("done");
            BufferedReader next = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (int block = 0; block < BLOCKS; block++) {
                next.readLine();
                List<String> keys = keys().subList(block * BLOCK, (block + 1) * BLOCK);
                TaskRepositoryContract.atOnce(THREADS, thread -> {
                    for (int i = thread; i < BLOCK; i += THREADS) {
                        String token = ProcessHandle.current().pid() + "-" + keys.get(i);
                        if (repository.claim(token, Tasks.claimed(keys.get(i)))) {
                            System.out.println(keys.get(i));
                        }
                    }
                    return thread;
                });
                System.out.println("done");
            }
            next.readLine();
        }
    }
}
