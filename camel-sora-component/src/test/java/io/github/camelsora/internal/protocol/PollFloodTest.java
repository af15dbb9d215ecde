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
package io.github.camelsora.internal.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Polling for as long as one likes needs the memory for one answer. */
class PollFloodTest {

    /** An answer of 1 MiB is there a few times while it is read; 60 such answers are four times as much. */
    private static final String HEAP = "-Xmx24m";

    @Test
    void fieldNamesOfPolledTasksAreNotRetained() throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process reading = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, PollFloodReading.class.getName())
                .redirectErrorStream(true).start();

        String said = new String(reading.getInputStream().readAllBytes(), UTF_8).strip();

        assertThat(reading.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).endsWith("120").doesNotContain("OutOfMemoryError");
    }
}
