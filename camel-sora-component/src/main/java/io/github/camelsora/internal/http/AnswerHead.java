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
package io.github.camelsora.internal.http;

import java.time.Duration;
import java.time.Instant;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** What the head of an answer says, as far as somebody here wants to know it. */
public record AnswerHead(int status, String contentType, Duration retryAfter, String location, String encoding) {

    public static AnswerHead of(HttpResponse response) {
        return new AnswerHead(response.getCode(), value(response, "Content-Type"),
                RetryAfter.parse(value(response, "Retry-After"), Instant.now()), value(response, "Location"),
                encoding(value(response, "Content-Encoding")));
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    private static String value(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    /** The content encoding, fit for a message; null if the body is what it is. */
    private static String encoding(String value) {
        if (value == null || value.isBlank() || "identity".equalsIgnoreCase(value.strip())) {
            return null;
        }
        String printable = value.strip().replaceAll("[^!-~]+", " ");
        return printable.substring(0, Math.min(40, printable.length()));
    }
}
