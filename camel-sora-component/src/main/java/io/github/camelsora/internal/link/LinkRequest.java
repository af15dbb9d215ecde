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

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.camelsora.internal.http.ConnectionListener;
import io.github.camelsora.internal.http.ExchangeLifecycle;
import io.github.camelsora.internal.http.HttpEngine;
import io.github.camelsora.internal.text.Link;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/** One GET of one link at one address, for the link that was asked for or for one of its redirects. */
final class LinkRequest implements ConnectionListener, ExchangeLifecycle.Owner<LinkRequest.End> {

    /** How a request ended. */
    sealed interface End {

        /** There is an answer. */
        record Answered(LinkAnswer answer) implements End {
        }

        /** The answer is a redirect. */
        record Redirected(String location) implements End {
        }

        /** Nothing was sent: another address may be tried. */
        record NotConnected(IOException cause) implements End {
        }

        /** It was sent, then the connection broke. */
        record Broken(IOException cause) implements End {
        }

        /** The exchange has ended without it. */
        record Cancelled() implements End {
        }
    }

    private final Link link;
    private final String host;
    private final LinkReading reading;
    private final Runnable alive;
    private final Consumer<End> listener;
    private final ExchangeLifecycle<End> lifecycle = new ExchangeLifecycle<>(this);

    /** @param alive run when something has come */
    LinkRequest(Link link, String host, LinkReading reading, Runnable alive, Consumer<End> listener) {
        this.link = link;
        this.host = host;
        this.reading = reading;
        this.alive = alive;
        this.listener = listener;
    }

    void send(Supplier<HttpEngine> http, HttpHost target) {
        try {
            if (!lifecycle.isEnded()) {
                http.get().execute(target, new BasicRequestProducer(request(target), null),
                        reading.reader(lifecycle, link, alive), this, reading.connectTimeout());
            }
        } catch (RuntimeException e) {
            lifecycle.end(new End.Broken(new IOException(e)));
        } finally {
            lifecycle.leave();
        }
    }

    private BasicHttpRequest request(HttpHost target) {
        URI ascii = URI.create(link.uri().toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String query = ascii.getRawQuery() == null ? "" : "?" + ascii.getRawQuery();
        BasicHttpRequest request = new BasicHttpRequest(Method.GET, target, path + query);
        reading.headers().forEach(request::setHeader);
        request.setHeader("Accept-Encoding", "identity");
        return request;
    }

    @Override
    public boolean connected(Runnable close) {
        return lifecycle.connected(close) && lifecycle.handOver();
    }

    void cancel() {
        lifecycle.end(new End.Cancelled());
    }

    @Override
    public End endFor(End happened, boolean handedOver) {
        return happened instanceof End.Broken broken && !handedOver ? new End.NotConnected(broken.cause()) : happened;
    }

    @Override
    public void release() {
        // The clock is the exchange's.
    }

    @Override
    public void deliver(End end) {
        listener.accept(end);
    }

    @Override
    public String toString() {
        return "the request to " + host;
    }
}
