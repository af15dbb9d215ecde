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
package io.github.camelsora.internal.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What never ends is read with the memory for one event and one report. */
class FloodTest {

    /** More than fits: a report of 1 MiB is there two or three times while it grows. */
    private static final String HEAP = "-Xmx16m";

    @ParameterizedTest
    @EnumSource
    void aFloodIsReadWithLittleMemory(Flood flood) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process reading = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath, FloodReading.class.getName(), flood.name())
                .redirectErrorStream(true).start();

        String said = new String(reading.getInputStream().readAllBytes(), UTF_8).strip();

        assertThat(reading.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEqualTo(flood.outcome().name());
    }
}
