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

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

/** Error bodies in the format of OpenAI's API, which gateways use too. */
final class Errors {

    private Errors() {
    }

    static String body(String message, String type, String code) {
        JsonObject error = new JsonObject().put("message", message).put("type", type).putNull("param").put("code", code);
        return new JsonObject().put("error", error).encode();
    }

    static String type(int status) {
        return switch (status) {
            case 402 -> "insufficient_user_quota";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    static void send(HttpServerRequest request, int status, String message, String code) {
        Reply.send(request, status, "application/json", body(message, type(status), code));
    }
}
