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
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** The last requests, within bounds. Thread-safe. */
final class RequestLog {

    private static final int MAX_REQUESTS = 20_000;
    private static final int MAX_BODY_CHARS = 64 << 20;

    private final ArrayDeque<RecordedRequest> requests = new ArrayDeque<>();
    private long bodyChars;

    void add(HttpServerRequest request, Buffer body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().forEach((name, value) -> headers.merge(name, value, (a, b) -> a + ", " + b));
        String text = body.toString(StandardCharsets.UTF_8);
        add(new RecordedRequest(request.method().name(), request.uri(), headers, text));
    }

    synchronized List<RecordedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized void clear() {
        requests.clear();
        bodyChars = 0;
    }

    private synchronized void add(RecordedRequest request) {
        requests.add(request);
        bodyChars += request.body().length();
        while (requests.size() > MAX_REQUESTS || bodyChars > MAX_BODY_CHARS && requests.size() > 1) {
            bodyChars -= requests.remove().body().length();
        }
    }
}
