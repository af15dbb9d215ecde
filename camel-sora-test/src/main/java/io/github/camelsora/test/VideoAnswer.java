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

import java.util.Map;
import java.util.OptionalInt;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** What the link of a task's video answers once. Immutable. */
public final class VideoAnswer {

    private static final int TICK_MILLIS = 10;

    /** Sends the answer. */
    private interface Sender {
        void send(HttpServerRequest request, MediaFile file);
    }

    private final Sender sender;

    private VideoAnswer(Sender sender) {
        this.sender = sender;
    }

    /** The video, or the part of it that is asked for. */
    public static VideoAnswer video() {
        return new VideoAnswer((request, file) -> file.send(request));
    }

    /** 403, as a signed link answers when its time is over. */
    public static VideoAnswer expired() {
        return status(403);
    }

    /** This status, without a body. */
    public static VideoAnswer status(int code) {
        return new VideoAnswer((request, file) -> {
            request.response().setStatusCode(code);
            Reply.send(request, Buffer.buffer());
        });
    }

    /** 302 to this address. */
    public static VideoAnswer redirectTo(String location) {
        return new VideoAnswer((request, file) -> {
            request.response().setStatusCode(302).putHeader("Location", location);
            Reply.send(request, Buffer.buffer());
        });
    }

    /** An HTML page with 200. */
    public static VideoAnswer html() {
        return new VideoAnswer((request, file) ->
                Reply.send(request, 200, "text/html; charset=utf-8", "<html>Not here</html>"));
    }

    /** The whole video, from its beginning; the socket is closed after that many bytes of it. */
    public static VideoAnswer cutAfter(int bytes) {
        return cut(OptionalInt.empty(), bytes);
    }

    /** Says that the video has this many bytes, and closes the socket behind those that it has. */
    public static VideoAnswer wrongLength(int length) {
        return cut(OptionalInt.of(length), Integer.MAX_VALUE);
    }

    /** @param said the length that is said; empty for the true one */
    private static VideoAnswer cut(OptionalInt said, int bytes) {
        return new VideoAnswer((request, file) -> {
            Buffer video = file.bytes();
            int length = said.orElse(video.length());
            head(request, file, Map.of("Content-Length", String.valueOf(length)))
                    .write(video.slice(0, Math.min(bytes, Math.min(length, video.length()))))
                    .onComplete(written -> request.connection().close());
        });
    }

    /** 206 with the whole video, and this as {@code Content-Range}, whatever was asked for. */
    public static VideoAnswer wrongRange(String contentRange) {
        return new VideoAnswer((request, file) -> {
            head(request, file, Map.of("Content-Range", contentRange)).setStatusCode(206);
            Reply.send(request, file.bytes());
        });
    }

    /** The whole video, slowly. */
    public static VideoAnswer slow(int bytesPerSecond) {
        return new VideoAnswer((request, file) -> {
            Buffer video = file.bytes();
            head(request, file, Map.of("Content-Length", String.valueOf(video.length())));
            drop(request, video, Math.max(1, bytesPerSecond * TICK_MILLIS / 1_000));
        });
    }

    private static void drop(HttpServerRequest request, Buffer rest, int count) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        if (rest.length() <= count) {
            response.end(rest);
            return;
        }
        response.write(rest.slice(0, count));
        Vertx.currentContext().owner().setTimer(TICK_MILLIS,
                id -> drop(request, rest.slice(count, rest.length()), count));
    }

    private static HttpServerResponse head(HttpServerRequest request, MediaFile file, Map<String, String> headers) {
        HttpServerResponse response = request.response().putHeader("Content-Type", file.contentType())
                .putHeader("ETag", file.entityTag());
        headers.forEach(response::putHeader);
        return response;
    }

    void send(HttpServerRequest request, MediaFile file) {
        sender.send(request, file);
    }
}
