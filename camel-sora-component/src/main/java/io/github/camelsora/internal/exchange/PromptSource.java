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

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.Reader;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.camel.CamelContext;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.StreamCache;
import org.apache.camel.util.IOHelper;

/**
 * Reads the files and streams that a prompt is made of, within a size and a time. A stream that may block is read on a thread
 * of its own, as there is no other way to give it up.
 */
public final class PromptSource {

    /** Enough to see whether it is an image. */
    private static final int START = 12;

    private final CamelContext camel;
    private final int maxSize;
    private final Duration timeout;

    /**
     * @param maxSize of text, in bytes or characters; images have a limit of their own
     * @param timeout for reading one stream
     */
    public PromptSource(CamelContext camel, int maxSize, Duration timeout) {
        this.camel = camel;
        this.maxSize = maxSize;
        this.timeout = timeout;
    }

    /** @throws IllegalArgumentException if it is larger than a prompt may be */
    void checkSize(long size) {
        if (size > maxSize) {
            throw new IllegalArgumentException("The prompt is larger than " + maxSize + " bytes (maxPromptSize), nothing was "
                    + "sent: shorten it, or raise the option");
        }
    }

    /** @throws IllegalArgumentException if it is no image and larger than a prompt may be */
    byte[] bytes(byte[] bytes) {
        if (Images.mediaType(bytes) == null) {
            checkSize(bytes.length);
        }
        return bytes;
    }

    byte[] bytes(File file) throws IOException {
        InputStream stream = new FileInputStream(file);
        try (stream) {
            // Anything else, a named pipe for example, may never end.
            return file.isFile() ? read(stream) : inTime(() -> read(stream), stream);
        }
    }

    byte[] bytes(InputStream stream) throws IOException {
        if (stream instanceof StreamCache || stream instanceof ByteArrayInputStream) {
            return read(stream);
        }
        return inTime(() -> read(stream), stream);
    }

    String text(Reader reader) throws IOException {
        return inTime(() -> read(reader), reader);
    }

    private byte[] read(InputStream stream) throws IOException {
        byte[] start = stream.readNBytes(START);
        int max = Images.mediaType(start) == null ? maxSize : Images.MAX_SIZE;
        byte[] rest = stream.readNBytes(Math.max(0, max - start.length) + 1);
        byte[] all = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return bytes(all);
    }

    private String read(Reader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        char[] buffer = new char[8192];
        for (int read = reader.read(buffer); read >= 0; read = reader.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedIOException("Given up");
            }
            text.append(buffer, 0, read);
            checkSize(text.length());
        }
        return text.toString();
    }

    private <T> T inTime(Callable<T> reading, Closeable source) throws IOException {
        FutureTask<T> task = new FutureTask<>(reading);
        start(task);
        try {
            return task.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(task, source);
            throw new IllegalArgumentException("The prompt did not end within " + timeout.toMillis()
                    + " ms (promptTimeout), nothing was sent: a prompt is text that ends, not a live stream");
        } catch (InterruptedException e) {
            giveUp(task, source);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while reading the prompt; nothing was sent", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException io) {
                throw io;
            }
            if (e.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw RuntimeCamelException.wrapRuntimeCamelException(e.getCause());
        }
    }

    private void giveUp(FutureTask<?> task, Closeable source) {
        task.cancel(true);
        // Closing ends what an interrupt does not, a socket for example, and may itself wait for the reader.
        start(() -> IOHelper.close(source));
    }

    private void start(Runnable task) {
        camel.getExecutorServiceManager().newThread("SoraPrompt", task).start();
    }
}
