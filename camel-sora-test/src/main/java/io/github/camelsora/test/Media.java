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
import java.util.function.Consumer;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;

/**
 * Sends the video of a prompt and its picture, which are made when they are first asked for, on the worker thread: a load run
 * that fetches none pays for none. The last ones are kept. Thread-safe.
 */
final class Media {

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
        make(request, kind, prompt, file -> file.send(request));
    }

    /** Gives the file to the sender as soon as there is one. On an event loop of the server. */
    void make(HttpServerRequest request, Kind kind, String prompt, Consumer<MediaFile> sender) {
        Key key = new Key(kind, HexFormat.of().formatHex(MediaFile.sha256(prompt.getBytes(StandardCharsets.UTF_8))));
        MediaFile file = kept(key);
        if (file != null) {
            sender.accept(file);
            return;
        }
        Vertx.currentContext().executeBlocking(() -> make(key, prompt)).onComplete(made -> {
            if (request.response().closed()) {
                return;
            }
            if (made.succeeded()) {
                sender.accept(made.result());
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
}
