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
package io.github.camelsora.internal.download;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import io.github.camelsora.internal.text.Sha256;
import org.jspecify.annotations.Nullable;

/** Where the file of a video goes: {@link InDirectory}, for good, or {@link Temporary}. */
public sealed interface VideoTarget {

    /** The file to write to. Makes its directory. May block. */
    Path create() throws IOException;

    /**
     * The file is whole.
     *
     * @param contentType null if the server did not say it
     * @return the file where it is now
     */
    Path keep(Path file, @Nullable String contentType) throws IOException;

    /** A file that somebody else removes. */
    record Temporary(@Nullable Path directory) implements VideoTarget {

        @Override
        public Path create() throws IOException {
            return directory == null ? Files.createTempFile("sora", ".tmp")
                    : Files.createTempFile(Files.createDirectories(directory), "sora", ".tmp");
        }

        @Override
        public Path keep(Path file, @Nullable String contentType) {
            return file;
        }
    }

    /**
     * A file in a directory of the user's. As long as it is not whole it has a name there that camel-file, as most programs,
     * takes for hidden; then it is moved, atomically, to its own. A file that was there is replaced.
     *
     * @param directory normalised
     * @param name relative to it, and in it
     * @param needsExtension whether the name still lacks the extension that the content type gives
     */
    record InDirectory(Path directory, String name, boolean needsExtension) implements VideoTarget {

        private static final int MAX_NAME = 100;

        /**
         * The file of a name that the user gives, perhaps with folders.
         *
         * @throws IllegalArgumentException if it is no file name, or would lead out of the directory (path traversal)
         */
        public static InDirectory named(Path directory, String name) {
            Path root = directory.toAbsolutePath().normalize();
            try {
                Path file = root.resolve(name).normalize();
                // Both kinds of separators: a name from another system must not lead elsewhere either.
                boolean climbs = List.of(name.split("[/\\\\]")).contains("..");
                if (!climbs && !name.isBlank() && !file.equals(root) && file.startsWith(root) && file.getFileName() != null
                        && !name.endsWith("/") && !Path.of(name).isAbsolute()) {
                    return new InDirectory(root, root.relativize(file).toString(), false);
                }
            } catch (InvalidPathException e) {
                // as below
            }
            throw new IllegalArgumentException("The file name " + shown(name) + " is none in the directory " + root
                    + ": give a relative name without ..");
        }

        private static String shown(String name) {
            return name.replaceAll("[^ -~]", "?").substring(0, Math.min(name.length(), MAX_NAME));
        }

        /** The file of an id out of foreign text: the same id is the same file, and another id another file. */
        public static InDirectory ofId(Path directory, String id) {
            String safe = id.replaceAll("[^A-Za-z0-9_-]", "_");
            boolean same = safe.equals(id) && !safe.isEmpty() && safe.length() <= MAX_NAME;
            String name = same ? safe
                    : safe.substring(0, Math.min(safe.length(), MAX_NAME)) + "-" + Sha256.hex(id).substring(0, 12);
            return new InDirectory(directory.toAbsolutePath().normalize(), name, true);
        }

        private Path file(String fileName) {
            return directory.resolve(fileName);
        }

        @Override
        public Path create() throws IOException {
            Path parent = Files.createDirectories(file(name).toAbsolutePath().getParent());
            return Files.createFile(parent.resolve("." + UUID.randomUUID() + ".part"));
        }

        @Override
        public Path keep(Path file, @Nullable String contentType) throws IOException {
            Path kept = file(needsExtension ? name + extension(contentType) : name);
            if (Files.isDirectory(kept)) {
                throw new IOException(kept + " is a directory");
            }
            return Files.move(file, kept, StandardCopyOption.ATOMIC_MOVE);
        }

        private static String extension(@Nullable String contentType) {
            String type = contentType == null ? "" : contentType.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
            return switch (type) {
                case "video/webm" -> ".webm";
                case "video/quicktime" -> ".mov";
                case "video/x-m4v" -> ".m4v";
                default -> ".mp4";
            };
        }
    }
}
