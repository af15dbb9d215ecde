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
package io.github.camelsora.internal.sse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The documented streams, as wire bytes. */
public final class Transcripts {

    private Transcripts() {
    }

    /** Every {@code .sse} file, by name. */
    public static List<Path> all() {
        try (Stream<Path> files = Files.walk(Path.of(Transcripts.class.getResource("/transcripts").toURI()))) {
            return files.filter(file -> file.toString().endsWith(".sse")).sorted().toList();
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    public static byte[] bytes(Path transcript) {
        try {
            return Files.readAllBytes(transcript);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The payloads, told from the text without a decoder. */
    public static List<String> payloads(Path transcript) {
        List<String> payloads = new ArrayList<>();
        new String(bytes(transcript), StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("data: "))
                .forEach(line -> payloads.add(line.substring("data: ".length())));
        return payloads;
    }
}
