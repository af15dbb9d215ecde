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
package io.github.camelsora.internal.link;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Locale;

import io.github.camelsora.internal.http.ExchangeLifecycle;
import io.github.camelsora.internal.http.ResponseHead;
import io.github.camelsora.internal.text.Link;
import org.jspecify.annotations.Nullable;

/** Reads a text; of a video only the head. */
final class LinkTextReader extends LinkResponseReader {

    private final int maxSize;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable ResponseHead head;

    LinkTextReader(ExchangeLifecycle<LinkRequest.End> lifecycle, Link link, int maxSize) {
        super(lifecycle, link);
        this.maxSize = maxSize;
    }

    @Override
    protected void answered(ResponseHead received) {
        if (received.isSuccess() && isVideo(received.contentType())) {
            end(new LinkAnswer.Media(link()));
        } else if (!received.hasBody()) {
            end(text(received));
        } else if (received.contentEncoding() != null) {
            end(LinkAnswer.Unreachable.of(host() + " answered with content encoding " + received.contentEncoding()
                    + ", which was not asked for"));
        } else if (received.bodySize() > maxSize) {
            end(new LinkAnswer.TooLarge(maxSize));
        } else {
            head = received;
        }
    }

    private boolean isVideo(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.strip().toLowerCase(Locale.ROOT);
        boolean unspecific = type.isEmpty() || type.matches("(application|binary)/octet-stream.*");
        return type.startsWith("video/") || unspecific && link().isVideo();
    }

    private LinkAnswer text(ResponseHead received) {
        return new LinkAnswer.Text(received.status(), body.toByteArray(), received.retryAfter());
    }

    @Override
    protected void body(ByteBuffer bytes) {
        if (bytes.remaining() > maxSize - body.size()) {
            end(new LinkAnswer.TooLarge(maxSize));
            return;
        }
        byte[] some = new byte[bytes.remaining()];
        bytes.get(some);
        body.writeBytes(some);
    }

    @Override
    protected void bodyEnd() {
        if (head != null) {
            end(text(head));
        }
    }
}
