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
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.camelsora.internal.http.WireServer;

/**
 * A server of one video, which is made while it is sent, so that it can be large. Knows ranges, and closes its first
 * connections where a test says.
 */
public final class VideoServer implements AutoCloseable {

    public static final String ETAG = "ETag: \"v1\"\r\n";
    private static final Pattern RANGE = Pattern.compile("(?i)\r\nRange: bytes=([0-9]+)-\r\n");

    private final long size;
    private final String headers;
    private final boolean ranges;
    private final List<Long> cuts;
    private final AtomicInteger served = new AtomicInteger();
    private final WireServer server = WireServer.running(this::serve);

    /**
     * @param headers more headers of each answer, each with its line end
     * @param ranges whether a part is sent where one is asked for
     * @param cuts after how many bytes of its body each of the first answers is cut off
     */
    public VideoServer(long size, String headers, boolean ranges, List<Long> cuts) {
        this.size = size;
        this.headers = headers;
        this.ranges = ranges;
        this.cuts = new ArrayList<>(cuts);
    }

    /** A server that does nothing wrong. */
    public static VideoServer good(long size) {
        return new VideoServer(size, ETAG, true, List.of());
    }

    public int port() {
        return server.port();
    }

    public String link() {
        return "http://127.0.0.1:" + server.port() + "/cdn/video.mp4";
    }

    public List<String> requests() {
        return server.requests();
    }

    public int open() {
        return server.open();
    }

    private void serve(WireServer.Connection connection) throws Exception {
        Matcher range = RANGE.matcher(connection.readRequest());
        int number = served.getAndIncrement();
        long cut = number < cuts.size() ? cuts.get(number) : Long.MAX_VALUE;
        boolean part = ranges && range.find();
        long from = part ? Long.parseLong(range.group(1)) : 0;
        connection.send((part ? "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes " + from + "-" + (size - 1) + "/" + size
                : "HTTP/1.1 200 OK") + "\r\nContent-Type: video/mp4\r\nContent-Length: " + (size - from) + "\r\n" + headers
                + "\r\n");
        byte[] block = new byte[64 * 1024];
        long sent = 0;
        while (from + sent < size && sent < cut) {
            int count = (int) Math.min(block.length, Math.min(size - from, cut) - sent);
            for (int i = 0; i < count; i++) {
                block[i] = at(from + sent + i);
            }
            connection.send(block, 0, count);
            sent += count;
        }
        if (cut != Long.MAX_VALUE) {
            connection.close();
        }
    }

    /** Each byte tells where it belongs, as far as a byte can. */
    private static byte at(long offset) {
        return (byte) (offset * 0x9E37_79B9_7F4A_7C15L >>> 56);
    }

    /** Whether these are the bytes of a video of this size. */
    public static boolean isVideo(InputStream in, long size) throws IOException {
        byte[] block = new byte[64 * 1024];
        long read = 0;
        for (int count = in.read(block); count >= 0; count = in.read(block)) {
            for (int i = 0; i < count; i++) {
                if (block[i] != at(read + i)) {
                    return false;
                }
            }
            read += count;
        }
        return read == size;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
