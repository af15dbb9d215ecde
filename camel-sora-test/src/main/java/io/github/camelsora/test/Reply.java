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

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** Sends whole answers; to HEAD the same headers and no body. */
final class Reply {

    private Reply() {
    }

    static void send(HttpServerRequest request, int status, String contentType, String body) {
        request.response().setStatusCode(status).putHeader("Content-Type", contentType);
        send(request, Buffer.buffer(body));
    }

    static void send(HttpServerRequest request, Buffer body) {
        HttpServerResponse response = request.response().putHeader("Content-Length", String.valueOf(body.length()));
        if (request.method() == HttpMethod.HEAD) {
            response.end();
        } else {
            response.end(body);
        }
    }
}
