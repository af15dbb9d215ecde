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
package io.github.camelsora;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import io.github.camelsora.internal.download.VideoServer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** A video larger than the heap arrives whole over a connection that is cut ten times. */
class DownloadMemoryTest {

    private static final String HEAP = "-Xmx64m";
    private static final long SIZE = Long.getLong("sora.downloadMegabytes", 80) * 1_000_000;
    private static final int CUTS = 10;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = { "file", "stream" })
    void aVideoLargerThanTheHeapArrivesWholeAndIdentical(String way) throws Exception {
        List<Long> cuts = LongStream.rangeClosed(1, CUTS).map(i -> SIZE / (CUTS + 2) + i * 1001).boxed().toList();
        try (VideoServer server = new VideoServer(SIZE, VideoServer.ETAG, true, cuts)) {
            String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), HEAP,
                    "-Djava.io.tmpdir=" + directory, "-cp", classPath, DownloadProcess.class.getName(),
                    String.valueOf(server.port()), server.link(), directory.toString(), way).redirectErrorStream(true).start();

            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();

            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
            assertThat(said).endsWith("whole " + SIZE);
            assertThat(server.requests()).hasSize(CUTS + 1);
        }
        Path file = directory.resolve("video.mp4");
        if (way.equals("file")) {
            try (InputStream in = Files.newInputStream(file)) {
                assertThat(VideoServer.isVideo(in, SIZE)).isTrue();
            }
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(way.equals("file") ? 1 : 0);
        }
    }
}
