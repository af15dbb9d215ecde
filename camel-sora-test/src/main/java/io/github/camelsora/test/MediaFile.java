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

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * A video or a picture, as it is sent.
 *
 * @param entityTag stands for these very bytes, with the quotes around it
 */
record MediaFile(String contentType, Buffer bytes, String entityTag) {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,10})-(\\d{0,10})");

    static MediaFile of(String contentType, byte[] bytes) {
        return new MediaFile(contentType, Buffer.buffer(bytes),
                '"' + HexFormat.of().formatHex(Arrays.copyOf(sha256(bytes), 16)) + '"');
    }

    /** Sends the whole, or the range that is asked for: without ranges browsers cannot seek in a video. */
    void send(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", contentType).putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", entityTag);
        String range = request.getHeader("Range");
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        String condition = request.getHeader("If-Range");
        if (!asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()
                || condition != null && !condition.equals(entityTag)) {
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

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
