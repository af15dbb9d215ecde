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
package io.github.camelsora.internal.exchange;

import java.io.File;
import java.nio.file.Path;
import java.util.Objects;

import io.github.camelsora.event.SoraVideo;
import io.github.camelsora.internal.download.VideoTarget;
import io.github.camelsora.internal.text.Link;
import io.github.camelsora.internal.text.Sha256;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.spi.StreamCachingStrategy;
import org.jspecify.annotations.Nullable;

/** Where a step puts the files of videos: the options {@code directory} and {@code fileName}. Thread-safe. */
public final class VideoFiles {

    private final @Nullable Path directory;
    private final @Nullable Expression fileName;

    private VideoFiles(@Nullable Path directory, @Nullable Expression fileName) {
        this.directory = directory;
        this.fileName = fileName;
    }

    /**
     * Files of these options.
     *
     * @param directory {@code null} for files that are gone with their exchange
     * @param fileName a Simple expression, or {@code null}
     */
    public static VideoFiles of(@Nullable String directory, @Nullable String fileName, CamelContext context) {
        Expression expression = null;
        if (fileName != null) {
            expression = context.resolveLanguage("simple").createExpression(fileName);
            expression.init(context);
        }
        return new VideoFiles(directory == null ? null : Path.of(directory), expression);
    }

    /** Whether files stay. */
    boolean areKept() {
        return directory != null;
    }

    /** Below this one files have their names. */
    Path directory() {
        return Objects.requireNonNull(directory).toAbsolutePath().normalize();
    }

    /**
     * The file of a video. Its name is what the option {@code fileName} gives, else what the header {@code CamelFileName} says,
     * as with camel-file; else it is made of the id of the generation, of the task, or of the link.
     *
     * @throws IllegalArgumentException if the name is none, or leads out of the directory
     */
    public VideoTarget target(Exchange exchange, VideoToDownload video) {
        if (directory == null) {
            return new VideoTarget.Temporary(spoolDirectory(exchange.getContext().getStreamCachingStrategy()));
        }
        String given = fileName != null ? fileName.evaluate(exchange, String.class)
                : exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        if (given != null || fileName != null) {
            return VideoTarget.InDirectory.named(directory, given == null ? "" : given);
        }
        return VideoTarget.InDirectory.ofId(directory, id(video.video(), video.link()));
    }

    private static String id(SoraVideo video, Link link) {
        String id = video.generationId() != null ? video.generationId() : video.taskId();
        // Without the query: it has the signature, which differs each time.
        return id != null ? id : Sha256.hex(link.uri().getHost() + link.path()).substring(0, 32);
    }

    private static @Nullable Path spoolDirectory(@Nullable StreamCachingStrategy strategy) {
        File spool = strategy == null ? null : strategy.getSpoolDirectory();
        return spool == null ? null : spool.toPath();
    }
}
