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

import java.nio.file.Path;

import io.github.camelsora.event.DownloadFailedException;
import io.github.camelsora.event.SoraVideo;
import org.jspecify.annotations.Nullable;

/** How a download ended. */
public sealed interface DownloadEnd {

    /**
     * The file is there, and whole.
     *
     * @param video with a fresh link if that was needed
     * @param size in bytes
     * @param contentType null if the server did not say it
     */
    record Stored(SoraVideo video, Path file, long size, @Nullable String contentType) implements DownloadEnd {
    }

    /** There is no file. */
    record Failed(DownloadFailedException exception) implements DownloadEnd {
    }
}
