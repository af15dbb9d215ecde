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

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Sends the video of a prompt and its picture, which are made when they are first asked for, on the worker thread: a load run
 * that fetches none pays for none. The last ones are kept. Supports range requests, without which browsers cannot seek in a
 * video. Thread-safe.
 */
final class Media {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,10})-(\\d{0,10})");
    // Up to 100 KB each.
    private static final int MAX_KEPT = 64;

    /** What there is of a prompt. */
    enum Kind {
        VIDEO("video/mp4"),
        THUMBNAIL("image/webp");

        private final String contentType;

        Kind(String contentType) {
            this.contentType = contentType;
        }
    }

    /** @param promptHash not the prompt itself, which may be large */
    private record Key(Kind kind, String promptHash) {
    }

    private final Map<Key, MediaFile> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, MediaFile> eldest) {
            return size() > MAX_KEPT;
        }
    };
    private Letters letters;

    /** On an event loop of the server. */
    void send(HttpServerRequest request, Kind kind, String prompt) {
        Key key = new Key(kind, HexFormat.of().formatHex(MediaFile.sha256(prompt.getBytes(StandardCharsets.UTF_8))));
        MediaFile file = kept(key);
        if (file != null) {
            send(request, file);
            return;
        }
        Vertx.currentContext().executeBlocking(() -> make(key, prompt)).onComplete(made -> {
            if (request.response().closed()) {
                return;
            }
            if (made.succeeded()) {
                send(request, made.result());
            } else {
                Errors.send(request, 500, "No video could be made: " + made.cause(), null);
            }
        });
    }

    private synchronized MediaFile kept(Key key) {
        return kept.get(key);
    }

    private synchronized void keep(Key key, MediaFile file) {
        kept.put(key, file);
    }

    private MediaFile make(Key key, String prompt) {
        // Several browsers may have asked for it before it was there.
        MediaFile known = kept(key);
        if (known != null) {
            return known;
        }
        TitleCard card = new TitleCard(letters(), prompt);
        MediaFile file = MediaFile.of(key.kind().contentType, key.kind() == Kind.VIDEO ? Film.mp4(card) : Film.webp(card));
        keep(key, file);
        return file;
    }

    private synchronized Letters letters() {
        if (letters == null) {
            letters = Letters.load();
        }
        return letters;
    }

    private static void send(HttpServerRequest request, MediaFile file) {
        Buffer bytes = file.bytes();
        HttpServerResponse response = request.response();
        response.putHeader("Content-Type", file.contentType()).putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", file.entityTag());
        String range = request.getHeader("Range");
        Matcher asked = RANGE.matcher(range == null ? "" : range);
        String condition = request.getHeader("If-Range");
        if (!asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()
                || condition != null && !condition.equals(file.entityTag())) {
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
