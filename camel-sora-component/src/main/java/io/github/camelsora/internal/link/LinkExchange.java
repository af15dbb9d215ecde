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
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.github.camelsora.internal.http.ExchangeClock;
import io.github.camelsora.internal.http.ExchangeLifecycle;
import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.http.TargetResolver;
import io.github.camelsora.internal.text.Link;
import org.apache.hc.core5.http.HttpHost;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One link that is followed, over its redirects, until there is an answer. One {@link LinkRequest} is under way at a time;
 * how the exchange ends is {@link ExchangeLifecycle}'s.
 */
final class LinkExchange implements GatewayCall, ExchangeLifecycle.Owner<LinkAnswer> {

    private static final Logger LOG = LoggerFactory.getLogger(LinkExchange.class);
    private static final int MAX_REDIRECTS = 5;

    private final LinkClient client;
    private final LinkTrust trust;
    private final LinkReading reading;
    private final Consumer<LinkAnswer> listener;
    private final ExchangeClock clock;
    private final ExchangeLifecycle<LinkAnswer> lifecycle = new ExchangeLifecycle<>(this);
    private volatile String host = "";
    /** Stops the look-up that was begun last. */
    private volatile Runnable lookUp = () -> { };
    private int redirects;

    LinkExchange(LinkClient client, LinkTrust trust, LinkReading reading, Consumer<LinkAnswer> listener) {
        this.client = client;
        this.trust = trust;
        this.reading = reading;
        this.listener = listener;
        this.clock = new ExchangeClock(reading.readTimeout(), reading.timeout(), client.timer(), this::timeIsUp);
    }

    /** Starts the clock, then follows the link. */
    void start(Link link) {
        host = link.uri().getHost();
        try {
            clock.start();
            follow(link);
        } catch (RejectedExecutionException e) {
            // The timer has been shut down.
            cancel();
        } finally {
            lifecycle.leave();
        }
    }

    private void timeIsUp(boolean silent) {
        if (silent && reading.isHeldBack()) {
            clock.goOn();
            return;
        }
        end(new LinkAnswer.Unreachable(new SocketTimeoutException(silent
                ? "The link to " + host + " was silent for " + reading.readTimeout()
                : "The link to " + host + " was not answered in full within " + reading.timeout())));
    }

    private void follow(Link link) {
        Optional<Origin> origin = Origin.of(link.uri());
        Optional<String> refusal = trust.reasonForRefusal(link);
        if (origin.isEmpty() || refusal.isPresent()) {
            end(new LinkAnswer.Untrusted(refusal.orElse(LinkTrust.NO_LINK)));
            return;
        }
        host = origin.get().host();
        Runnable stop = client.names().resolve(origin.get().unresolved(), new TargetResolver.Listener() {

            @Override
            public void resolved(List<HttpHost> targets) {
                send(link, origin.get(), targets);
            }

            @Override
            public void unresolved(IOException cause) {
                LinkExchange.this.unresolved(cause);
            }
        });
        lookUp = stop;
        if (lifecycle.isEnded()) {
            stop.run();
        }
    }

    private void unresolved(IOException cause) {
        if (client.isClosed()) {
            cancel();
        } else {
            end(LinkAnswer.Unreachable.of("There is no address of " + host, cause));
        }
    }

    private void send(Link link, Origin origin, List<HttpHost> targets) {
        if (lifecycle.enter()) {
            try {
                Optional<InetAddress> notPublic = trust.isNamed(origin) ? Optional.empty() : client.notPublic(targets);
                if (notPublic.isPresent()) {
                    end(new LinkAnswer.Untrusted(LinkTrust.notPublic(origin, notPublic.get())));
                } else {
                    send(link, targets);
                }
            } finally {
                lifecycle.leave();
            }
        }
    }

    /** Sends a request to the first target; the others are tried if there is no connection to it. */
    private void send(Link link, List<HttpHost> targets) {
        List<HttpHost> others = targets.subList(1, targets.size());
        LinkRequest request = new LinkRequest(link, host, reading, clock::alive, end -> requestEnded(link, others, end));
        // When the exchange ends, the request is cancelled, which closes its connection.
        if (lifecycle.connected(request::cancel)) {
            request.send(client::http, targets.get(0));
        }
    }

    private void requestEnded(Link link, List<HttpHost> others, LinkRequest.End end) {
        if (end instanceof LinkRequest.End.Answered answered) {
            end(answered.answer());
        } else if (end instanceof LinkRequest.End.Redirected redirected) {
            redirected(link, redirected.location());
        } else if (end instanceof LinkRequest.End.Broken broken) {
            end(LinkAnswer.Unreachable.of("The connection to " + host + " broke", broken.cause()));
        } else if (end instanceof LinkRequest.End.NotConnected failure && others.isEmpty()) {
            end(LinkAnswer.Unreachable.of("There is no connection to " + host, failure.cause()));
        } else if (end instanceof LinkRequest.End.NotConnected) {
            send(link, others);
        }
    }

    /** Follows a redirect, except to a video if that is the answer. */
    private void redirected(Link from, String location) {
        Optional<URI> target = Redirect.target(from.uri(), location);
        Link link = target.map(uri -> Link.of(uri.toString())).orElse(null);
        if (target.isEmpty()) {
            end(LinkAnswer.Unreachable.of(host + " redirects to something that is no URI"));
        } else if (link == null) {
            end(new LinkAnswer.Untrusted(LinkTrust.NO_LINK));
        } else if (link.isVideo() && reading.endsAtVideo()) {
            end(new LinkAnswer.Media(link));
        } else if (++redirects > MAX_REDIRECTS) {
            end(LinkAnswer.Unreachable.of("The link was redirected more than " + MAX_REDIRECTS + " times, the last time by "
                    + host));
        } else {
            follow(link);
        }
    }

    private void end(LinkAnswer answer) {
        lifecycle.end(answer);
    }

    @Override
    public void cancel() {
        end(new LinkAnswer.Cancelled());
    }

    @Override
    public void release() {
        clock.stop();
        lookUp.run();
        client.finished(this);
    }

    @Override
    public void deliver(LinkAnswer answer) {
        LOG.debug("Link to {} ended: {}", host, answer);
        listener.accept(answer);
    }

    @Override
    public String toString() {
        return "the link to " + host;
    }
}
