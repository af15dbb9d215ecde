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

import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a response says, as far as somebody here wants to know it.
 *
 * @param bodySize in bytes: 0 if there is no body, and -1 if its size is unknown
 * @param contentType null if there was none
 * @param contentEncoding fit for a message; null if the body is what it is
 * @param location null if there was none
 * @param retryAfter from now on; null if there was none that can be read
 * @param representation what the body is
 */
public record ResponseHead(int status, long bodySize, @Nullable String contentType, @Nullable String contentEncoding,
        @Nullable String location, @Nullable Duration retryAfter, Representation representation) {

    /**
     * Which state of the resource the body is, and which part of it (RFC 9110, sections 8 and 14). What there was none of is
     * null.
     *
     * @param isDelimited whether the answer says where its body ends; if not, a cut looks like its end
     */
    public record Representation(boolean isDelimited, @Nullable String etag, @Nullable String lastModified,
            @Nullable String date, @Nullable String contentRange) {

        private static Representation of(HttpResponse response, @Nullable EntityDetails body) {
            boolean isChunked = value(response, "Transfer-Encoding") != null;
            return new Representation(body == null || isChunked || body.getContentLength() >= 0,
                    value(response, "ETag"), value(response, "Last-Modified"), value(response, "Date"),
                    value(response, "Content-Range"));
        }
    }

    static ResponseHead of(HttpResponse response, @Nullable EntityDetails body) {
        return new ResponseHead(response.getCode(), body == null ? 0 : body.getContentLength(),
                value(response, "Content-Type"), encoding(value(response, "Content-Encoding")), value(response, "Location"),
                RetryAfter.parse(value(response, "Retry-After"), Instant.now()), Representation.of(response, body));
    }

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    public boolean hasBody() {
        return bodySize != 0;
    }

    private static @Nullable String value(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null ? null : header.getValue();
    }

    private static @Nullable String encoding(@Nullable String value) {
        if (value == null || value.isBlank() || "identity".equalsIgnoreCase(value.strip())) {
            return null;
        }
        String printable = value.strip().replaceAll("[^!-~]+", " ");
        return printable.substring(0, Math.min(40, printable.length()));
    }
}
