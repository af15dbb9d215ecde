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

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

import io.github.camelsora.internal.sse.PayloadReader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call: guards its listener, and tells "nothing was sent" from "something may have been". Knows neither HTTP nor framing;
 * how it ends is {@link ExchangeLifecycle}'s.
 */
final class GatewayExchange implements GatewayCall, PayloadReader.Sink, ExchangeLifecycle.Owner<GatewayEnd> {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayExchange.class);

    /** Behind the last bytes of an answer that is not 2xx and whose body does not end. */
    private static final Duration ANSWER_SILENCE = Duration.ofSeconds(2);

    private final String host;
    private final GatewayListener listener;
    private final Consumer<GatewayExchange> finished;
    private final ExchangeClock clock;
    private final ExchangeLifecycle<GatewayEnd> lifecycle = new ExchangeLifecycle<>(this);
    private final ScheduledExecutorService timer;
    private final GatewayRequest.Limits limits;
    private volatile @Nullable ErrorAnswer answer;
    private volatile @Nullable ExchangeClock answerClock;

    GatewayExchange(GatewayRequest request, GatewayListener listener, ScheduledExecutorService timer,
            Consumer<GatewayExchange> finished) {
        this.host = request.uri().getHost();
        this.listener = listener;
        this.finished = finished;
        this.limits = request.limits();
        this.timer = timer;
        this.clock = new ExchangeClock(limits.readTimeout(), limits.requestTimeout(), timer, this::timeIsUp);
    }

    private void timeIsUp(boolean silent) {
        end(silent ? new GatewayEnd.Silent(limits.readTimeout()) : new GatewayEnd.Expired(limits.requestTimeout()));
    }

    ExchangeLifecycle<GatewayEnd> lifecycle() {
        return lifecycle;
    }

    /** Starts the clock, then sends; whatever that throws ends the call. */
    void start(Runnable send) {
        try {
            listener.started(this);
            clock.start();
            if (!lifecycle.isEnded()) {
                send.run();
            }
        } catch (Throwable e) {
            end(new GatewayEnd.Broken(new IOException("The request to " + host + " could not be started: " + e, e)));
        } finally {
            lifecycle.leave();
        }
    }

    void accepted() {
        try {
            listener.accepted();
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** An answer that is not 2xx is coming in: its status holds, even if its body never ends. */
    void answered(ErrorAnswer head) {
        answer = head;
    }

    /** Some of its body has come in, and more may follow. If nothing does, it is decided by what has come. */
    void answerGoesOn() {
        ErrorAnswer open = answer;
        ExchangeClock running = answerClock;
        if (running != null) {
            running.alive();
        } else if (open != null) {
            ExchangeClock started = new ExchangeClock(ANSWER_SILENCE, limits.requestTimeout(), timer,
                    silent -> end(open.end()));
            answerClock = started;
            started.start();
            if (lifecycle.isEnded()) {
                started.stop();
            }
        }
    }

    @Override
    public void payload(byte[] buffer, int offset, int length) {
        if (lifecycle.isEnded()) {
            return;
        }
        clock.alive();
        try {
            listener.payload(buffer, offset, length);
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** What came together has been read. */
    void pause() {
        try {
            listener.pause();
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** An error that got past here could end the I/O thread, and every other stream with it. */
    private void failed(Throwable e) {
        end(new GatewayEnd.Broken(new IOException("The listener of the call to " + host + " failed: " + e, e)));
    }

    /** Ends the call, unless it has ended. From any thread. */
    void end(GatewayEnd end) {
        lifecycle.end(end);
    }

    @Override
    public void cancel() {
        end(new GatewayEnd.Cancelled());
    }

    @Override
    public boolean withdraw() {
        return lifecycle.endUnsent(new GatewayEnd.NotSent(new IOException("The request to " + host + " was withdrawn")));
    }

    @Override
    public GatewayEnd endFor(GatewayEnd happened, boolean handedOver) {
        return handedOver ? sent(happened) : unsent(happened);
    }

    private GatewayEnd unsent(GatewayEnd happened) {
        if (happened instanceof GatewayEnd.Cancelled || happened instanceof GatewayEnd.NotSent) {
            return happened;
        }
        if (happened instanceof GatewayEnd.Broken broken) {
            return new GatewayEnd.NotSent(broken.cause());
        }
        if (happened instanceof GatewayEnd.Answered refusal) {
            return new GatewayEnd.NotSent(new IOException("The proxy answered " + refusal.status() + " to CONNECT " + host
                    + (refusal.status() == 407 ? ": check proxyAuthUsername and proxyAuthPassword" : "")));
        }
        return new GatewayEnd.NotSent(
                new SocketTimeoutException("There was no connection to " + host + " in time: " + happened),
                happened instanceof GatewayEnd.Silent ? "streamingReadTimeout" : "requestTimeout");
    }

    private GatewayEnd sent(GatewayEnd happened) {
        boolean timedOut = happened instanceof GatewayEnd.Silent || happened instanceof GatewayEnd.Expired;
        ErrorAnswer open = answer;
        return timedOut && open != null ? open.end() : happened;
    }

    @Override
    public void release() {
        clock.stop();
        ExchangeClock open = answerClock;
        if (open != null) {
            open.stop();
        }
        finished.accept(this);
    }

    @Override
    public void deliver(GatewayEnd end) {
        // Without the words of the gateway, which may have the key in them: the generation cuts it out of those it tells.
        LOG.debug("Call to {} ended: {}", host, end instanceof GatewayEnd.Broken || end instanceof GatewayEnd.NotAStream
                ? end.getClass().getSimpleName() : end);
        listener.ended(end);
    }

    @Override
    public String toString() {
        return "the call to " + host;
    }
}
