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

import io.github.camelsora.internal.http.ExchangeLifecycle;
import io.github.camelsora.internal.http.ResponseHead;
import io.github.camelsora.internal.http.ResponseReader;
import io.github.camelsora.internal.text.Link;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one response to a link, unless it is a redirect or a proxy's. */
abstract class LinkResponseReader extends ResponseReader {

    private static final Logger LOG = LoggerFactory.getLogger(LinkResponseReader.class);

    private final ExchangeLifecycle<LinkRequest.End> lifecycle;
    private final Link link;
    private final String host;

    LinkResponseReader(ExchangeLifecycle<LinkRequest.End> lifecycle, Link link) {
        super(lifecycle);
        this.lifecycle = lifecycle;
        this.link = link;
        this.host = link.uri().getHost();
    }

    /** The head of an answer that is no redirect. */
    protected abstract void answered(ResponseHead received);

    final Link link() {
        return link;
    }

    final String host() {
        return host;
    }

    @Override
    protected final void head(ResponseHead received) {
        if (!lifecycle.isHandedOver()) {
            end(LinkAnswer.Unreachable.of("The proxy answered " + received.status() + " to CONNECT " + host));
            return;
        }
        LOG.debug("Link to {} answered {}", host, received.status());
        String location = received.location();
        if (Redirect.isRedirect(received.status()) && location != null && !location.isBlank()) {
            lifecycle.end(new LinkRequest.End.Redirected(location));
        } else {
            answered(received);
        }
    }

    @Override
    protected final void broken(IOException cause) {
        lifecycle.end(new LinkRequest.End.Broken(cause));
    }

    @Override
    protected final void unreadable(IOException cause) {
        lifecycle.end(new LinkRequest.End.Broken(cause));
    }

    @Override
    public final void cancelled() {
        failed(new IOException("HttpClient has cancelled the request"));
    }

    final void end(LinkAnswer answer) {
        lifecycle.end(new LinkRequest.End.Answered(answer));
    }
}
