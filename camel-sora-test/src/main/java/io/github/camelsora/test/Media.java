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
package io.github.camelsora.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A small video and its picture. Supports range requests, without which browsers cannot seek in a video. */
enum Media {
    VIDEO("video.mp4", "video/mp4"),
    THUMBNAIL("thumbnail.webp", "image/webp");

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,10})-(\\d{0,10})");

    private final Buffer bytes;
    private final String contentType;

    Media(String resource, String contentType) {
        this.contentType = contentType;
        try (InputStream in = Media.class.getResourceAsStream(resource)) {
            bytes = Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Buffer bytes() {
        return bytes;
    }

    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", contentType).putHeader("Accept-Ranges", "bytes");
        String range = request.getHeader("Range");
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        if (!asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()) {
            Reply.send(request, bytes);
            return;
        }
        long last = bytes.length() - 1;
        long from = asked.group(1).isEmpty() ? Math.max(0, last + 1 - Long.parseLong(asked.group(2)))
                : Long.parseLong(asked.group(1));
        long to = asked.group(1).isEmpty() || asked.group(2).isEmpty() ? last : Math.min(last, Long.parseLong(asked.group(2)));
        if (from > to) {
            response.setStatusCode(416).putHeader("Content-Range", "bytes */" + bytes.length()).end();
            return;
        }
        response.setStatusCode(206).putHeader("Content-Range", "bytes " + from + "-" + to + "/" + bytes.length());
        Reply.send(request, bytes.slice((int) from, (int) to + 1));
    }
}
