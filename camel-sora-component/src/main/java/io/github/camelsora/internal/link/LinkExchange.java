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
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.github.camelsora.internal.http.GatewayCall;
import io.github.camelsora.internal.text.ForeignText;
import io.github.camelsora.internal.text.SoraLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One link that is followed, over its redirects, until there is an answer. One hop is under way at a time, on an I/O thread or
 * one that resolves names; the timer and whoever cancels race with it for the answer, and the first one gives it.
 */
final class LinkExchange implements GatewayCall {

    private static final Logger LOG = LoggerFactory.getLogger(LinkExchange.class);
    private static final int MAX_REDIRECTS = 5;

    private final LinkClient client;
    private final LinkTrust trust;
    private final Duration timeout;
    private final int maxSize;
    private final Consumer<LinkAnswer> listener;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Future<?> deadline;
    private volatile Runnable connection;
    private volatile String host;
    private int redirects;

    LinkExchange(LinkClient client, LinkTrust trust, Duration timeout, int maxSize, Consumer<LinkAnswer> listener) {
        this.client = client;
        this.trust = trust;
        this.timeout = timeout;
        this.maxSize = maxSize;
        this.listener = listener;
    }

    /** Starts the clock, then goes to the link. */
    void start(URI link, ScheduledExecutorService timer) {
        try {
            deadline = timer.schedule(this::expire, timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            cancel();
        }
        if (isEnded()) {
            stopTimer();
        } else {
            follow(link);
        }
    }

    private void expire() {
        end(new LinkAnswer.Unreachable(new SocketTimeoutException("The link to " + host + " was not answered in full within "
                + timeout)));
    }

    private void follow(URI link) {
        String refusal = trust.refusal(link);
        if (refusal != null) {
            end(new LinkAnswer.Untrusted(refusal));
            return;
        }
        host = LinkTrust.host(link);
        try {
            client.resolver().execute(() -> resolve(link));
        } catch (RejectedExecutionException e) {
            cancel();
        }
    }

    private void resolve(URI link) {
        if (isEnded()) {
            return;
        }
        try {
            List<InetAddress> addresses = client.resolver().addresses(link);
            String refusal = client.resolver().refusal(link, trust, addresses);
            if (refusal != null) {
                end(new LinkAnswer.Untrusted(refusal));
            } else {
                send(link, addresses);
            }
        } catch (UnknownHostException | RuntimeException e) {
            unreachable("There is no address of " + host, e);
        }
    }

    /** Tries the first address; the others are for when there is no connection to it. */
    void send(URI link, List<InetAddress> addresses) {
        if (!isEnded()) {
            client.send(link, addresses.get(0), new LinkHop(this, link, addresses.subList(1, addresses.size()), maxSize));
        }
    }

    /** There is a connection, and how it is closed. False if there is an answer already. */
    boolean connected(Runnable close) {
        connection = close;
        return !isEnded();
    }

    void answered(int status) {
        LOG.debug("Link to {} answered {}", host, status);
    }

    /** Goes on to where a hop has redirected to. Redirects to a video need no request. */
    void redirected(URI from, String location) {
        close();
        URI target = Redirect.target(from, location);
        if (target == null) {
            unreachable(host + " redirects to something that is no URI", null);
        } else if (SoraLink.isLink(target.toString()) && SoraLink.isVideoPath(target.getRawPath())) {
            end(new LinkAnswer.Media(target));
        } else if (++redirects > MAX_REDIRECTS) {
            unreachable("The link was redirected more than " + MAX_REDIRECTS + " times, the last time by " + host, null);
        } else {
            follow(target);
        }
    }

    void unreachable(String what, Exception cause) {
        String message = cause == null ? what : what + ": " + cause;
        end(new LinkAnswer.Unreachable(new IOException(ForeignText.clean(message), cause)));
    }

    /** Gives the answer, unless there is one already. From any thread. */
    void end(LinkAnswer answer) {
        if (!ended.compareAndSet(false, true)) {
            return;
        }
        stopTimer();
        client.finished(this);
        close();
        LOG.debug("Link to {} ended: {}", host, answer);
        try {
            listener.accept(answer);
        } catch (Throwable e) {
            LOG.warn("The listener of the link to {} failed", host, e);
        }
    }

    private void stopTimer() {
        Future<?> pending = deadline;
        if (pending != null) {
            pending.cancel(false);
        }
    }

    private void close() {
        Runnable close = connection;
        if (close != null) {
            try {
                close.run();
            } catch (RuntimeException e) {
                LOG.debug("The connection to {} could not be closed: {}", host, e.toString());
            }
        }
    }

    private boolean isEnded() {
        return ended.get();
    }

    @Override
    public void cancel() {
        end(new LinkAnswer.Cancelled());
    }
}
