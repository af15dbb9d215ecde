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

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.github.camelsora.event.SoraFacts;
import io.github.camelsora.internal.download.DownloadEnd;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.converter.stream.FileInputStreamCache;

/** Continues an exchange with the file of its video. */
public final class DownloadCompletion {

    private final Exchange exchange;
    private final VideoToDownload wanted;
    private final VideoFiles files;
    private final AsyncCallback callback;

    /** @param callback called exactly once, when the exchange may continue */
    public DownloadCompletion(Exchange exchange, VideoToDownload wanted, VideoFiles files, AsyncCallback callback) {
        this.exchange = exchange;
        this.wanted = wanted;
        this.files = files;
        this.callback = callback;
    }

    /**
     * The download has ended.
     *
     * @param isStopped whether the component ended it: then nothing is redelivered
     */
    public void ended(DownloadEnd end, boolean isStopped) {
        Continuation.of(exchange, () -> {
            if (end instanceof DownloadEnd.Stored stored) {
                write(stored);
            } else if (end instanceof DownloadEnd.Failed failed) {
                exchange.setException(failed.exception());
                if (isStopped) {
                    ResultWriter.forbidRedelivery(exchange);
                }
            }
        }, callback);
    }

    private void write(DownloadEnd.Stored stored) {
        Message message = exchange.getMessage();
        if (!wanted.isOfHeaders() || !stored.video().equals(wanted.video())) {
            Headers.writeVideo(SoraFacts.of(stored.video()).or(SoraFacts.of(wanted.video())), message);
        }
        message.setHeader(Exchange.CONTENT_LENGTH, stored.size());
        if (stored.contentType() == null) {
            message.removeHeader(Exchange.CONTENT_TYPE);
        } else {
            message.setHeader(Exchange.CONTENT_TYPE, stored.contentType());
        }
        if (files.areKept()) {
            Path file = stored.file();
            message.setHeader(Exchange.FILE_NAME, files.directory().relativize(file).toString());
            message.setHeader(Exchange.FILE_NAME_PRODUCED, file.toString());
            message.setHeader(Exchange.FILE_LENGTH, stored.size());
            message.setBody(file.toFile());
        } else {
            message.setBody(streamCache(stored.file()));
        }
    }

    /** The copy is the one whose file Camel removes, when the last exchange that has a copy is done. */
    private Object streamCache(Path file) {
        try (FileInputStreamCache cache = new FileInputStreamCache(file.toFile())) {
            return cache.copy(exchange);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
