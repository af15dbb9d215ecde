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
import java.nio.ByteBuffer;

import org.apache.hc.core5.reactor.IOSession;
import org.apache.hc.core5.reactor.ssl.SSLIOSession;
import org.jspecify.annotations.Nullable;

/**
 * Reports the end of a connection in an input event of its own, after the event with the last bytes. This works around a
 * defect of HttpCore (5.3.6, and its master of August 2026): at a premature end of the body {@code ChunkDecoder.read} throws
 * {@code ConnectionClosedException} or {@code TruncatedChunkException}, although in the same call it has already written bytes
 * into the caller's buffer, and {@code AbstractHttp1StreamDuplexer.onInput} never passes these on. So if a server closes or
 * resets right behind a chunk, that chunk is lost, and for us it is the link of a paid video. With "nothing available" instead
 * of the end, the decoder returns normally. The channel stays readable, so that the selector makes another event. With TLS,
 * HttpCore itself makes one for the end. {@code HttpCoreDefectTest} fails when this class is no longer needed.
 *
 * <p>Used by one I/O thread; the connection is closed by any.
 */
final class DeferredEndOfStream extends ForwardingIoSession {

    private boolean endOfStream;
    private @Nullable IOException failure;
    private boolean reportEnd;

    private DeferredEndOfStream(IOSession session) {
        super(session);
    }

    static IOSession decorate(IOSession session) {
        return session instanceof SSLIOSession ? session : new DeferredEndOfStream(session);
    }

    /** Called by HttpCore at the beginning of each input event. */
    @Override
    public void updateReadTime() {
        super.updateReadTime();
        reportEnd = endOfStream || failure != null;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (reportEnd && failure != null) {
            throw failure;
        }
        if (endOfStream || failure != null) {
            return reportEnd ? -1 : 0;
        }
        try {
            int read = super.read(target);
            endOfStream = read == -1;
            return Math.max(read, 0);
        } catch (IOException e) {
            failure = e;
            return 0;
        }
    }
}
