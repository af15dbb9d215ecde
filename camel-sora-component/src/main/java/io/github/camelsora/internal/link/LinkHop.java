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
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.camelsora.internal.http.AnswerHead;
import io.github.camelsora.internal.http.ConnectionOwner;
import io.github.camelsora.internal.text.SoraLink;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * One request to one address, and what comes back: the head decides whether the body is read. I/O thread; a failure before
 * there is a connection can also come from the thread that resolves names.
 */
final class LinkHop implements AsyncResponseConsumer<Void>, FutureCallback<Void>, ConnectionOwner {

    private final LinkExchange exchange;
    private final URI link;
    private final List<InetAddress> otherAddresses;
    private final int maxSize;
    private final AtomicBoolean done = new AtomicBoolean();
    private volatile boolean connected;
    private AnswerHead head;
    private ByteArrayOutputStream body;

    /** @param otherAddresses to try if there is no connection to this one */
    LinkHop(LinkExchange exchange, URI link, List<InetAddress> otherAddresses, int maxSize) {
        this.exchange = exchange;
        this.link = link;
        this.otherAddresses = otherAddresses;
        this.maxSize = maxSize;
    }

    @Override
    public boolean connected(Runnable close) {
        connected = true;
        return exchange.connected(close);
    }

    @Override
    public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context,
            FutureCallback<Void> callback) {
        head = AnswerHead.of(response);
        if (!connected) {
            unreachable("The proxy answered " + head.status() + " to CONNECT " + host(), null);
            return;
        }
        exchange.answered(head.status());
        if (Redirect.isRedirect(head.status()) && head.location() != null && !head.location().isBlank()) {
            if (done.compareAndSet(false, true)) {
                exchange.redirected(link, head.location());
            }
        } else if (head.isSuccess() && isVideo()) {
            end(new LinkAnswer.Media(link));
        } else if (entity == null) {
            end(text(new byte[0]));
        } else if (head.encoding() != null) {
            unreachable(host() + " answered with content encoding " + head.encoding() + ", which was not asked for", null);
        } else if (entity.getContentLength() > maxSize) {
            end(new LinkAnswer.TooLarge(maxSize));
        } else {
            body = new ByteArrayOutputStream(256);
        }
    }

    private boolean isVideo() {
        String type = head.contentType() == null ? "" : head.contentType().strip().toLowerCase(Locale.ROOT);
        boolean untyped = type.isEmpty() || type.matches("(application|binary)/octet-stream.*");
        return type.startsWith("video/") || untyped && SoraLink.isVideoPath(link.getRawPath());
    }

    private LinkAnswer text(byte[] whole) {
        return new LinkAnswer.Text(head.status(), whole, head.contentType(), head.retryAfter());
    }

    @Override
    public void consume(ByteBuffer bytes) {
        if (done.get() || body == null) {
            return;
        }
        if (bytes.remaining() > maxSize - body.size()) {
            end(new LinkAnswer.TooLarge(maxSize));
            return;
        }
        byte[] some = new byte[bytes.remaining()];
        bytes.get(some);
        body.writeBytes(some);
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        if (body != null) {
            end(text(body.toByteArray()));
        }
    }

    @Override
    public void failed(Exception cause) {
        if (connected) {
            unreachable("The connection to " + host() + " broke", cause);
        } else if (otherAddresses.isEmpty()) {
            unreachable("There is no connection to " + host(), cause);
        } else if (done.compareAndSet(false, true)) {
            exchange.send(link, otherAddresses);
        }
    }

    private void unreachable(String what, Exception cause) {
        if (done.compareAndSet(false, true)) {
            exchange.unreachable(what, cause);
        }
    }

    private void end(LinkAnswer answer) {
        if (done.compareAndSet(false, true)) {
            exchange.end(answer);
        }
    }

    private String host() {
        return LinkTrust.host(link);
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 100 and 103 are no answer.
    }

    @Override
    public void updateCapacity(CapacityChannel capacity) throws IOException {
        capacity.update(Integer.MAX_VALUE);
    }

    @Override
    public void releaseResources() {
        // HttpClient calls this before failed().
    }

    @Override
    public void completed(Void result) {
        // streamEnd has said so.
    }

    @Override
    public void cancelled() {
        failed(new IOException("HttpClient gave it up"));
    }
}
